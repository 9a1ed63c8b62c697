import react from '@vitejs/plugin-react'
import { encode } from 'fast-png'
import { createServer, type ServerResponse } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join, normalize, resolve } from 'node:path'
import { build } from 'vite'
import type { Role } from '#contract/index.ts'

/** The windows as they are shipped, built once and served with the shell's security policy. */
export type Screens = {
  /** Where a window of this role is found, with its own pictures. */
  readonly address: (role: Role, pictures: Readonly<Record<string, Uint8Array>>) => Promise<string>
  readonly stop: () => Promise<void>
}

const root = resolve(import.meta.dirname, '../../..')

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
  "connect-src 'self'; media-src 'self' blob:; worker-src 'self'"

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.mp3': 'audio/mpeg',
  '.opus': 'audio/ogg',
  '.json': 'application/json',
}

export async function startScreens(): Promise<Screens> {
  const folder = await mkdtemp(join(tmpdir(), 'quay-screens-'))
  const built = new Map<Role, Promise<void>>()
  let pictures: Readonly<Record<string, Uint8Array>> = {}

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://screens').pathname
    if (/^\/(?:audio|notice|font)\//u.test(path)) sendOwn(response, pictures[path])
    else if (path.startsWith('/blob/') || path.startsWith('/live/')) sendPicture(response, pictures[path])
    else void sendFile(response, folder, path, request.url?.includes('?training') === true)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return {
    address: async (role, own) => {
      pictures = own
      const building = built.get(role) ?? buildWindow(role, folder)
      built.set(role, building)
      await building
      return `http://127.0.0.1:${port}/${role}/index.html`
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function buildWindow(role: Role, folder: string): Promise<void> {
  await build({
    configFile: false,
    root: resolve(root, 'renderer'),
    base: './',
    publicDir: false,
    logLevel: 'error',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: false,
      rolldownOptions: { input: { [role]: resolve(root, `renderer/${role}/index.html`) } },
    },
  })
}

/** `training`: the page as main marks it in the training program. */
async function sendFile(response: ServerResponse, folder: string, path: string, training: boolean): Promise<void> {
  try {
    const file = await readFile(join(folder, normalize(decodeURIComponent(path))))
    const body = training ? file.toString().replace('<html', '<html data-training') : file
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(body)
  } catch {
    // A browser asks for an icon of its own accord.
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end()
  }
}

function sendPicture(response: ServerResponse, picture: Uint8Array | undefined): void {
  const bytes = picture ?? grey
  const mediaType = bytes[0] === 0xff ? 'image/jpeg' : 'image/png'
  response.writeHead(200, { 'content-type': mediaType, 'cache-control': 'no-store' }).end(bytes)
}

/** What there is none of is not there: a recording that is missing is a matter of the page. */
function sendOwn(response: ServerResponse, bytes: Uint8Array | undefined): void {
  if (!bytes) {
    response.writeHead(404).end()
    return
  }
  const mediaType =
    bytes[0] === 0x77
      ? 'font/woff2'
      : bytes[0] === 0x52
        ? 'audio/wav'
        : bytes[0] === 0x1a
          ? 'audio/webm'
          : bytes[0] === 0xff
            ? 'image/jpeg'
            : 'image/png'
  response.writeHead(200, { 'content-type': mediaType, 'cache-control': 'no-store' }).end(bytes)
}

const grey = encode({ width: 35, height: 45, channels: 1, depth: 8, data: new Uint8Array(35 * 45).fill(0xb8) })
