import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export type ProgramArguments = {
  /** Data folder, absolute as Electron wants it; the system's usual place when absent. */
  readonly data?: string
  /** devices.json with the bindings; the one in the data folder when absent. */
  readonly devices?: string
  /** Open the citizen's window as an ordinary window when there is only one display. */
  readonly oneScreen: boolean
  /** Open the technician's window as well. */
  readonly technician: boolean
}

/** Reads the program's own options; switches of Electron and Chromium pass by. */
export function programArguments(argv: readonly string[]): ProgramArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: {
      data: { type: 'string' },
      devices: { type: 'string' },
      'one-screen': { type: 'boolean' },
      technician: { type: 'boolean' },
    },
  })
  const data = pathOf(values.data)
  const devices = pathOf(values.devices)
  return {
    ...(data !== undefined && { data }),
    ...(devices !== undefined && { devices }),
    oneScreen: values['one-screen'] === true,
    technician: values.technician === true,
  }
}

/** An option left without its value takes the next switch for it. */
function pathOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && /^[^-]/u.test(value) ? resolve(value) : undefined
}
