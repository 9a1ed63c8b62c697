import { exposeDesk } from './expose.ts'

exposeDesk('citizen')
