import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { technicianCalls } from '#contract/technician-calls.ts'
import { openHealth, type Health } from '#core/diagnostics/health/index.ts'
import type { HealthWarning } from '#domain/diagnosis/index.ts'

let dataFolder = ''
let now = new Date()
let due: { at: number; call: () => void }[] = []
let warned: (readonly HealthWarning[])[] = []
const opened: Health[] = []

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'qcc-health-'))
  now = new Date(2026, 10, 21, 9, 0)
  due = []
  warned = []
})

afterEach(async () => {
  for (const health of opened.splice(0)) await health.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

function open(): Health {
  const timer = {
    after(ms: number, call: () => void) {
      const entry = { at: now.getTime() + ms, call }
      due.push(entry)
      return () => {
        due = due.filter((each) => each !== entry)
      }
    },
  }
  const health = openHealth({ dataFolder, clock: () => now, timer, onChange: (all) => warned.push(all) })
  opened.push(health)
  return health
}

/** Lets time pass, and calls back what has become due. */
function pass(ms: number): void {
  now = new Date(now.getTime() + ms)
  const ripe = due.filter(({ at }) => at <= now.getTime())
  due = due.filter((each) => !ripe.includes(each))
  for (const { call } of ripe) call()
}

const read = { device: 'card-reader', call: 'chip.read', ms: 1800, ok: true } as const
const failed = { ...read, ok: false, code: 'CARD_REMOVED' } as const
const fileOfToday = () => join(dataFolder, 'health', '2026-11-21.json')
const files = () => readdirSync(join(dataFolder, 'health'))

test('acts are counted by device and local day, with the middle and the longest time and the failures by code', () => {
  const health = open()
  for (const ms of [1500, 9000, 1800]) {
    health.record({ ...read, ms })
    pass(600_000)
  }
  health.record(failed)
  pass(600_000)
  health.record({ ...failed, device: 'other', code: 'DEVICE_SILENT' })
  now = new Date(2026, 10, 22, 0, 1)
  health.record({ ...read, ms: 700 })
  expect(health.rows()).toEqual([
    {
      device: 'card-reader',
      day: '2026-11-21',
      done: 3,
      failed: 1,
      again: 0,
      gone: 0,
      median: 1800,
      slowest: 9000,
      failures: { CARD_REMOVED: 1 },
    },
    expect.objectContaining({ device: 'other', day: '2026-11-21', failures: { DEVICE_SILENT: 1 }, median: 0 }),
    expect.objectContaining({ device: 'card-reader', day: '2026-11-22', done: 1, median: 700 }),
  ])
})

describe('a repetition', () => {
  const capture = { device: 'fingerprint', call: 'finger.capture', ms: 4000, ok: true } as const
  const again = (health: Health) => health.rows()[0]?.again

  test('is the same act after one that failed', () => {
    const health = open()
    health.record(failed)
    pass(20_000)
    health.record(read)
    expect(again(health)).toBe(1)
  })

  test('is the same hand once more, although the first picture was taken', () => {
    const health = open()
    health.record({ ...capture, purpose: 'right-four' })
    pass(10_000)
    health.record({ ...capture, purpose: 'right-four' })
    expect(again(health)).toBe(1)
  })

  test('is not the other hand, the next citizen, or somebody half an hour later', () => {
    const health = open()
    health.record({ ...capture, purpose: 'right-four' })
    health.record({ ...capture, purpose: 'left-four' })
    health.record({ ...capture, purpose: 'two-thumbs' })
    pass(1_800_000)
    health.record({ ...capture, purpose: 'two-thumbs' })
    expect(again(health)).toBe(0)
  })

  test('is counted by whoever knows better', () => {
    const health = open()
    health.record({ ...read, tries: 3 })
    expect(again(health)).toBe(2)
  })
})

test('tests and traces of a technician, and acts that somebody called off, are no work', () => {
  const health = open()
  health.record({ ...read, call: 'device.check' })
  health.record({ ...read, call: 'trace.read' })
  health.record({ ...failed, code: 'CANCELLED' })
  expect(health.rows()).toEqual([])
})

test('a device that leaves while in use is counted, one that is looked for in vain is not', () => {
  const health = open()
  for (const state of ['ready', 'absent', 'opening', 'busy', 'opening', 'absent', 'opening', 'ready'] as const)
    health.see({ id: 'card-reader', state })
  for (const state of ['opening', 'absent', 'opening', 'failed'] as const) health.see({ id: 'other', state })
  expect(health.rows().map(({ device, gone }) => [device, gone])).toEqual([['card-reader', 2]])
})

test('devices that vanish with the device process have not left', () => {
  const health = open()
  health.see({ id: 'card-reader', state: 'ready' })
  health.hostEnded()
  health.see({ id: 'card-reader', state: 'opening' })
  expect(health.rows()).toEqual([])
})

test('what happened is on the disk ten seconds later, in one write', async () => {
  const health = open()
  for (let n = 0; n < 50; n++) health.record(read)
  pass(9999)
  expect(due).toHaveLength(1)
  pass(1)
  await health.close()
  expect(files()).toEqual(['2026-11-21.json'])
  expect(open().rows()).toMatchObject([{ device: 'card-reader', done: 50 }])
})

test('what happened a moment before the end is there after a restart, and counting goes on', async () => {
  const first = open()
  first.record(read)
  first.record(failed)
  await first.close()
  const second = open()
  pass(1_000_000)
  second.record({ ...read, ms: 2000 })
  expect(second.rows()).toMatchObject([{ done: 2, failed: 1, median: 1800, failures: { CARD_REMOVED: 1 } }])
})

test('a damaged day is passed over; the other days stay, and it is written anew', async () => {
  const first = open()
  first.record(read)
  now = new Date(2026, 10, 22, 9, 0)
  first.record(read)
  await first.close()
  for (const damage of ['', '{"format":"quay-can-cuoc/health/1","devices":[{"device":"x"}]}', '\0\0\0', '[]']) {
    writeFileSync(fileOfToday(), damage)
    expect(open().rows()).toMatchObject([{ day: '2026-11-22', done: 1 }])
  }
  now = new Date(2026, 10, 21, 15, 0)
  const again = open()
  again.record(failed)
  await again.close()
  expect(open().rows()).toMatchObject([
    { day: '2026-11-21', failed: 1 },
    { day: '2026-11-22', done: 1 },
  ])
})

test('the newest ninety days are kept, and a clock that is years ahead for a day takes none of them', async () => {
  const health = open()
  for (let day = 0; day < 95; day++) {
    now = new Date(2026, 6, 1 + day, 9, 0)
    health.record(read)
  }
  now = new Date(2038, 0, 1, 9, 0)
  health.record(read)
  await health.close()
  now = new Date(2026, 9, 3, 9, 0)
  expect(open().rows()).toHaveLength(90)
  const kept = files().toSorted()
  expect([kept.length, kept[0], kept.at(-2), kept.at(-1)]).toEqual([
    90,
    '2026-07-07.json',
    '2026-10-03.json',
    '2038-01-01.json',
  ])
})

test('a device in constant use stays a small file with a true middle', async () => {
  const health = open()
  for (let n = 0; n < 20_000; n++) health.record({ ...read, ms: 1000 + (n % 1001) })
  await health.close()
  const [row] = open().rows()
  expect(row).toMatchObject({ done: 20_000, slowest: 2000 })
  expect(Math.abs((row?.median ?? 0) - 1500)).toBeLessThan(60)
  expect(readFileSync(fileOfToday()).length).toBeLessThan(8000)
})

test('names, unknown codes and floods of devices that a host may make up reach no file', async () => {
  const health = open()
  health.record({ ...failed, code: 'Lò Thị Mẫu' as 'INTERNAL', purpose: 'Quàng Văn Mẫu' })
  health.record({ ...read, device: '__proto__' })
  for (let n = 0; n < 500; n++) health.record({ ...read, device: `device-${n}` })
  await health.close()
  const text = readFileSync(fileOfToday(), 'utf8')
  expect(text).not.toMatch(/Mẫu/u)
  expect(open().rows()).toHaveLength(100)
  expect(open().rows()[0]).toMatchObject({ failures: { INTERNAL: 1 } })
})

test('a device that has become slow is told of while it still works', async () => {
  const health = open()
  for (let day = 0; day < 28; day++) {
    now = new Date(2026, 9, 25 + day, 9, 0)
    for (let n = 0; n < 20; n++) health.record({ ...read, ms: day < 21 ? 1500 : 4000 })
  }
  expect(warned).toEqual([])
  pass(10_000)
  const slower = { device: 'card-reader', kind: 'slower', usual: 1500, lately: 4000 }
  await vi.waitFor(() => expect(warned).toEqual([[slower]]))
  expect(health.warnings()).toEqual([slower])
})

test("what the technician's window gets is what the contract says", () => {
  const health = open()
  health.record(read)
  health.see({ id: 'card-reader', state: 'ready' })
  health.see({ id: 'card-reader', state: 'absent' })
  const answer = technicianCalls.health.output.parse(health.handlers.health({}))
  expect(answer.rows).toHaveLength(1)
})
