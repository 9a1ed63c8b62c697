import { exposeDesk } from './expose.ts'

exposeDesk('technician')
