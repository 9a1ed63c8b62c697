import type { Codec, createCodec } from './codec.ts'
import type { createBridge } from './world-bridge.ts'

declare const window: EventTarget & { readonly top: unknown }
declare const document: {
  title: string
  readonly documentElement: object | null
}
declare const location: { readonly protocol: string }
declare class MutationObserver {
  constructor(listener: () => void)
  observe(node: object, options: object): void
}

export type WorldConfig = {
  readonly secret: string
  readonly binding: string
  readonly receiver: string
  readonly titleSuffix: string
  readonly platform: string
  readonly confirmClose: boolean
}

type Renderer = {
  invoke: (channel: string, ...args: unknown[]) => Promise<unknown>
  send: (channel: string, ...args: unknown[]) => void
  removeAllListeners: (channel?: string) => Renderer
} & Record<'on' | 'once' | 'addListener' | 'off' | 'removeListener', (channel: string, listener: Listener) => Renderer>
type Listener = (event: object, ...args: unknown[]) => void
type Incoming = { t: 'event'; channel: string; args: unknown } | { t: 'reply'; id: number; ok: boolean; value: unknown }
type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void

/**
 * The isolated world of one document: `ipcRenderer` over a DevTools binding, `contextBridge` over the world bridge, and
 * the preload as a CommonJS function. Sent to the page as text: may use nothing but its parameters and the DOM.
 */
export function runPreload(
  config: WorldConfig,
  codecOf: typeof createCodec,
  bridgeOf: typeof createBridge,
  preload: Preload | undefined,
): void {
  const world = globalThis as unknown as Record<string, unknown>
  const post = world[config.binding] as (text: string) => void
  delete world[config.binding]
  if (window.top !== window || location.protocol === 'about:') return

  type Bytes = Uint8Array & { toBase64(): string }
  const codec: Codec = codecOf({
    to: (bytes) => (bytes as Bytes).toBase64(),
    from: (text) => (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text),
  })
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>()
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0

  const listen = (channel: string, listener: Listener, once: boolean): Renderer => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }])
    return ipcRenderer
  }
  const ipcRenderer: Renderer = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        post(JSON.stringify({ t: 'invoke', id, channel, args: codec.encode(args) }))
        waiting.set(id, { resolve, reject })
      }),
    send: (channel, ...args) => post(JSON.stringify({ t: 'send', channel, args: codec.encode(args) })),
    on: (channel, listener) => listen(channel, listener, false),
    once: (channel, listener) => listen(channel, listener, true),
    addListener: (channel, listener) => listen(channel, listener, false),
    removeListener: (channel, listener) => {
      const left = [...(listeners.get(channel) ?? [])]
      const index = left.findLastIndex((entry) => entry.listener === listener)
      if (index >= 0) left.splice(index, 1)
      listeners.set(channel, left)
      return ipcRenderer
    },
    off: (channel, listener) => ipcRenderer.removeListener(channel, listener),
    removeAllListeners: (channel) => {
      if (channel === undefined) listeners.clear()
      else listeners.delete(channel)
      return ipcRenderer
    },
  }

  world[config.receiver] = (text: string): void => {
    const message = JSON.parse(text) as Incoming
    if (message.t === 'reply') {
      const waiter = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.ok) waiter?.resolve(codec.decode(message.value))
      else waiter?.reject(new Error(String(message.value)))
      return
    }
    const args = codec.decode(message.args) as unknown[]
    for (const entry of listeners.get(message.channel) ?? []) {
      if (entry.once) ipcRenderer.removeListener(message.channel, entry.listener)
      try {
        entry.listener({ sender: ipcRenderer, ports: [] }, ...args)
      } catch (error) {
        console.error(error)
      }
    }
  }

  const bridge = bridgeOf(config.secret, false)
  const exposed = new Set<string>()
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown): void => {
      if (exposed.has(key)) throw new Error(`Cannot bind an API on top of an existing property on the window object`)
      exposed.add(key)
      bridge.expose(key, api)
    },
  }

  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return { ipcRenderer, contextBridge }
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  try {
    preload?.(require, module, module.exports, {
      platform: config.platform,
      sandboxed: true,
      contextIsolated: true,
      type: 'renderer',
      versions: {},
      env: {},
    })
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    console.error(`Unable to load preload script: ${message}`)
    post(JSON.stringify({ t: 'preload-error', message, stack: stack ?? '' }))
  }

  let told = ''
  const mark = (): void => {
    const title = document.title.replace(config.titleSuffix, '')
    if (title !== '' && title !== told) {
      told = title
      post(JSON.stringify({ t: 'title', title }))
    }
    if (!document.title.endsWith(config.titleSuffix)) document.title += config.titleSuffix
  }
  new MutationObserver(mark).observe(document, { subtree: true, childList: true, characterData: true })
  window.addEventListener('DOMContentLoaded', mark, { once: true })
  if (config.confirmClose) window.addEventListener('beforeunload', (event) => event.preventDefault())
}
