import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '#contract/index.ts'
import type { Core } from '#core/index.ts'
import { registerAppScheme, servePages } from '#electron/shell/pages.ts'
import type { Session } from 'electron'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FakeSession, privileged, resetElectron } from '../../support/fake-electron.ts'
import { inventedPng } from '../../support/invented.ts'
import { roles } from '../contract/examples.ts'

const folder = mkdtempSync(join(tmpdir(), 'qcc-pages-'))
const renderer = join(folder, 'renderer')
const picture = inventedPng(1)
const seen: (readonly [Role, string])[] = []
const heard: string[] = []

/** Only the officer may see the picture 00ff. */
const core = {
  sound(name: string) {
    heard.push(name)
    const mediaType = name.endsWith('page') ? 'text/html' : 'audio/webm;codecs=opus'
    return Promise.resolve(name.startsWith('blt-Tavt/') ? { bytes: picture, mediaType } : undefined)
  },
  font(name: string) {
    heard.push(name)
    const mediaType = name.endsWith('page') ? 'text/html' : 'font/woff2'
    return Promise.resolve(name.startsWith('km/') ? { bytes: picture, mediaType } : undefined)
  },
  notice(name: string) {
    heard.push(name)
    const mediaType = name.endsWith('.svg') ? 'image/svg+xml' : 'image/jpeg'
    return Promise.resolve(name.startsWith('lịch') ? { bytes: picture, mediaType } : undefined)
  },
  picture(role: Role, name: string) {
    seen.push([role, name])
    return Promise.resolve(
      role === 'officer' && ['00ff', 'attempt-1/3.png'].includes(name)
        ? { bytes: picture, mediaType: 'image/png' }
        : undefined,
    )
  },
} as Pick<Core, 'picture' | 'sound' | 'font' | 'notice'> as Core

beforeAll(() => {
  for (const role of roles) {
    mkdirSync(join(renderer, role), { recursive: true })
    writeFileSync(join(renderer, role, 'index.html'), `page of the ${role}`)
    writeFileSync(join(renderer, role, 'marked.html'), '<!doctype html><html lang="vi"><p>the html of it</p></html>')
    mkdirSync(join(renderer, `${role}-of-another`))
    writeFileSync(join(renderer, `${role}-of-another`, 'index.html'), 'of another')
  }
  mkdirSync(join(renderer, 'assets'))
  mkdirSync(join(folder, 'renderer-of-another'))
  writeFileSync(join(renderer, 'assets', 'app.js'), 'script')
  writeFileSync(join(renderer, 'assets', 'app.js.map'), 'map')
  writeFileSync(join(renderer, 'root.json'), 'of nobody')
  writeFileSync(join(folder, 'secret.json'), 'secret')
  writeFileSync(join(folder, 'renderer-of-another', 'secret.json'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  resetElectron()
  seen.length = 0
  heard.length = 0
})

function get(role: Role, url: string, method = 'GET', options?: { training: boolean }): Promise<Response> {
  const session = new FakeSession()
  servePages(session as unknown as Session, role, core, renderer, options)
  // As Electron's: a URL that its parser has seen, of a scheme that fetch itself would refuse.
  return session.serve({ url: new URL(url).href, method } as Request)
}

describe.each(roles)('the %s', (role) => {
  test.each(['', 'index.html'])('gets the own page at /%s', async (path) => {
    const answer = await get(role, `app://${role}/${path}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await answer.text()).toBe(`page of the ${role}`)
  })

  test('gets the own page marked in the training program, and nothing else', async () => {
    const marked = await get(role, `app://${role}/marked.html`, 'GET', { training: true })
    expect(await marked.text()).toBe('<!doctype html><html data-training lang="vi"><p>the html of it</p></html>')
    const station = await get(role, `app://${role}/marked.html`)
    expect(await station.text()).toBe('<!doctype html><html lang="vi"><p>the html of it</p></html>')
    const script = await get(role, `app://${role}/assets/app.js`, 'GET', { training: true })
    expect(await script.text()).toBe('script')
  })

  test('gets the scripts that all pages share', async () => {
    const answer = await get(role, `app://${role}/assets/app.js`)
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'script',
    ])
  })

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/%2e%2e%2fsecret.json',
    '/..%2fsecret.json',
    '/..%2f..%2fsecret.json',
    '/%252e%252e%252fsecret.json',
    '/assets/../../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/..%2f..%2frenderer-of-another%2fsecret.json',
    '/assets/..%2froot.json',
    '/..%2froot.json',
    '/root.json',
    '//etc/passwd',
    '/%2fetc%2fpasswd.json',
    '/index.html%00.png',
    '/%00',
    '/index.html%00',
    '/%',
    '/%zz',
    '/%e0%a4%a',
    '/assets',
    '/assets/',
    '/assets/app.js.map',
    '/missing.html',
    '/index.HTML%20',
  ])('gets nothing at %s', async (path) => {
    const answer = await get(role, `app://${role}${path}`)
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })

  test('gets no page of another window, at the own address or at theirs', async () => {
    for (const other of roles.filter((each) => each !== role)) {
      for (const path of [
        `/..%2f${other}%2findex.html`,
        `/assets/..%2f${other}%2findex.html`,
        `/${other}/index.html`,
        `/..%2f${role}-of-another%2findex.html`,
      ]) {
        const answer = await get(role, `app://${role}${path}`)
        expect([path, answer.status, await answer.text()]).toEqual([path, 404, ''])
      }
      expect((await get(role, `app://${other}/index.html`)).status).toBe(404)
      expect((await get(role, `app://${other}/blob/00ff`)).status).toBe(404)
    }
    expect((await get(role, `app://${role}.example/index.html`)).status).toBe(404)
    expect((await get(role, `app://${role}:8080/index.html`)).status).toBe(404)
    expect(seen).toEqual([])
  })

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('gets nothing by %s', async (method) => {
    expect((await get(role, `app://${role}/index.html`, method)).status).toBe(404)
  })

  test.each(['blob/00ff', 'live/attempt-1/3.png'])(
    "gets the picture %s only if it is the role's to see",
    async (path) => {
      const answer = await get(role, `app://${role}/${path}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect(answer.status).toBe(role === 'officer' ? 200 : 404)
      expect(bytes).toEqual(role === 'officer' ? picture : new Uint8Array())
      expect(seen).toEqual([[role, path.slice(5)]])
    },
  )

  test.each(['/blob/', '/blob/a%2f..', '/blob/00ff%00', `/blob/${'a'.repeat(161)}`, '/live/é.png'])(
    'is not let ask core for a picture by %.20s',
    async (path) => {
      const answer = await get(role, `app://${role}${path}`)
      expect([answer.status, seen]).toEqual([404, []])
    },
  )
})

describe('a recorded sentence', () => {
  test.each(['citizen', 'officer'] as const)('is given to the %s, whole, as the sound it is', async (role) => {
    const answer = await get(role, `app://${role}/audio/blt-Tavt/check.fullName`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/webm;codecs=opus'])
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(picture)
    expect(answer.headers.get('content-security-policy')).toContain("media-src 'self'")
    expect(heard).toEqual(['blt-Tavt/check.fullName'])
  })

  test('is not given to the technician, and not if it is missing or no sound', async () => {
    expect((await get('technician', 'app://technician/audio/blt-Tavt/check.fullName')).status).toBe(404)
    expect((await get('citizen', 'app://citizen/audio/km/check.fullName')).status).toBe(404)
    expect((await get('citizen', 'app://citizen/audio/blt-Tavt/page')).status).toBe(404)
    expect(heard).toEqual(['km/check.fullName', 'blt-Tavt/page'])
  })

  test.each([
    'audio/vi',
    'audio/vi/a/b',
    'audio/vi/',
    'audio//greeting.heading',
    'audio/v%2fi/x',
    'audio/vi/..%2f..%2fx',
    'audio/../../x',
    `audio/vi/${'x'.repeat(121)}`,
    'audio/vi/x%00',
  ])('is not asked for by %.30s', async (path) => {
    expect([(await get('citizen', `app://citizen/${path}`)).status, heard]).toEqual([404, []])
  })
})

describe('a font of a pack', () => {
  test('is given to the citizen as a font, to nobody else, and not if it is missing or no font', async () => {
    const answer = await get('citizen', 'app://citizen/font/km/khmer-moul')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'font/woff2'])
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(picture)
    expect(answer.headers.get('content-security-policy')).toContain("font-src 'self'")
    expect((await get('officer', 'app://officer/font/km/khmer-moul')).status).toBe(404)
    expect((await get('technician', 'app://technician/font/km/khmer-moul')).status).toBe(404)
    expect((await get('citizen', 'app://citizen/font/mww/khmer-moul')).status).toBe(404)
    expect((await get('citizen', 'app://citizen/font/km/page')).status).toBe(404)
    expect(heard).toEqual(['km/khmer-moul', 'mww/khmer-moul', 'km/page'])
  })

  test.each(['km', 'km/', 'km/a/b', 'km/..%2fx', 'km/a.woff2', 'km/A', '../km/a', 'k%2fm/a', `km/${'a'.repeat(41)}`])(
    'is not asked for by %.20s',
    async (name) => {
      expect([(await get('citizen', `app://citizen/font/${name}`)).status, heard]).toEqual([404, []])
    },
  )
})

describe('a picture of the notices', () => {
  test('is given to the citizen, under a name in any letters', async () => {
    const answer = await get('citizen', `app://citizen/notice/${encodeURIComponent('lịch trả thẻ.jpg')}`)
    expect([answer.status, answer.headers.get('content-type'), heard]).toEqual([
      200,
      'image/jpeg',
      ['lịch trả thẻ.jpg'],
    ])
  })

  test('is given to nobody else, and not if it is missing or could carry scripts', async () => {
    expect((await get('officer', 'app://officer/notice/lịch.jpg')).status).toBe(404)
    expect((await get('technician', 'app://technician/notice/lịch.jpg')).status).toBe(404)
    expect(heard).toEqual([])
    expect((await get('citizen', 'app://citizen/notice/khác.jpg')).status).toBe(404)
    expect((await get('citizen', 'app://citizen/notice/lịch.svg')).status).toBe(404)
  })

  test.each(['..%2fx.jpg', '%2e%2e%5cx.jpg', 'a/b.jpg', '.hidden.jpg', 'x%00.jpg', '%zz', 'x'.repeat(81)])(
    'is not asked for by %.20s',
    async (name) => {
      expect([(await get('citizen', `app://citizen/notice/${name}`)).status, heard]).toEqual([404, []])
    },
  )
})

test.each([
  'app://officer/',
  'app://officer/assets/app.js',
  'app://officer/blob/00ff',
  'app://officer/missing',
  'app://citizen/',
  'app://officer/%zz',
])('the answer to %s is confined by a strict policy, kept in no cache, and says no more than its type', async (url) => {
  const { headers } = await get('officer', url)
  const policy = new Map(
    (headers.get('content-security-policy') ?? '')
      .split(';')
      .map((line) => line.trim().split(/ (.*)/su) as [string, string]),
  )
  expect(policy.get('default-src')).toBe("'none'")
  expect(policy.get('script-src')).toBe("'self' 'wasm-unsafe-eval'")
  expect(policy.get('style-src')).toBe("'self'")
  expect(policy.get('connect-src')).toBe("'self'")
  expect(policy.get('base-uri')).toBe("'none'")
  expect(policy.get('form-action')).toBe("'none'")
  expect(policy.get('frame-ancestors')).toBe("'none'")
  expect([...policy.values()].join(' ')).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/u)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

test('the scheme of the pages is registered as a secure origin of its own', () => {
  registerAppScheme()
  expect(privileged).toEqual([
    [{ scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) as unknown }],
  ])
  expect(JSON.stringify(privileged)).not.toMatch(/bypassCSP|allowServiceWorkers|corsEnabled/u)
})
