import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { examples } from './examples.ts'
import { fingerprint } from './round-trips.ts'

const root = resolve(import.meta.dirname, '../../..')

describe('the chip cryptography under bun, which has BoringSSL as Electron does', () => {
  it('comes out as printed and as under Node', async () => {
    const bun = join(root, 'node_modules/.bin/bun')
    const { stdout } = await promisify(execFile)(bun, [fileURLToPath(new URL('./run-examples.ts', import.meta.url))], {
      cwd: root,
      timeout: 50_000,
    })
    const said: unknown = JSON.parse(stdout)
    expect(said).toEqual({
      runtime: 'bun',
      outcomes: Object.fromEntries(examples.map(({ title }) => [title, 'as printed'])),
      fingerprint: fingerprint(),
    })
    expect(examples.length).toBeGreaterThan(8)
  })
})
