import fc from 'fast-check'
import jpeg from 'jpeg-js'
import { expect, it } from 'vitest'
import { createFrameCutter, decodeFrame } from '#native/drivers/sbi/mjpeg.ts'

const part = (frame: Uint8Array, boundary = '--BoundaryString') =>
  Buffer.concat([
    Buffer.from(
      `${boundary}\r\nAccess-Control-Allow-Origin:*\r\nContent-Type:image/jpeg\r\nContent-Length:${frame.length}\r\n\r\n`,
    ),
    frame,
  ])
const bytes = (size: number, value: number) => Buffer.alloc(size, value)

it('cuts frames by their lengths, however the stream is cut', () => {
  const frames = [bytes(10, 1), bytes(3000, 2), bytes(1, 3)]
  const stream = Buffer.concat([part(frames[0]!), Buffer.from('\r\n'), part(frames[1]!, '--frame'), part(frames[2]!)])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      const cutter = createFrameCutter()
      const cut: Uint8Array[] = []
      let at = 0
      for (let turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length]!
        cut.push(...cutter.push(stream.subarray(at, at + size)))
        at += size
      }
      expect(cut).toEqual(frames)
    }),
  )
})

it('finds the next frame after garbage', () => {
  const cutter = createFrameCutter()
  cutter.push(Buffer.concat([bytes(9000, 0x20), Buffer.from('\r\n\r\nnothing here\r\n\r\n')]))
  expect(cutter.push(part(bytes(20, 7)))).toEqual([bytes(20, 7)])
})

it('gives up on a stream without frames, and on a frame larger than any preview', () => {
  const cutter = createFrameCutter()
  const endless = () => {
    for (let turn = 0; turn < 2000; turn++) cutter.push(bytes(1000, 0x41))
  }
  expect(endless).toThrow(expect.objectContaining({ code: 'DEVICE_GARBLED' }))
  const head = Buffer.from('--x\r\nContent-Length: 900000000\r\n\r\n')
  expect(() => createFrameCutter().push(head)).toThrow(expect.objectContaining({ code: 'DEVICE_GARBLED' }))
})

it('shows a frame in grey with the resolution that the width of the glass gives', () => {
  const [width, height] = [320, 300]
  const data = new Uint8Array(width * height * 4).fill(255)
  for (let at = 0; at < data.length / 2; at += 4) data.set([255, 0, 0], at)
  const frame = decodeFrame(jpeg.encode({ width, height, data }, 95).data, 3.2)
  expect(frame).toMatchObject({ width, height, dpi: 100 })
  // Red is dark grey, white stays white.
  expect(frame?.pixels[10 * width + 10]).toBeCloseTo(76, -1)
  expect(frame?.pixels.at(-1)).toBeGreaterThan(250)
})

it('passes over what is no picture', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      expect(decodeFrame(noise, 3.2)).toBeUndefined()
    }),
    { numRuns: 50 },
  )
})
