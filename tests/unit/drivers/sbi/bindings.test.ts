import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isSimulated, readBindings } from '#core/devices/bindings.ts'
import { bindingTo } from './bench.ts'

it('a station reads anchors and environment of an SBI device from its list of devices', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sbi-bindings-'))
  const file = join(dir, 'devices.json')
  const bindings = [
    bindingTo('Finger', '127.0.0.1:4501', { anchors: '-----BEGIN CERTIFICATE-----', env: 'Production' }),
    bindingTo('Iris', '127.0.0.1:4502', {}),
  ]
  await writeFile(file, JSON.stringify(bindings))
  expect(readBindings(file)).toEqual(bindings)
  await rm(dir, { recursive: true })
})

it('a device that is registered for another environment than production counts as simulated', () => {
  expect(isSimulated(bindingTo('Finger', '127.0.0.1:4501', { env: 'Developer' }))).toBe(true)
  expect(isSimulated(bindingTo('Finger', '127.0.0.1:4501', {}))).toBe(false)
})
