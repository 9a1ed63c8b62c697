import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCardQr } from '#domain/person/index.ts'
import { liveHost, type LiveHost } from '../../integration/host/live-host.ts'

let live: LiveHost
beforeAll(async () => {
  live = await liveHost({ simulate: ['--scanner', 'hid', '--scanner', 'serial'] })
})
afterAll(() => live.close())

type Scanner = 'hid-scanner' | 'serial-scanner'
let codes = 0
/** Another code each time: the same one again at once would be taken for a repetition. */
const nextCode = () => `${live.stage.card.qr}|${++codes}`
const told = (device: Scanner) =>
  live.events.flatMap((event) =>
    event.name === 'codeScanned' && event.data.device === device ? [event.data.text] : [],
  )
const states = (device: Scanner) =>
  live.events.flatMap((event) => (event.name === 'deviceChanged' && event.data.id === device ? [event.data.state] : []))
const ready = (device: Scanner) => live.until(() => states(device).at(-1) === 'ready')

/** Scans with the fault, then without, and gives what was told until the clean one. */
async function toldAround(device: Scanner, fault: string) {
  await ready(device)
  const before = told(device).length
  const faulty = nextCode()
  const clean = nextCode()
  await live.stage.addFault(`${fault}@${device}`)
  await live.stage.scan(device, faulty)
  if (device === 'hid-scanner') await live.stage.takeFaultOff(`${fault}@${device}`)
  await live.stage.scan(device, clean)
  await live.until(() => told(device).includes(clean))
  return { told: told(device).slice(before), faulty, clean }
}

describe.each(['hid-scanner', 'serial-scanner'] as const)('%s', (device) => {
  test.each(['one-byte-chunks', 'duplicate', 'late'])('in spite of %s a code is told exactly once', async (fault) => {
    const { told: heard, faulty, clean } = await toldAround(device, fault)
    expect(heard).toEqual([faulty, clean])
  })

  test('a code lost to silence is not made up, and the next one is told', async () => {
    const { told: heard, clean } = await toldAround(device, 'silence')
    expect(heard).toEqual([clean])
  })

  test('noise in front of a code costs at most that code, and never gives a wrong card', async () => {
    const { told: heard, faulty, clean } = await toldAround(device, 'garbage')
    expect(heard.at(-1)).toBe(clean)
    for (const text of heard.slice(0, -1)) {
      if (text === faulty) continue
      expect(() => parseCardQr(text)).toThrow(expect.objectContaining({ code: 'QR_FORMAT' }))
    }
  })

  test('a cable pulled in mid-code is noticed, nothing of the code is told, and the scanner works when it is back', async () => {
    await ready(device)
    const before = told(device).length
    const seen = states(device).length
    await live.stage.addFault(`unplug@${device}`)
    await live.stage.scan(device)
    await live.until(() =>
      states(device)
        .slice(seen)
        .some((state) => state !== 'ready'),
    )
    if (device === 'serial-scanner') await live.stage.plugScanner()
    await ready(device)
    const code = nextCode()
    await live.stage.scan(device, code)
    await live.until(() => told(device).includes(code))
    expect(told(device).slice(before)).toEqual([code])
  })

  test('the bytes of a code in an older encoding arrive as they are', async () => {
    await ready(device)
    const bytes = Uint8Array.of(0x4c, 0xdf, 0x20, 0x54, 0x68, 0xde, 0x30 + (codes++ % 10), 0x0d)
    await live.stage.scan(device, bytes.subarray(0, -1))
    await live.until(() => told(device).at(-1)?.startsWith('L\u00df Th\u00de') === true)
  })
})
