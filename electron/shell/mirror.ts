import type { BrowserWindow } from 'electron'

/** Wide enough to see how far the citizen is, too small to be a second copy of the page. */
const widest = 480

/** What a window shows now, as a small PNG; undefined when there is none, or nothing of it can be had. */
export async function capturePage(window: BrowserWindow | undefined): Promise<Uint8Array | undefined> {
  if (!window || window.isDestroyed()) return undefined
  try {
    const image = await window.webContents.capturePage()
    if (image.isEmpty()) return undefined
    const small = image.getSize().width > widest ? image.resize({ width: widest, quality: 'good' }) : image
    return small.toPNG()
  } catch {
    // The page went while it was looked at.
    return undefined
  }
}
