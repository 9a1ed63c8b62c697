import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { Role } from '#contract/index.ts'
import type { Core } from '#core/index.ts'
import { protocol, type Session } from 'electron'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

type Found = { readonly bytes: Uint8Array; readonly mediaType: string }

/** What is given out beside pages and pictures of the dossier; whatever else core might find is no answer. */
const soundTypes = ['audio/webm', 'audio/ogg', 'audio/wav']
const noticeTypes = ['image/png', 'image/jpeg', 'image/webp']

const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // A picture of a person must not end in a cache on the disk.
  'cache-control': 'no-store',
}

/** Must run before the program is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/**
 * Serves `app://<role>/`: the built pages, and the pictures, fonts and sounds that this role may see and hear. A sound is given
 * whole, whatever range of it is asked for: a sentence is some seconds long, and nobody winds it. `training` marks every
 * page as the training program's.
 */
export function servePages(
  session: Session,
  role: Role,
  core: Core,
  rendererFolder: string,
  { training = false }: { readonly training?: boolean } = {},
): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (url.host !== role || request.method !== 'GET') return refused(404)
    const { kind, name } = /^\/(?<kind>blob|live|audio|font|notice)\/(?<name>.+)$/u.exec(url.pathname)?.groups ?? {}
    if (kind === undefined || name === undefined) return servePage(rendererFolder, role, url.pathname, training)
    const found = await find(core, role, kind, name)
    if (found)
      return new Response(new Uint8Array(found.bytes), { headers: { ...headers, 'content-type': found.mediaType } })
    // The citizen's screen as it no longer looks is no error, and none of the console's.
    return refused(role === 'officer' && kind === 'live' && /^screen\/\d+$/u.test(name) ? 204 : 404)
  })
}

async function find(core: Core, role: Role, kind: string, name: string): Promise<Found | undefined> {
  if (kind === 'audio') {
    if (role === 'technician' || !/^[0-9a-zA-Z-]{2,40}\/[0-9a-zA-Z._-]{1,120}$/u.test(name)) return undefined
    return ofType(await core.sound(name), soundTypes)
  }
  if (kind === 'font') {
    if (role !== 'citizen' || !/^[0-9a-zA-Z-]{2,40}\/[a-z0-9-]{1,40}$/u.test(name)) return undefined
    return ofType(await core.font(name), ['font/woff2'])
  }
  if (kind === 'notice') {
    const file = decoded(name)
    if (role !== 'citizen' || !/^[^/\\\p{Cc}]{1,80}$/u.test(file) || file.startsWith('.')) return undefined
    return ofType(await core.notice(file), noticeTypes)
  }
  return /^[0-9a-zA-Z/.-]{1,160}$/u.test(name) ? core.picture(role, name) : undefined
}

/** A media type may carry the codecs with it: `audio/webm;codecs=opus`. */
function ofType(found: Found | undefined, types: readonly string[]): Found | undefined {
  return found && types.includes(found.mediaType.split(';')[0]!.trim()) ? found : undefined
}

async function servePage(rendererFolder: string, role: Role, pathname: string, training: boolean): Promise<Response> {
  const asked = decoded(pathname === '/' ? '/index.html' : pathname)
  // Pages ask for ../assets/…, which the browser resolves to /assets/…; anything that is no asset is the role's own page.
  const shared = asked.startsWith('/assets/')
  const folder = join(rendererFolder, shared ? 'assets' : role)
  const path = join(folder, shared ? asked.slice('/assets'.length) : asked)
  const contentType = contentTypes[extname(path)]
  if (!path.startsWith(folder + sep) || contentType === undefined) return refused(404)
  try {
    const bytes = new Uint8Array(await readFile(path))
    const body = training && extname(path) === '.html' ? markedAsTraining(bytes) : bytes
    return new Response(body, { headers: { ...headers, 'content-type': contentType } })
  } catch {
    return refused(404)
  }
}

/** Here rather than in a script: the band stands before the first of them, and when none of them runs. */
function markedAsTraining(page: Uint8Array): string {
  return new TextDecoder().decode(page).replace(/<html\b/u, '<html data-training')
}

/** Empty, which is no page, for a path that is not well escaped. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return ''
  }
}

function refused(status: number): Response {
  return new Response(null, { status, headers })
}
