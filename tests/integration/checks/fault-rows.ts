import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { causes } from '#domain/diagnosis/index.ts'
import { stageFaults } from '#native/sim/stage/faults.ts'
import { bench } from './bench.ts'
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

/** Devices by the file that runs their rows; files run beside each other. */
export const tested = {
  serial: ['card-reader', 'serial-scanner', 'zfm'],
  hid: ['fingerprint', 'document-button', 'hid-scanner'],
  service: ['sbi-fingerprint', 'iris-camera'],
} as const satisfies Readonly<Record<string, readonly Device[]>>
export type Tested = (typeof tested)[keyof typeof tested][number]

const desks: Readonly<Record<Tested, (dir: string) => Promise<Desk>>> = {
  'card-reader': (dir) => readerDesk(dir, 'gempc-twin'),
  fingerprint: slapDesk,
  'document-button': buttonDesk,
  zfm: moduleDesk,
  'hid-scanner': hidScannerDesk,
  'serial-scanner': serialScannerDesk,
  'sbi-fingerprint': () => serviceDesk('Finger'),
  'iris-camera': () => serviceDesk('Iris'),
}

/** What is found of every such device, works or not. */
const always: Partial<Record<Tested, readonly string[]>> = { zfm: ['only-for-verification'] }

/** What the guided test of the device says while it has the fault, the worst first. */
async function foundOf(device: Tested, name: string, row: Row): Promise<readonly string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'faults-'))
  const desk = await desks[device](dir)
  const host = bench({ hurry: ('hurry' in row ? row.hurry : undefined) ?? 1 })
  try {
    const fault = ('as' in row && row.as) || name
    const at = 'at' in row ? row.at : undefined
    await host.bind(desk.binding)
    await host.ready('device')
    if (!at) desk.addFault(fault)
    const act = at
      ? { ...desk.act, [at]: (said: () => void) => (desk.addFault(fault), desk.act[at]?.(said)) }
      : desk.act
    const { found } = await host.check('device', act)
    const rank = (cause: keyof typeof causes) => (causes[cause] === 'fails' ? 0 : 1)
    return found
      .map(({ cause }) => cause)
      .filter((cause) => !always[device]?.includes(cause))
      .toSorted((one, other) => rank(one) - rank(other))
  } finally {
    await host.stop()
    await desk.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

/** A limit, not a wait: rows that run beside each other on a busy machine take their time. Milliseconds. */
const ownTime = 300_000

/** One test for each row. They run beside each other, since most of their time is waiting. */
export function testRows(devices: readonly Tested[]): void {
  describe.each(devices)('faults of %s', (device) => {
    const rows = Object.entries<Row>(faultTable[device]).filter(([, { finds }]) => finds !== 'not here')
    for (const [name, row] of rows) {
      // One byte at a time is slow enough without the others.
      const one = name === 'one-byte-chunks' ? it : it.concurrent
      one(
        `${name} is found for what it is`,
        async ({ expect }) => {
          expect(await foundOf(device, name, row)).toEqual(row.finds === 'nothing' ? [] : [row.finds])
        },
        ownTime,
      )
    }
  })
}
