import { describe, expect, it } from 'vitest'
import type { DeviceTrace } from '#native/capability/trace.ts'
import type { Fault } from '#native/sim/wire/faults.ts'
import {
  playHidButton,
  playHidImage,
  playHidPos,
  playReader,
  playSerialScanner,
  playZfm,
  type ReaderName,
} from '../../integration/traces/stages.ts'

// Real drivers over real lines to simulators that misbehave; then the trace of it against a new driver. The code is of
// an invented person.

const code = '014190000123|050000123|Lo Thi Mau|15031990|Nu|Ban Mau, Thuan Chau, Son La|01082024'
/** The card lets nothing be read without its key. */
const well = '9000 6a82 6982 6982 6982 6982'
const always = 'always'

const faultsOf = ({ entries }: DeviceTrace) => entries.flatMap((entry) => ('fault' in entry ? [entry.fault] : []))

describe.each<ReaderName>(['gempc-twin', 'acr122s', 'acr1281s', 'pn532'])('a trace of %s, played again,', (driver) => {
  it.each<[string, readonly Fault[], string]>([
    ['silence', [{ name: 'silence', times: always, after: 4 }], 'DEVICE_SILENT'],
    ['silence from the start', [{ name: 'silence', times: always }], 'DEVICE_SILENT'],
    ['bad-checksum', [{ name: 'bad-checksum', times: always, after: 4 }], 'DEVICE_GARBLED'],
    ['unplug', [{ name: 'unplug', after: 5 }], 'DEVICE_GONE'],
    ['card-pulled', [{ name: 'card-pulled', after: 5 }], 'CARD_REMOVED'],
    ['card-mute', [{ name: 'card-mute', times: always }], 'CARD_MUTE'],
  ])('ends as it ended then: %s', async (_, faults, expected) => {
    const { live, again, differences } = await playReader(driver, faults)
    expect(live).toBe(expected)
    expect(again).toBe(live)
    expect(differences).toBe(0)
  })

  it.each<[string, readonly Fault[]]>([
    ['garbage', [{ name: 'garbage', times: always }]],
    ['bad-checksum once', [{ name: 'bad-checksum', after: 6 }]],
    ['silence once', [{ name: 'silence', after: 6 }]],
    ['late', [{ name: 'late', after: 6 }]],
    ['duplicate', [{ name: 'duplicate', times: always }]],
    ['one-byte-chunks', [{ name: 'one-byte-chunks' }]],
  ])('gets through again in spite of %s', async (name, faults) => {
    const { live, again, trace } = await playReader(driver, faults)
    expect(live).toBe(well)
    expect(again).toBe(live)
    if (name === 'garbage') expect(faultsOf(trace)).toContain('garbage')
    if (name === 'bad-checksum once') expect(faultsOf(trace)).toContain('checksum')
  })
})

it.each<ReaderName>(['gempc-twin', 'acr122s', 'acr1281s'])('a busy %s is busy again', async (driver) => {
  const { live, again } = await playReader(driver, [{ name: 'busy', times: always, after: 2 }])
  expect(live).toBe('DEVICE_BUSY')
  expect(again).toBe(live)
})

describe('a trace of zfm, played again,', () => {
  it.each([
    ['silence', [{ name: 'silence', times: always, after: 3 }], 'DEVICE_SILENT'],
    ['bad-checksum', [{ name: 'bad-checksum', times: always, after: 30 }], 'DEVICE_GARBLED'],
    ['unplug', [{ name: 'unplug', after: 40 }], 'DEVICE_GONE'],
    ['wrong-password', [{ name: 'wrong-password', times: always }], 'DEVICE_REFUSED'],
    ['busy', [{ name: 'busy', times: always }], 'DEVICE_BUSY'],
    ['no-finger', [{ name: 'no-finger', times: always }], 'NO_FINGER'],
  ] as const)('ends as it ended then: %s', async (_, faults, expected) => {
    const { live, again } = await playZfm(faults)
    expect(live).toBe(expected)
    expect(again).toBe(live)
  })

  it('knows two pictures that differed from one that came twice', async () => {
    expect(await playZfm([], 2)).toMatchObject({ live: '256×288 256×288', again: '256×288 256×288' })
    const old = await playZfm([{ name: 'previous-image', times: always }], 2)
    expect(old).toMatchObject({ live: 'PREVIOUS_IMAGE', again: 'PREVIOUS_IMAGE' })
  })
})

describe('a trace of hid-image, played again,', () => {
  it.each([
    ['silence', 'DEVICE_SILENT', 1],
    ['busy', 'DEVICE_BUSY', 1],
    ['unplug', 'DEVICE_GONE', 1],
    ['previous-image', 'PREVIOUS_IMAGE', 2],
  ] as const)('ends as it ended then: %s', async (fault, expected, times) => {
    const { live, again } = await playHidImage([fault], times)
    expect(live).toBe(expected)
    expect(again).toBe(live)
  })

  it.each([
    ['garbage', 2],
    ['bad-checksum', 1],
    // Each picture takes half of the ring.
    ['lost-block', 1],
    ['late', 1],
    ['duplicate', 2],
    ['one-byte-chunks', 2],
  ] as const)('gets its pictures again in spite of %s', async (fault, times) => {
    const { live, again } = await playHidImage([fault], times)
    expect(live).toBe(Array.from({ length: times }, () => '1600×1500').join(' '))
    expect(again).toBe(live)
  })
})

describe('a trace of a code scanner, played again,', () => {
  it.each(['garbage', 'duplicate', 'one-byte-chunks'] as const)(
    'tells a code of the same length after %s',
    async (fault) => {
      for (const { live, again } of [
        await playHidPos([fault], code),
        await playSerialScanner([{ name: fault }], code),
      ]) {
        expect(live).toMatch(/^a code of \d+ characters$/)
        expect(again).toBe(live)
      }
    },
  )

  it('ends in mid-code when the plug was pulled there', async () => {
    const cut = await playHidPos(['unplug'], code)
    expect(cut).toMatchObject({ live: 'the line ended', again: 'the line ended' })
    expect(faultsOf(cut.trace)).toEqual(['cut'])
    expect(await playSerialScanner([{ name: 'unplug', after: 0 }], code)).toMatchObject({
      live: 'the line ended',
      again: 'the line ended',
    })
  })
})

describe('a trace of a shutter button, played again,', () => {
  it.each(['garbage', 'duplicate', 'one-byte-chunks', 'late'] as const)('tells the press after %s', async (fault) => {
    expect(await playHidButton([fault])).toMatchObject({ live: 'pressed', again: 'pressed', differences: 0 })
  })

  it('ends in mid-report when the plug was pulled there', async () => {
    expect(await playHidButton(['unplug'])).toMatchObject({ live: 'the line ended', again: 'the line ended' })
  })
})
