import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChipExchange, ChipFileTiming } from '#native/capability/card-reader.ts'
import { startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { desk } from './run.ts'

let dir: string
let stage: Stage & { stop(): Promise<void> }
let card: string[]
const at = (name: string) => join(dir, 'stage', name)
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quay-chip-'))
  stage = await startSimulators(join(dir, 'stage'), { arguments: ['--pace', '0', '--chip', 'full'] })
  card = ['chip', 'read', '--reader', `gempc-twin:${at('card-reader.tty')}`]
})
afterAll(async () => {
  await stage.stop()
  await rm(dir, { recursive: true, force: true })
})

/** Whatever of the holder could stand in a text or in hex. */
const personal = () => {
  const { person, mrz, can } = stage.card
  return [person.fullName, person.personalNumber, person.residence, person.origin, can, ...mrz].flatMap((text) => [
    text,
    Buffer.from(text).toString('hex').toUpperCase(),
  ])
}
type Reading = {
  readonly access: string
  readonly trust: string
  readonly chipAuthentication: string
  readonly timings?: readonly ChipFileTiming[]
  readonly trace?: readonly ChipExchange[]
}
const valueOf = (stdout: string) => (JSON.parse(stdout) as { ok: true; value: Reading }).value

test('--can opens the chip by PACE, and --trust with the authority that signed makes it verified', async () => {
  const { code, stdout } = await desk(...card, '--can', stage.card.can, '--trust', at('csca.der'), '--json')
  expect(valueOf(stdout)).toMatchObject({ access: 'pace', trust: 'verified', chipAuthentication: 'proved' })
  expect(code).toBe(0)
})

test('a wrong access number ends with status 1 and CHIP_ACCESS_DENIED', async () => {
  const { code, stdout } = await desk(...card, '--can', '999999', '--json')
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { code: 'CHIP_ACCESS_DENIED', step: 'chip.pace', retriable: true },
  })
  expect(code).toBe(1)
})

test('neither timings nor a trace are there unless they were asked for', async () => {
  const { stdout, stderr } = await desk(...card, '--can', stage.card.can, '--json')
  expect(valueOf(stdout)).not.toHaveProperty('timings')
  expect(valueOf(stdout)).not.toHaveProperty('trace')
  expect(stderr).toBe('')
})

test('--timings and --trace with --json stand beside the reading and agree with each other', async () => {
  const { code, stdout, stderr } = await desk(...card, '--can', stage.card.can, '--timings', '--trace', '--json')
  const { timings = [], trace = [] } = valueOf(stdout)
  expect(timings.map(({ file }) => file)).toEqual(expect.arrayContaining(['access', 'DG1', 'DG13', 'SOD', 'DG2']))
  for (const timing of timings)
    expect(timing).toEqual({
      file: expect.any(String) as string,
      apdus: expect.any(Number) as number,
      bytes: expect.any(Number) as number,
      deviceMs: expect.any(Number) as number,
      ownMs: expect.any(Number) as number,
    })
  expect(trace).toHaveLength(timings.reduce((sum, { apdus }) => sum + apdus, 0))
  expect(trace[0]).toEqual({
    number: 1,
    command: '00A4000C 02 3F00',
    response: '9000',
    ms: expect.any(Number) as number,
  })
  const told = JSON.stringify(trace)
  for (const secret of personal()) expect(told).not.toContain(secret)
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test('without --json both go to standard error, and the result alone to standard output', async () => {
  const { code, stdout, stderr } = await desk(...card, '--mrz-file', at('mrz.txt'), '--timings', '--trace')
  expect(stderr).toMatch(/^ {3}1 > 00A4000C 02 3F00\n {5}< 9000 {3}\d+\.\d ms\n/)
  expect(stderr).toMatch(/ > 0CB08100 0D 970100 8E08\[8\] 00\n/)
  expect(stderr).toMatch(/ < 87[0-9A-F]+\[\d+\] 9902[0-9A-F]{4} 8E08\[8\] [0-9A-F]{4} /)
  expect(stderr).toMatch(/^file +APDUs +bytes +wire ms +own ms$/m)
  expect(stderr).toMatch(/^DG1 +1 +95 +\d+\.\d +\d+\.\d$/m)
  expect(stderr).toMatch(/^total +\d+ +\d+ +\d+\.\d +\d+\.\d$/m)
  for (const secret of personal()) expect(stderr).not.toContain(secret)
  expect(stdout).not.toContain('00A4')
  expect(stdout).toContain(stage.card.person.fullName)
  expect(code).toBe(0)
})

test('the trace of a reading that failed is told all the same, up to the refusal', async () => {
  const { code, stdout, stderr } = await desk(...card, '--can', '999999', '--trace', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'CHIP_ACCESS_DENIED' } })
  expect(stderr).toMatch(/ > 00860000 0C 7C0A 8508\[8\] 00\n {5}< 6300 {3}\d+\.\d ms\n$/)
  expect(stderr).not.toContain(Buffer.from('999999').toString('hex'))
  expect(code).toBe(1)
})

test('a zone that is not there is not understood', async () => {
  const { code, stderr } = await desk(...card, '--mrz-file', at('nothing.txt'), '--trace')
  expect(stderr).toContain('cannot be read')
  expect(code).toBe(2)
})

test('--portrait goes together with --timings', async () => {
  const portrait = join(dir, 'portrait.jpg')
  const { code } = await desk(...card, '--can', stage.card.can, '--portrait', portrait, '--timings')
  expect([...(await readFile(portrait)).subarray(0, 2)]).toEqual([0xff, 0xd8])
  expect(code).toBe(0)
})
