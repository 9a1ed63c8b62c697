import { execFile } from 'node:child_process'

/** What a program of the system says, or undefined when it is not there, may not be run, or takes too long. */
export type RunProgram = (program: string, args: readonly string[], signal: AbortSignal) => Promise<string | undefined>

const patienceMs = 5_000

export const runProgram: RunProgram = (program, args, signal) =>
  new Promise((resolve) => {
    const options = { signal, timeout: patienceMs, maxBuffer: 1_000_000, env: { ...process.env, LC_ALL: 'C' } }
    // smartctl's exit status is a set of warnings: what it said is looked at all the same.
    execFile(program, [...args], options, (error, stdout) => {
      const ran = !error || typeof error.code === 'number'
      resolve(ran && stdout !== '' ? stdout : undefined)
    })
  })
