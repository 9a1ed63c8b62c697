import { EventEmitter } from 'node:events'
import { addScheme, fromChromium, schemeOf, toChromium } from './urls.ts'
import { runtime } from './runtime.ts'

type ProtocolHandler = (request: Request) => Response | Promise<Response>
type Permission = Parameters<Parameters<Electron.Session['setPermissionCheckHandler']>[0] & {}>[1]
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
export type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void
export type { CheckHandler, Permission, RequestHandler }

class Protocol {
  readonly #handlers = new Map<string, ProtocolHandler>()

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.#handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  /** The handler for a URL as the application knows it. */
  handlerFor(url: string): ProtocolHandler | undefined {
    return this.#handlers.get(schemeOf(url))
  }
}

class WebRequest {
  listener: BeforeRequest | undefined
  #urls: readonly RegExp[] = []

  onBeforeRequest(first: Electron.WebRequestFilter | BeforeRequest | null, second?: BeforeRequest | null): void {
    const filter = typeof first === 'object' && first !== null ? first : { urls: ['<all_urls>'] }
    this.listener = (typeof first === 'function' ? first : second) ?? undefined
    this.#urls = filter.urls.map((pattern) => {
      if (pattern === '<all_urls>') return /^/
      return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i')
    })
  }

  listenerFor(url: string): BeforeRequest | undefined {
    return this.#urls.some((pattern) => pattern.test(url)) ? this.listener : undefined
  }
}

/** Chromium has one profile here; what keeps sessions apart is that each answers only for its own windows. */
export class Session extends EventEmitter {
  readonly protocol = new Protocol()
  readonly webRequest = new WebRequest()
  readonly partition: string
  checkHandler: CheckHandler = null
  requestHandler: RequestHandler = null

  constructor(partition: string) {
    super()
    this.partition = partition
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.checkHandler = handler
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.requestHandler = handler
  }

  /** Chromium's own dialogs for devices never appear here, so there is nothing to decide. */
  setDevicePermissionHandler(): void {}

  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:')
  }

  setSpellCheckerEnabled(): void {}

  /** Through the windows of the session: the browser as a whole does not know whose storage is meant. */
  async clearStorageData(): Promise<void> {
    const open = [...runtime.contents.values()].filter(
      (contents) => contents.session === this && contents.getURL() !== '',
    )
    await Promise.all(
      open.map((contents) => {
        const { origin } = new URL(toChromium(contents.getURL()))
        return contents.ask('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
      }),
    )
  }

  async clearCache(): Promise<void> {}
}

const sessions = new Map<string, Session>()

/** The session of a partition; '' is the default one. The same partition gives the same object. */
export function sessionOf(partition: string): Session {
  const known = sessions.get(partition)
  if (known) return known
  const created = new Session(partition)
  sessions.set(partition, created)
  runtime.events.emit('session-created', created)
  return created
}

export const defaultSession = sessionOf('')

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (runtime.chromium) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure)
        throw new Error(`${scheme}: the stand-in serves standard, secure schemes only`)
      addScheme(scheme)
    }
  },
  handle: (scheme: string, handler: ProtocolHandler) => defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme: string) => defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => defaultSession.protocol.isProtocolHandled(scheme),
}

export function applicationOrigin(url: string): string {
  const known = fromChromium(url)
  return `${schemeOf(known)}://${new URL(known).host}/`
}
