import { join } from 'node:path'
import { build, type Rollup } from 'vite'
import { expect, test } from 'vitest'
import { external } from '#build/electron.vite.config.ts'

const root = join(import.meta.dirname, '../../..')

/** Every file that a bundle of the entry is made of, and its text. */
async function bundle(entry: string): Promise<{ files: string[]; text: string }> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: entry,
      write: false,
      minify: false,
      rolldownOptions: { external: external.flatMap((name) => [name]) },
    },
  })) as Rollup.RollupOutput
  const chunks = built.output.filter((part) => part.type === 'chunk')
  return {
    files: chunks.flatMap(({ moduleIds }) => moduleIds).map((file) => file.replace(`${root}/`, '')),
    text: chunks.map(({ code }) => code).join('\n'),
  }
}

const developmentOnly = (file: string) => /^native\/sim\/|^native\/transport\/socket|^build\//.test(file)

test('the production host holds neither the socket transport nor a simulator', async () => {
  const { files, text } = await bundle('native/host/index.ts')
  expect(files).toContain('native/transport/serial.ts')
  expect(files).toContain('native/drivers/gempc-twin/driver.ts')
  expect(files.filter(developmentOnly)).toEqual([])
  // HTTP as a client only, for SBI devices on this machine (native/transport/http.ts).
  expect(text).not.toMatch(/from ["'](node:)?(net|https)["']/)
  expect(text).not.toMatch(/createServer/)
})

test('the development host differs by the socket transport alone, and holds no simulator either', async () => {
  const [production, development] = await Promise.all([
    bundle('native/host/index.ts'),
    bundle('build/development-host.ts'),
  ])
  const added = development.files.filter((file) => !production.files.includes(file))
  expect(added.toSorted()).toEqual(['build/development-host.ts', 'native/transport/socket.ts'])
})
