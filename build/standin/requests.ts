import type { Json } from './cdp-pipe.ts'
import { createEvent } from './events.ts'
import { runtime } from './runtime.ts'
import { log } from './settings.ts'
import { fromChromium } from './urls.ts'
import type { WebContents } from './web-contents.ts'

type Paused = {
  requestId: string
  frameId: string
  resourceType: string
  request: {
    url: string
    method: string
    headers: Record<string, string>
    hasPostData?: boolean
    postDataEntries?: { bytes?: string }[]
  }
}
type Refusal = 'Aborted' | 'AccessDenied' | 'BlockedByClient' | 'Failed' | 'NameNotResolved'
type ResourceType = Electron.OnBeforeRequestListenerDetails['resourceType']

const resourceTypes: Record<string, ResourceType> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
  WebSocket: 'webSocket',
}

let lastRequest = 0

/** Answers every request of every window. Nothing ever reaches a network. */
export function serveRequests(): void {
  const cdp = runtime.chromium!.cdp
  cdp.on('Fetch.requestPaused', (params) => {
    const paused = params as unknown as Paused
    const refuse = (errorReason: Refusal): void =>
      cdp.post('Fetch.failRequest', { requestId: paused.requestId, errorReason })
    answer(paused).then(
      (reply) => (typeof reply === 'string' ? refuse(reply) : cdp.post('Fetch.fulfillRequest', reply)),
      (error: unknown) => {
        log(`${paused.request.method} ${fromChromium(paused.request.url)} failed: ${String(error)}`)
        refuse('Failed')
      },
    )
  })
  cdp.post('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

async function answer(paused: Paused): Promise<Refusal | Json> {
  const contents = runtime.frames.get(paused.frameId)
  if (!contents) return 'AccessDenied'
  const url = fromChromium(paused.request.url)
  // Chromium asks for it by itself, Electron does not.
  if (paused.resourceType === 'Other' && new URL(url).pathname === '/favicon.ico') {
    return { requestId: paused.requestId, responseCode: 204 }
  }
  const isMainFrame = paused.frameId === contents.targetId
  if (paused.resourceType === 'Document' && !contents.mayNavigate(url, isMainFrame)) return 'Aborted'
  if (await isCancelled(contents, paused, url, isMainFrame)) return 'BlockedByClient'
  const handler = contents.session.protocol.handlerFor(url)
  if (!handler) return 'NameNotResolved'
  const response = await handler(toRequest(paused, url))
  if (response.type === 'error' || response.status === 0) return 'Failed'
  const body = Buffer.from(await response.arrayBuffer())
  return {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: body.toString('base64'),
  }
}

/** Blob bodies too arrive as bytes: Chromium's network service has read them by then. */
function toRequest({ request }: Paused, url: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, fromChromium(value))
  const parts = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'))
  const hasBody = request.hasPostData === true && request.method !== 'GET' && request.method !== 'HEAD'
  return new Request(url, { method: request.method, headers, ...(hasBody && { body: Buffer.concat(parts) }) })
}

function isCancelled(contents: WebContents, paused: Paused, url: string, isMainFrame: boolean): Promise<boolean> {
  const listener = contents.session.webRequest.listenerFor(url)
  if (!listener) return Promise.resolve(false)
  const resourceType: ResourceType =
    paused.resourceType === 'Document'
      ? isMainFrame
        ? 'mainFrame'
        : 'subFrame'
      : (resourceTypes[paused.resourceType] ?? 'other')
  const details = createEvent({
    id: ++lastRequest,
    url,
    method: paused.request.method,
    webContentsId: contents.id,
    webContents: contents as unknown as Electron.WebContents,
    frame: isMainFrame ? (contents.mainFrame as unknown as Electron.WebFrameMain) : null,
    resourceType,
    referrer: fromChromium(paused.request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
    uploadData: [],
  })
  return new Promise((resolve) => listener(details, ({ cancel }) => resolve(cancel === true)))
}
