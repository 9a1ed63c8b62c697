import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { exchangeRecord } from '#core/seal/exchange-record.ts'
import { captureSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { emptyState, type DossierState, type PictureRef, type SlapTry } from '#domain/enrolment/index.ts'
import { inventedPng } from '../../../support/invented.ts'
import { inventedJpeg } from '../../../support/pictures.ts'

const blobs = new Map<string, Buffer>()

function kept(bytes: Uint8Array, width: number, height: number, mediaType = 'image/png'): PictureRef {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  blobs.set(sha256, Buffer.from(bytes))
  return { name: sha256, sha256, size: bytes.length, mediaType, width, height }
}

let seeds = 0
function taken(step: CaptureStep, quality: number, change: Partial<SlapTry> = {}): SlapTry {
  seeds++
  const fingers = captureSteps[step].fingers.map((position, at) => ({
    position,
    quality,
    box: { x: 60 * at, y: 10, width: 50, height: 80 },
    angle: 0,
    print: kept(inventedPng(1000 * seeds + at, 50, 80), 50, 80),
  }))
  return { attempt: `try-${seeds}`, slap: kept(inventedPng(seeds, 240, 100), 240, 100), dpi: 500, fingers, ...change }
}

/** Giàng A Mẫu is invented. */
const base: DossierState = {
  ...emptyState,
  status: 'sealing',
  number: 'LC-0107-000004',
  station: 'LC-0107',
  day: '2026-11-21',
  confirmed: { fullName: 'Giàng A Mẫu', personalNumber: '012201000045', birthDate: '2001', sex: 'Nam' },
}

function recordOf(change: Partial<DossierState>) {
  const { entry, described } = exchangeRecord(
    {
      state: { ...base, ...change },
      station: { code: 'LC-0107', name: 'Công an xã Mẫu' },
      createdAt: new Date('2026-11-21T03:00:00Z'),
      program: { name: 'quay-can-cuoc', version: '0.1.0' },
    },
    (ref) => blobs.get(ref.name) ?? new Uint8Array(),
  )
  return { text: Buffer.from(entry.bytes).toString('latin1'), bytes: Buffer.from(entry.bytes), described }
}

const valuesOf = (text: string, field: string) =>
  text.split('\x1d').flatMap((each) => (each.startsWith(`${field}:`) ? [each.slice(field.length + 1)] : []))
const positions = (text: string) => valuesOf(text, '14.013').map((value) => Number.parseInt(value, 10))

test('a dropped try is not in the record, however good it is', () => {
  const [good, better] = [taken('right-four', 50), taken('right-four', 90, { dropped: true })]
  const { bytes, text } = recordOf({ tries: { 'right-four': [good, better] } })
  expect(positions(text)).toEqual([13])
  expect(bytes.includes(blobs.get(good.slap.name)!)).toBe(true)
  expect(bytes.includes(blobs.get(better.slap.name)!)).toBe(false)
})

test('fingers that a device cut for itself are prints of their own, and the composed picture is not a slap', () => {
  const composed = taken('right-four', 60, { composed: true })
  const { bytes, text } = recordOf({ tries: { 'right-four': [composed] } })
  expect(positions(text)).toEqual([2, 3, 4, 5])
  expect(text).not.toContain('14.021:')
  expect(valuesOf(text, '14.003')).toEqual(['0', '0', '0', '0'])
  for (const { print } of composed.fingers) expect(bytes.includes(blobs.get(print.name)!)).toBe(true)
  expect(bytes.includes(blobs.get(composed.slap.name)!)).toBe(false)
})

test('a finger rolled on such a device stays rolled', () => {
  const { text } = recordOf({ tries: { 'rolled-left-index': [taken('rolled-left-index', 60, { composed: true })] } })
  expect(positions(text)).toEqual([7])
  expect(text).toContain('\x1d14.003:1\x1d')
})

test('a portrait that a Type-10 record cannot hold is left out, and the description says so', () => {
  const progressive = inventedJpeg(480, 640)
  progressive[progressive.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc2
  const without = recordOf({ portrait: kept(progressive, 480, 640, 'image/jpeg') })
  expect(without.text).not.toContain('10.001:')
  expect(without.described).toMatchObject({ portrait: false, prints: 0 })
  const jpeg = recordOf({ portrait: kept(inventedJpeg(480, 640), 480, 640, 'image/jpeg') })
  expect(jpeg.text).toContain('\x1d10.011:JPEGB\x1d')
  expect(jpeg.described.portrait).toBe(true)
})

test('a hand that is missing is a record without a picture, once for the slap and once for each finger to be rolled', () => {
  const fingers = captureSteps['left-four'].fingers
  const exceptions = Object.fromEntries(fingers.map((finger) => [finger, { reason: 'missing' } as const]))
  const { text, described } = recordOf({ exceptions })
  expect(positions(text)).toEqual([14, 7, 8, 9, 10])
  expect(text).not.toContain('14.999:')
  expect(described.prints).toBe(5)
})

test('without the details that were confirmed there is no record', () => {
  const { fullName: _, ...rest } = base.confirmed ?? {}
  expect(() => recordOf({ confirmed: rest })).toThrow(
    expect.objectContaining({ code: 'SEAL_FAILED', context: { reason: 'person' } }),
  )
})
