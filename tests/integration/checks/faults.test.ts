import { describe, expect, it, onTestFinished } from 'vitest'
import { causes } from '#domain/diagnosis/index.ts'
import { stageFaults } from '#native/sim/stage/faults.ts'
import { bench, folder } from './bench.ts'
import {
  buttonDesk,
  hidScannerDesk,
  moduleDesk,
  readerDesk,
  serialScannerDesk,
  serviceDesk,
  slapDesk,
  type Desk,
} from './desks.ts'
import { faultTable, type Row } from './fault-table.ts'

type Device = keyof typeof stageFaults

const desks: Partial<Record<Device, () => Promise<Desk>>> = {
  'card-reader': async () => readerDesk(await folder(), 'gempc-twin'),
  fingerprint: async () => slapDesk(await folder()),
  'document-button': async () => buttonDesk(await folder()),
  zfm: async () => moduleDesk(await folder()),
  'hid-scanner': async () => hidScannerDesk(await folder()),
  'serial-scanner': async () => serialScannerDesk(await folder()),
  'sbi-fingerprint': () => serviceDesk('Finger'),
  'iris-camera': () => serviceDesk('Iris'),
}

/** What is found of every such device, works or not. */
const always: Partial<Record<Device, readonly string[]>> = { zfm: ['only-for-verification'] }

/** What the guided test of the device says while it has the fault, the worst first. */
async function foundOf(desk: Desk, name: string, row: Row): Promise<readonly string[]> {
  // Faulty devices are waited for; what is only cut short by a busy machine is not to be taken for a fault.
  const host = bench({ hurry: row.finds === 'nothing' ? 1 : (('hurry' in row ? row.hurry : undefined) ?? 4) })
  onTestFinished(async () => {
    await host.stop()
    await desk.stop()
  })
  const fault = ('as' in row && row.as) || name
  const at = 'at' in row ? row.at : undefined
  await host.bind(desk.binding)
  await host.ready('device')
  if (!at) desk.addFault(fault)
  const act = at ? { ...desk.act, [at]: (said: () => void) => (desk.addFault(fault), desk.act[at]?.(said)) } : desk.act
  const { found } = await host.check('device', act)
  const rank = (cause: keyof typeof causes) => (causes[cause] === 'fails' ? 0 : 1)
  return found.map(({ cause }) => cause).toSorted((one, other) => rank(one) - rank(other))
}

describe.each(Object.keys(stageFaults) as Device[])('faults of %s', (device) => {
  const rows: readonly (readonly [string, Row | undefined])[] = stageFaults[device].map((name) => [
    name,
    (faultTable[device] as Readonly<Record<string, Row>>)[name],
  ])

  it.each(rows)('%s has a row in the table', (_, row) => {
    expect(row).toBeDefined()
  })

  const testable = rows.flatMap(([name, row]) => (row && row.finds !== 'not here' ? [[name, row] as const] : []))
  if (testable.length === 0) return
  it.each(testable)('%s is found for what it is', async (name, row) => {
    const desk = await desks[device]!()
    const found = (await foundOf(desk, name, row)).filter((cause) => !always[device]?.includes(cause))
    expect(found).toEqual(row.finds === 'nothing' ? [] : [row.finds])
  })
})

it('few faults go unnoticed, each with its reason', () => {
  const rows = Object.values(faultTable).flatMap((faults) => Object.values<Row>(faults))
  const silent = rows.filter((row) => 'because' in row)
  expect(rows.length).toBeGreaterThan(120)
  expect(silent.every((row) => 'because' in row && row.because.length > 20)).toBe(true)
  expect(new Set(silent.map((row) => 'because' in row && row.because)).size).toBeLessThan(12)
})
