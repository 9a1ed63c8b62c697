import { describe, expect, it } from 'vitest'
import { encodeTemplate, extractMinutiae, type Minutiae } from '#native/imaging/minutiae/index.ts'
import { drawFinger } from '#native/sim/hands/index.ts'
import { readRecord } from './read-record.ts'

describe('templates, read by the published layout of ISO/IEC 19794-2:2005', () => {
  it('stand byte by byte as the layout says', () => {
    const minutiae: Minutiae = {
      width: 0x0190,
      height: 0x01f4,
      dpi: 500,
      points: [
        { x: 0x0123, y: 0x01a5, angle: 90, type: 'ending', quality: 77 },
        { x: 7, y: 9, angle: 359.9, type: 'bifurcation', quality: 0 },
      ],
    }
    const record = encodeTemplate(minutiae, { position: 8, impression: 1, quality: 61 })
    expect(Buffer.from(record).toString('hex')).toBe(
      [
        '464d5200', // FMR, end of text
        '20323000', // " 20", end of text
        '0000002a', // 42 bytes
        '0000', // no certificate, device not reported
        '0190',
        '01f4',
        '00c5', // 197 pixels per centimetre
        '00c5',
        '01',
        '00',
        '08', // left middle finger
        '01', // first view, live-scan rolled
        '3d',
        '02',
        '4123', // 01 ending
        '01a5',
        '40', // a quarter of 256
        '4d',
        '8007', // 10 bifurcation
        '0009',
        '00', // nearest to the whole turn
        '00',
        '0000',
      ].join(''),
    )
  })

  it('say the same as was found in a finger', () => {
    const image = drawFinger({ seed: 8, finger: 'left-ring', impression: 'flat' })
    const found = extractMinutiae(image)
    const bytes = encodeTemplate(found, { position: 9, impression: 0, quality: 70 })
    const record = readRecord(bytes)
    expect(record.rest).toBe(0)
    expect(record.value('length of record')).toBe(bytes.length)
    expect(record.value('capture equipment certification and device type')).toBe(0)
    expect([record.value('image size in x'), record.value('image size in y')]).toEqual([image.width, image.height])
    expect([record.value('resolution in x'), record.value('resolution in y')]).toEqual([197, 197])
    expect(record.value('number of finger views')).toBe(1)
    expect(record.value('reserved')).toBe(0)
    expect(record.value('finger position')).toBe(9)
    expect(record.value('view number and impression type')).toBe(0)
    expect(record.value('finger quality')).toBe(70)
    expect(record.value('length of extended data')).toBe(0)
    expect(found.points.length).toBeGreaterThan(20)
    expect(record.minutiae).toHaveLength(found.points.length)
    record.minutiae.forEach((read, index) => {
      const { x, y, type, quality, angle } = found.points[index]!
      expect(read).toMatchObject({ x, y, type, quality })
      const off = Math.abs(((read.degrees - angle + 540) % 360) - 180)
      expect(off).toBeLessThanOrEqual(360 / 512 + 1e-9)
    })
  })

  it('hold no more than 255 minutiae, the first ones', () => {
    const points = Array.from({ length: 300 }, (_, index) => ({
      x: index,
      y: 1,
      angle: 0,
      type: 'ending' as const,
      quality: 50,
    }))
    const bytes = encodeTemplate(
      { width: 400, height: 10, dpi: 500, points },
      { position: 1, impression: 0, quality: 50 },
    )
    const { minutiae, rest } = readRecord(bytes)
    expect(rest).toBe(0)
    expect(minutiae.map(({ x }) => x)).toEqual(points.slice(0, 255).map(({ x }) => x))
  })
})
