import { parseArgs } from 'node:util'

export type ProgramArguments = {
  /** Data folder; the system's usual place when absent. */
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
  return {
    ...(typeof values.data === 'string' && { data: values.data }),
    ...(typeof values.devices === 'string' && { devices: values.devices }),
    oneScreen: values['one-screen'] === true,
    technician: values.technician === true,
  }
}
