import type { Printers } from '#core/index.ts'
import type { BrowserWindow } from 'electron'

type Window = Pick<BrowserWindow, 'isDestroyed' | 'webContents'>

/** Milliseconds after which a system that says nothing of a job has not taken it. */
const patience = 30_000

/**
 * Printers by whichever window is there. The test page is what the technician's window holds for paper only: nothing of
 * what stands on the screen is printed.
 */
export function systemPrinters(officer: () => Window | undefined, technician: () => Window | undefined): Printers {
  const alive = (window: Window | undefined) => (window?.isDestroyed() === false ? window : undefined)
  return {
    async list() {
      const window = alive(officer()) ?? alive(technician())
      if (!window) return []
      const all = await window.webContents.getPrintersAsync()
      return all.map(({ name, displayName, options }) => ({
        name: name.slice(0, 200),
        label: (displayName === '' ? name : displayName).slice(0, 200),
        usual: isUsual(options),
      }))
    },
    printTestPage(name) {
      const window = alive(technician())
      if (!window) return Promise.resolve(false)
      return new Promise((resolve) => {
        const late = setTimeout(() => resolve(false), patience)
        const options = { silent: true, printBackground: true, deviceName: name, pageSize: 'A4', copies: 1 } as const
        window.webContents.print(options, (taken) => {
          clearTimeout(late)
          resolve(taken)
        })
      })
    },
  }
}

/** Electron no longer says which is the usual one; CUPS has it among its options. */
function isUsual(options: unknown): boolean {
  const said = options as Readonly<Record<string, unknown>> | undefined
  return said?.['printer-is-default'] === 'true' || said?.['is-default'] === 'true'
}
