import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeGrayPng } from '#native/imaging/index.ts'
import { writeItl } from '#core/seal/itl/index.ts'
import { inventedRecord, rolled } from '../../unit/core/seal/itl/invented-record.ts'
import { person } from '../../unit/core/store/fixtures.ts'
import { prepareDossier } from '../seal/sealing.ts'
import { readItl } from './reading.ts'

test('the dossier that is sealed holds a transaction that an independent reader reads', async () => {
  const { entries, images } = await prepareDossier(64)
  const entry = entries.find(({ name }) => name === 'biometrics/dossier.an2')
  const bytes = entry?.bytes ?? new Uint8Array()
  const read = readItl(bytes)
  expect(read.person).toMatchObject({
    number: 'SL-0312-000001',
    name: person.name,
    personalNumber: person.number,
    birthDate: '19900305',
    sex: 'F',
    station: ['SL-0312', 'Công an xã Thử Nghiệm'],
    exceptions: [['10', 'deformed', '014-207']],
  })
  // Both tries of the right hand hold the best print of some finger; the left little finger was never taken.
  expect(read.prints.map(({ fgp }) => fgp)).toEqual([13, 13, 14, 15, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(read.prints.filter(({ absent }) => absent[10] === 'UP').map(({ fgp }) => fgp)).toEqual([14, 10])
  expect(read.prints.map(({ impression }) => impression)).toEqual([0, 0, 0, 0, ...Array.from({ length: 10 }, () => 1)])
  expect(read.prints.at(-1)).not.toHaveProperty('pixels')
  const hashes = images.map((image) => createHash('sha256').update(image).digest('hex'))
  expect(hashes).toContain(read.portrait?.['sha256'])
  const dossier = JSON.parse(Buffer.from(entries[0]?.bytes ?? []).toString('utf8')) as Record<string, unknown>
  expect(dossier['records']).toEqual({
    exchange: {
      file: 'biometrics/dossier.an2',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      mediaType: 'application/octet-stream',
      standard: 'ANSI/NIST-ITL 1-2011 Update 2015',
      portrait: true,
      prints: 14,
    },
  })
})

test('a print coded as captures are coded comes out pixel by pixel', () => {
  const [width, height, dpi] = [400, 375, 500]
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return y < 40 ? 255 : 128 + 100 * Math.sin((x + 0.3 * y) / 2.8) + ((x * 7 + y * 13) % 17)
  })
  const png = encodeGrayPng({ width, height, dpi, pixels })
  const read = readItl(writeItl(inventedRecord({ prints: [{ ...rolled(3), picture: { png, width, height, dpi } }] })))
  expect(read.prints[0]).toMatchObject({ fgp: 3, width, height, dpi })
  expect(read.prints[0]?.pixels).toBe(createHash('sha256').update(pixels).digest('hex'))
})
