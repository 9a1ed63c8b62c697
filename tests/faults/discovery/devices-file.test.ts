import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { devicesFile } from '#core/devices/devices-file.ts'
import { readBindings } from '#core/devices/bindings.ts'
import { onFullDisk } from '../../support/full-disk.ts'

const root = join(import.meta.dirname, '../../..')
const binding = (id: string, address: string) =>
  ({ id, kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address }) as const

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devices-file-'))
  path = join(folder, 'devices.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('on a full disk a device is not bound, the failure says so, and the file is what it was', async () => {
  const before = JSON.stringify([{ ...binding('reader', '/dev/ttyUSB0'), note: 'kept' }])
  await writeFile(path, before)
  const file = devicesFile(path, { clock: () => new Date(), onPutAside: () => {} })
  const failure = await onFullDisk(() => file.put(binding('other', '/dev/ttyUSB1')).catch((error: unknown) => error))
  expect(failure).toMatchObject({ code: 'DISK_FULL' })
  expect(await readFile(path, 'utf8')).toBe(before)
  expect(await readdir(folder)).toEqual(['devices.json'])
  await file.put(binding('other', '/dev/ttyUSB1'))
  expect(readBindings(path).map(({ id }) => id)).toEqual(['reader', 'other'])
})

it('a program that is killed while it binds leaves a whole list behind, with nothing lost that was told as kept', async () => {
  const script = `
    import { writeSync } from 'node:fs'
    import { devicesFile } from ${JSON.stringify(join(root, 'electron/core/devices/devices-file.ts'))}
    const file = devicesFile(${JSON.stringify(path)}, { clock: () => new Date(), onPutAside: () => process.exit(9) })
    for (let n = 1; ; n++) {
      await file.put({ id: 'd' + n, kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', address: '/dev/x' })
      writeSync(1, n + '\\n')
    }`
  for (const kills of [3, 8, 15]) {
    await rm(path, { force: true })
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.trim().split('\n').length >= kills) child.kill('SIGKILL')
    })
    const [, signal] = (await once(child, 'close')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    const kept = Number(said.trim().split('\n').at(-1))
    expect(kept).toBeGreaterThanOrEqual(kills)
    expect(readBindings(path).length).toBeGreaterThanOrEqual(kept)
    expect(readBindings(path).length).toBeLessThanOrEqual(kept + 1)
  }
})
