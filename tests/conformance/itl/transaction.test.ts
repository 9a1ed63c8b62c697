import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeItl } from '#core/seal/itl/index.ts'
import { decodePng } from '#native/imaging/index.ts'
import { inventedPng } from '../../support/invented.ts'
import { inventedRecord, rightFour, rolled } from '../../unit/core/seal/itl/invented-record.ts'
import { readAll, readItl, type TransactionRead } from './reading.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('an independent reader finds in the transaction what was put in: person, portrait, prints pixel by pixel', () => {
  const record = inventedRecord()
  const read = readItl(writeItl(record))
  expect(read).toMatchObject({
    version: '0502',
    type: 'ENROL',
    day: '2026-11-20',
    gmt: '2026-11-20T02:03:04',
    origin: 'SL-0312',
    control: 'SL-0312-000001',
    domain: ['QUAY-CAN-CUOC', '1'],
    person: {
      number: 'SL-0312-000001',
      personalNumber: '014190000123',
      name: 'Lò Thị Mẫu',
      birthDate: '19900305',
      sex: 'F',
      station: ['SL-0312', 'Công an xã Thử Nghiệm'],
      program: ['quay-can-cuoc', '0.1.0'],
      exceptions: [['5', 'missing']],
    },
    portrait: { width: 480, height: 640, compression: 'JPEGB', colour: 'GRAY', pose: 'F' },
  })
  expect(read.portrait?.['sha256']).toBe(sha256(record.portrait!.bytes))
  expect(read.contents).toEqual([
    [1, 5],
    [2, 0],
    [10, 1],
    [14, 2],
    [14, 3],
    [14, 4],
  ])
  const [slap, thumb, missing] = read.prints
  expect(slap).toMatchObject({ fgp: 13, impression: 0, width: 200, height: 120, dpi: 500, absent: { 5: 'UP' } })
  expect(slap?.segments).toEqual({ 2: [10, 50, 5, 100], 3: [60, 100, 5, 100], 4: [110, 150, 5, 100] })
  expect(slap?.qualities).toEqual({ 2: [60, '0000', 1], 3: [61, '0000', 1], 4: [62, '0000', 1] })
  expect(slap?.pixels).toBe(sha256(decodePng(rightFour().picture!.png).pixels))
  expect(thumb).toMatchObject({ fgp: 1, impression: 1, width: 64, height: 80, segments: {} })
  expect(thumb?.pixels).toBe(sha256(decodePng(rolled(1).picture!.png).pixels))
  expect(missing).toMatchObject({ idc: 4, fgp: 5, impression: 1, absent: { 5: 'UP' } })
  expect(missing).not.toHaveProperty('width')
})

test('a full enrolment with a second officer, a PNG portrait and prints of both kinds is read', () => {
  const prints = [rightFour(), ...Array.from({ length: 10 }, (_, at) => rolled(at + 1))]
  const portrait = { bytes: inventedPng(7, 60, 80), mediaType: 'image/png', width: 60, height: 80 }
  const exceptions = [{ fgp: 10, reason: 'deformed', approvedBy: 'CA-0077' }] as const
  const read = readItl(writeItl(inventedRecord({ prints, portrait, exceptions })))
  expect(read.prints.map(({ fgp }) => fgp)).toEqual([13, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(read.person['exceptions']).toEqual([['10', 'deformed', 'CA-0077']])
  expect(read.portrait).toMatchObject({ compression: 'PNG', colour: 'GRAY' })
})

test('whatever the texts are, the independent reader finds them again', () => {
  const word = fc.string({ unit: fc.constantFrom(...'aáàảãạăâđêôơưỵ Mẫu.:,()1꪿ꪶ漢🙂'), minLength: 1, maxLength: 40 })
  const pairs = fc.sample(fc.tuple(word, word), { numRuns: 100, seed: 20261121 })
  const files = pairs.map(([fullName, name]) => {
    const person = { ...inventedRecord().person, fullName }
    return writeItl(inventedRecord({ person, station: { code: 'SL-0312', name }, prints: [] }))
  })
  const read = readAll('read_itl.py', files) as readonly TransactionRead[]
  expect(read.map(({ person }) => [person['name'], person['station']])).toEqual(
    pairs.map(([fullName, name]) => [fullName.normalize('NFC'), ['SL-0312', name.normalize('NFC')]]),
  )
})
