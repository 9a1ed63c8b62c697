import { schemeOf } from './urls.ts'
import type { WebContents } from './web-contents.ts'

/** The one frame of a window which can talk to main; the same object as long as the window lives. */
export type MainFrame = {
  readonly routingId: number
  readonly processId: number
  readonly frameTreeNodeId: number
  readonly url: string
  readonly origin: string
  readonly parent: null
  readonly top: MainFrame
  readonly detached: boolean
  isDestroyed: () => boolean
}

export function createMainFrame(contents: WebContents): MainFrame {
  const frame: MainFrame = {
    routingId: contents.id,
    processId: contents.id,
    frameTreeNodeId: contents.id,
    parent: null,
    get url() {
      return contents.getURL()
    },
    get origin() {
      const url = contents.getURL()
      return url === '' ? 'null' : `${schemeOf(url)}://${new URL(url).host}`
    },
    get top() {
      return frame
    },
    get detached() {
      return contents.isDestroyed()
    },
    isDestroyed: () => contents.isDestroyed(),
  }
  return frame
}
