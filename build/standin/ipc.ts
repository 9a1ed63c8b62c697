import { EventEmitter } from 'node:events'
import { codec } from './codec.ts'
import { createEvent } from './events.ts'
import { log } from './settings.ts'
import type { WebContents } from './web-contents.ts'

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown
type Outgoing =
  | { t: 'invoke'; id: number; channel: string; args: unknown }
  | { t: 'send'; channel: string; args: unknown }
  | { t: 'preload-error'; message: string; stack: string }
  | { t: 'title'; title: string }
export type Reply = { t: 'reply'; id: number; ok: boolean; value: unknown }

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()

  handle(channel: string, listener: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, listener)
  }

  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return listener(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }
}

export const ipcMain = new IpcMain().setMaxListeners(0)

/** One message from a preload. `reply` answers an invocation in the document which made it. */
export function receive(contents: WebContents, text: string, reply: (message: Reply) => void): void {
  const message = JSON.parse(text) as Outgoing
  const event = createEvent({
    type: 'frame' as const,
    sender: contents as unknown as Electron.WebContents,
    senderFrame: contents.mainFrame as unknown as Electron.WebFrameMain,
    processId: contents.mainFrame.processId,
    frameId: contents.mainFrame.routingId,
  })
  if (message.t === 'preload-error') {
    const error = Object.assign(new Error(message.message), { stack: message.stack })
    log(`${contents.preloadPath} failed: ${message.stack || message.message}`)
    contents.emit('preload-error', event, contents.preloadPath, error)
    return
  }
  if (message.t === 'title') {
    contents.emit('titled', message.title)
    return
  }
  const args = codec.decode(message.args) as unknown[]
  if (message.t === 'send') {
    const sent = Object.assign(event, {
      reply: (channel: string, ...rest: unknown[]) => contents.send(channel, ...rest),
      ports: [],
    })
    ipcMain.emit(message.channel, sent, ...args)
    return
  }
  const { id, channel } = message
  invoke(channel, event, args).then(
    (value) => reply({ t: 'reply', id, ok: true, value }),
    (error: unknown) =>
      reply({ t: 'reply', id, ok: false, value: `Error invoking remote method '${channel}': ${String(error)}` }),
  )
}

async function invoke(channel: string, event: Electron.IpcMainInvokeEvent, args: unknown[]): Promise<unknown> {
  const handler = ipcMain.handlers.get(channel)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  return codec.encode(await handler(event, ...args))
}
