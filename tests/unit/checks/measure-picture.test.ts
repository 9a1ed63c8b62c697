import { describe, expect, it } from 'vitest'
import { judgeCamera } from '#domain/diagnosis/index.ts'
import { edgesOf, isBlack, printOf, sheetOf } from '../../../renderer/technician/checks/window/measure-picture.ts'
import { blurred, noisy, page, painted, sheet } from './made-pictures.ts'

const running = { frames: 120, framesPerSecond: 30, paintsPerSecond: 60 }
const causesOf = (figures: object) =>
  judgeCamera('portrait-camera', { ...running, ...figures }).map(({ cause }) => cause)

describe('a page with text before a camera', () => {
  const sharp = painted(480, 360, page)
  it.each([
    { sigma: 0, noise: 0, said: [] },
    { sigma: 0.7, noise: 3, said: [] },
    { sigma: 1, noise: 6, said: [] },
    { sigma: 2, noise: 0, said: ['picture-blurred'] },
    { sigma: 2.5, noise: 6, said: ['picture-blurred'] },
    { sigma: 4, noise: 3, said: ['picture-blurred'] },
    { sigma: 9, noise: 3, said: ['picture-blurred'] },
  ])('blurred by $sigma pixels, with noise of $noise levels, is judged $said', ({ sigma, noise, said }) => {
    const edges = edgesOf(noisy(blurred(sharp, sigma), noise))
    expect(causesOf(edges)).toEqual(said)
  })

  it('that was moved along its lines is blurred, though its lines stay sharp above and below', () => {
    expect(causesOf(edgesOf(blurred(sharp, 3, 'rows')))).toEqual(['picture-blurred'])
  })

  it('is as sharp in half the light', () => {
    const half = { ...sharp, data: Uint8ClampedArray.from(sharp.data, (value) => value / 2) }
    expect(edgesOf(half).edgePixels).toBeCloseTo(edgesOf(sharp).edgePixels ?? 0, 0)
  })

  it('is not seen in an empty wall, and noise is no edge', () => {
    const wall = edgesOf(
      noisy(
        painted(480, 360, () => 140),
        6,
      ),
    )
    expect(wall.edgePixels).toBeUndefined()
    expect(causesOf(wall)).toEqual(['picture-blurred'])
  })
})

describe('a white sheet before a camera', () => {
  it.each([
    { name: 'well lit', paint: sheet(190), said: [] },
    { name: 'a little warm', paint: sheet(180, [1, 0.97, 0.92]), said: [] },
    { name: 'with the shadow of every lens', paint: sheet(190, [1, 1, 1], 0.3), said: [] },
    { name: 'in the dark', paint: sheet(70), said: ['picture-dark'] },
    { name: 'burnt out', paint: sheet(300), said: ['picture-bright'] },
    { name: 'under a blue lamp', paint: sheet(180, [0.75, 0.88, 1.1]), said: ['colours-off'] },
    { name: 'under an orange lamp', paint: sheet(180, [1.1, 0.9, 0.6]), said: ['colours-off'] },
    { name: 'with a green cast', paint: sheet(180, [0.85, 1.05, 0.85]), said: ['colours-off'] },
    { name: 'lit from one side', paint: (x: number) => 220 - x * 0.8, said: ['light-uneven'] },
    { name: 'dark in its corners', paint: sheet(200, [1, 1, 1], 0.7), said: ['light-uneven'] },
    { name: 'dark and blue', paint: sheet(80, [0.75, 0.88, 1.1]), said: ['picture-dark', 'colours-off'] },
  ])('$name is judged $said', ({ paint, said }) => {
    const seen = sheetOf(noisy(painted(160, 120, paint), 2))
    expect(seen.sheetSeen).toBe(1)
    expect(causesOf(seen)).toEqual(said)
  })

  it('that only fills the middle is measured there, and says nothing of the corners', () => {
    const middle = (x: number, y: number) => (x > 32 && x < 128 && y > 24 && y < 96 ? 190 : 60)
    const seen = sheetOf(painted(160, 120, middle))
    expect(seen).toMatchObject({ sheetSeen: 1 })
    expect(seen).not.toHaveProperty('sheetUnevenShare')
    expect(causesOf(seen)).toEqual([])
  })

  it('is not taken for seen when something else is there', () => {
    expect(sheetOf(painted(160, 120, (x, y) => (((x >> 4) + (y >> 4)) % 2 === 0 ? 30 : 200)))).toEqual({ sheetSeen: 0 })
  })
})

describe('a frame', () => {
  it('of a covered lens is black, also with noise, and one of a dim room is not', () => {
    expect(
      isBlack(
        noisy(
          painted(160, 120, () => 4),
          4,
        ),
      ),
    ).toBe(true)
    expect(isBlack(painted(160, 120, (x) => (x < 40 ? 60 : 12)))).toBe(false)
  })

  it('has a print of its own as soon as one pixel differs', () => {
    const one = painted(40, 30, page)
    const other = { ...one, data: Uint8ClampedArray.from(one.data) }
    expect(printOf(other)).toBe(printOf(one))
    other.data[2000] = (other.data[2000] ?? 0) ^ 1
    expect(printOf(other)).not.toBe(printOf(one))
  })
})
