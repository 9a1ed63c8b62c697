import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { diagnosePorts } from '#build/desk/diagnose-ports.ts'
import type { PluggedIn } from '#native/capability/checks.ts'
import { openDeviceLine, type DeviceLine } from '#native/sim/wire/pty-pair.ts'

const patient = new AbortController().signal
let folder: string
let line: DeviceLine
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-ports-'))
  line = await openDeviceLine(join(folder, 'port'))
  vi.stubEnv('QCC_DEVELOPMENT_PORTS', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await line.unplug()
  await rm(folder, { recursive: true, force: true })
})

it('the command line lists what is plugged in with the drivers that may fit, for machines and for people', async () => {
  const { value, text } = await diagnosePorts(['--json'], patient)
  const { plugged } = value as { plugged: readonly PluggedIn[] }
  const port = plugged.find(({ address }) => address === line.address)
  expect(port?.proposals.map(({ driver }) => driver)).toContain('gempc-twin')
  const at = text.findIndex((each) => each.startsWith(`serial:${line.address}`))
  expect(text[at + 1]).toContain('gempc-twin (possible)')
})

it('the command line says which kind of line cannot be looked at, with what to do', async () => {
  const { value, text } = await diagnosePorts([], patient)
  const { missing } = value as { missing: readonly { transport: string; problem: string }[] }
  for (const { transport, problem } of missing)
    expect(text.join('\n')).toContain(`${problem} (devices.discover/${transport})`)
  expect(text.join('\n').match(/devices\.discover\//gu)?.length ?? 0).toBe(missing.length)
})

it('the command line refuses to ask a device that is not plugged in', async () => {
  await expect(diagnosePorts(['--probe', 'serial:/dev/nowhere'], patient)).rejects.toMatchObject({
    code: 'DEVICE_GONE',
  })
})
