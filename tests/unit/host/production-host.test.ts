import { join } from 'node:path'
import { build, type Rollup } from 'vite'
import { expect, test } from 'vitest'
import { trainingDrivers } from '#build/training/drivers.ts'
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
      rolldownOptions: { external: ['electron', ...external] },
    },
  })) as Rollup.RollupOutput
  const chunks = built.output.filter((part) => part.type === 'chunk')
  return {
    files: chunks.flatMap(({ moduleIds }) => moduleIds).map((file) => file.replace(`${root}/`, '')),
    text: chunks.map(({ code }) => code).join('\n'),
  }
}

/** Simulators, the lessons' hands and what judges them. */
const trainingOnly = (file: string) =>
  /^native\/sim\/|^build\/|^electron\/shell\/training|^electron\/core\/training\/(?!index\.ts$)|^domain\/training\/(?!index\.ts$|lessons\.ts$)/.test(
    file,
  )

test('the station holds no simulator, no lesson and no way to fork one', async () => {
  const { files, text } = await bundle('electron/shell/index.ts')
  expect(files).toContain('electron/core/index.ts')
  expect(files.filter(trainingOnly)).toEqual([])
  expect(text).not.toContain('training-stage')
  expect(text).not.toContain('use-fake-device-for-media-stream')
  const training = await bundle('electron/shell/training.ts')
  expect(training.files.filter(trainingOnly).length).toBeGreaterThan(3)
  expect(training.text).toContain('training-stage')
})

test('the training program’s host knows no line but that of the simulators', async () => {
  const { files } = await bundle('build/training/device-host.ts')
  expect(files).toContain('native/transport/socket.ts')
  expect(files.filter((file) => /^native\/(sim|transport\/(serial|hid)\.ts)/.test(file))).toEqual([])
  // Drivers that open a service of the system by themselves are not given to it.
  expect(Object.keys(trainingDrivers)).toEqual(expect.arrayContaining(['gempc-twin', 'hid-image', 'hid-button']))
  expect(Object.keys(trainingDrivers)).not.toEqual(expect.arrayContaining(['pcsc']))
  expect(
    Object.values(trainingDrivers).filter(({ transports }) =>
      transports.some((each) => each === 'pcsc' || each === 'http'),
    ),
  ).toEqual([])
})

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
  expect(added.toSorted()).toEqual([
    'build/development-host.ts',
    'build/development-lines.ts',
    'native/transport/socket.ts',
  ])
})
