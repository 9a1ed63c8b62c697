import { expect, it } from 'vitest'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'
import { readChip } from '#native/chip/index.ts'
import { personalise } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import {
  playHidImage,
  playHidPos,
  playReader,
  playSerialScanner,
  playZfm,
  secretRow,
  type ReaderName,
} from './stages.ts'

// Lò Thị Mẫu is invented. What simulators are given to carry must not be in what is kept of their lines.

const qr = '014190000123|050000123|Lò Thị Mẫu|15031990|Nữ|Bản Mẫu, Thuận Châu, Sơn La|01082024'
const patient = new AbortController().signal

/** Where a text or some bytes stand in a trace: as they are, as hexadecimal or base64, or behind the hexadecimal. */
function findIn(trace: DeviceTrace, secrets: readonly (string | Uint8Array)[]): string[] {
  const text = JSON.stringify(trace)
  const bytes = Buffer.concat(trace.entries.map((entry) => Buffer.from('hex' in entry ? entry.hex : '', 'hex')))
  return secrets.flatMap((secret) => {
    const forms =
      typeof secret === 'string'
        ? [Buffer.from(secret), Buffer.from(secret.normalize('NFD')), Buffer.from(secret, 'utf16le')]
        : [Buffer.from(secret)]
    const found = forms.some(
      (form) =>
        bytes.includes(form) ||
        [form.toString('utf8'), form.toString('hex'), form.toString('hex').toUpperCase(), form.toString('base64')].some(
          (spelled) => text.includes(spelled),
        ),
    )
    return found ? [String(secret)] : []
  })
}

it.each<ReaderName>(['gempc-twin', 'acr122s', 'acr1281s', 'pn532'])(
  'a whole chip reading through %s leaves nothing of the card in the trace, and stops at its first secret when played again',
  async (driver) => {
    const card = await personalise(people.lo)
    const zone = card.mrz.join('')
    const access = { kind: 'mrz', ...bacInputs(parseMrz(zone)) } as const
    const stages: string[] = []
    const act = async (reader: CardReader) => {
      await reader.acquire(patient)
      await reader.powerOn(patient)
      try {
        const reading = await readChip({ transmit: reader.transmit, access, signal: patient })
        return `read ${Object.keys(reading).length > 0 ? 'well' : ''}`
      } catch (error) {
        if (error instanceof AppError) stages.push(error.step)
        throw error
      }
    }
    const { live, again, trace } = await playReader(driver, [], act)
    expect(live).toBe('read well')
    // The card's answer to the mutual authentication is filler.
    expect([again, stages]).toEqual(['CHIP_TAMPERED', ['chip.bac']])
    expect(trace.entries.length).toBeGreaterThan(50)
    const secrets = ['Lò Thị Mẫu', '014190000123', 'LO<<THI<MAU', zone.slice(0, 20), zone.slice(30, 50), zone.slice(60)]
    expect(findIn(trace, secrets)).toEqual([])
  },
)

it.each([['hid-pos', playHidPos] as const, ['serial-scanner', playSerialScanner] as const])(
  'a code before %s leaves nothing of it in the trace',
  async (_, play) => {
    const { live, trace } = await play([], qr)
    expect(live).toBe(`a code of ${qr.length} characters`)
    expect(
      findIn(
        trace,
        qr.split('|').filter((part) => part.length > 4),
      ),
    ).toEqual([])
  },
)

it('a finger on a zfm module leaves no row of its picture in the trace', async () => {
  const { live, again, trace } = await playZfm([])
  expect([live, again]).toEqual(['256×288', '256×288'])
  const nibbles = Uint8Array.from(
    { length: 128 },
    (_, at) => ((secretRow[2 * at]! >> 4) << 4) | (secretRow[2 * at + 1]! >> 4),
  )
  const rows = Array.from({ length: 120 }, (_, at) => nibbles.subarray(at, at + 6))
  expect(findIn(trace, rows)).toEqual([])
  const packets = trace.entries.flatMap((entry) => ('name' in entry && /^(data|end)$/u.test(entry.name) ? [entry] : []))
  expect(packets.length).toBeGreaterThan(1)
  // The number of the picture is in the last one.
  for (const { hex } of packets) expect(hex).toMatch(/^EF01FFFFFFFF0[28]0082(AA|AB)+....$/u)
})

it('a hand on a scanner leaves nothing but filler in the trace, in few entries', async () => {
  const { live, again, trace } = await playHidImage([])
  expect(live).toBe('1600×1500')
  expect(again).toBe(live)
  expect(trace.entries.length).toBeLessThan(60)
  const blocks = trace.entries.flatMap((entry) => ('name' in entry && entry.name === 'image block' ? [entry] : []))
  expect(Math.max(...blocks.map(({ times = 1 }) => times))).toBeGreaterThan(1000)
  for (const { hex } of blocks.filter(({ times = 1 }) => times > 1000)) {
    // Heads, filler, and the check of the block.
    expect(new Set(Buffer.from(hex, 'hex').subarray(68, -64)).size).toBeLessThan(40)
  }
})
