import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from './program.ts'

// The station: no simulator, no lesson, nothing that could be switched on.
runProgram({ mainFolder: dirname(fileURLToPath(import.meta.url)) })
