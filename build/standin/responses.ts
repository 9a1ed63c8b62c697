import type { BrowserWindow } from './browser-window.ts'

const period = 5_000
/** Chromium's own limit for a page that does not answer. */
const patience = 30_000

/** Emits 'unresponsive' when a page's thread has not answered for a while, and 'responsive' when it does again. */
export function watchResponses(window: BrowserWindow): void {
  let asked: number | undefined
  let silent = false
  const timer = setInterval(() => {
    const { webContents } = window
    if (webContents.isCrashed() || webContents.getURL() === '') return
    if (asked !== undefined) {
      if (!silent && performance.now() - asked > patience) {
        silent = true
        window.emit('unresponsive')
      }
      return
    }
    asked = performance.now()
    void webContents.command('Runtime.evaluate', { expression: '0' }).then(() => {
      asked = undefined
      if (silent) window.emit('responsive')
      silent = false
    })
  }, period).unref()
  window.once('closed', () => clearInterval(timer))
}
