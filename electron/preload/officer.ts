import { exposeDesk } from './expose.ts'

exposeDesk('officer')
