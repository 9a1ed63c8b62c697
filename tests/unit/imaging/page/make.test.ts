import { decode as decodePng } from 'fast-png'
import jpeg from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import { decodePicture, findPage, makePage } from '#native/imaging/page/index.ts'
import { realAspect } from '#native/imaging/page/flatten.ts'
import { drawForm, photograph, photographTable } from '#native/sim/papers/index.ts'
import { cardBack, coloursOf, form, jpegOf } from './pictures.ts'

const calm = { seed: 3, table: 'wood', shadow: 0.2, noise: 2, blur: 0.5 } as const

function viewOf({ view }: { readonly view: Uint8Array }) {
  return jpeg.decode(view, { useTArray: true })
}

function aspectOf({ width, height }: { width: number; height: number }): number {
  return width / height
}

describe('a page that was photographed', () => {
  const picture = jpegOf(photograph(cardBack, calm))
  const made = makePage({ picture, colour: 'colour', turn: 0 })

  it('is kept pixel for pixel as PNG', () => {
    const { width, height, data, channels } = decodePng(made.original)
    const taken = decodePicture(picture, 'page.make')
    expect({ width, height, channels }).toEqual({ width: 960, height: 720, channels: 3 })
    expect(Buffer.compare(Uint8Array.from(data), taken.rgb)).toBe(0)
  })

  it('is shown flat, in the proportions of a card, with its own colours', () => {
    const view = viewOf(made)
    expect(view).toMatchObject({ width: made.width, height: made.height })
    expect(aspectOf(made)).toBeCloseTo(85.6 / 53.98, 2)
    // The gold of the chip lies at the upper left of the card.
    const at = (Math.round(made.height * 0.22) * made.width + Math.round(made.width * 0.13)) * 4
    expect(view.data[at]! - view.data[at + 2]!).toBeGreaterThan(40)
  })

  it('is grey when grey was asked for', () => {
    const { data } = viewOf(makePage({ picture, colour: 'grey', turn: 0 }))
    const worst = data.reduce(
      (most, value, at) => (at % 4 === 1 ? Math.max(most, Math.abs(value - data[at - 1]!)) : most),
      0,
    )
    expect(worst).toBeLessThanOrEqual(2)
  })

  it('is turned by hand on top of what was found', () => {
    expect(makePage({ picture, colour: 'colour', turn: 90 })).toMatchObject({ width: made.height, height: made.width })
    expect(makePage({ picture, colour: 'colour', turn: 180 })).toMatchObject({ width: made.width, height: made.height })
  })
})

describe('a form that lies wrong', () => {
  const sheet = drawForm({ pixelsPerMm: 6 })
  it.each([2, 92, 178, -88])('is turned upright by its text: %i degrees', (turn) => {
    const photo = photograph(sheet, { ...calm, shadow: 0, turn, tilt: 5, width: 1280, height: 960, fill: 0.95 })
    const made = makePage({ picture: jpegOf(photo), colour: 'grey', turn: 0 })
    expect(aspectOf(made)).toBeCloseTo(1 / Math.SQRT2, 2)
    const { data, width, height } = viewOf(made)
    const ink = (from: number, to: number) => {
      let dark = 0
      for (let y = Math.round(height * from); y < height * to; y++) {
        for (let x = Math.round(width * 0.05); x < width * 0.95; x++) if (data[(y * width + x) * 4]! < 110) dark++
      }
      return dark
    }
    // The form's text begins near the top and ends well before the foot.
    expect(ink(0.06, 0.16)).toBeGreaterThan(200)
    expect(ink(0.88, 0.98)).toBeLessThan(20)
  })
})

it('where no page is found the view shows the whole picture and says so', () => {
  const made = makePage({ picture: jpegOf(photographTable({ seed: 5, table: 'wood' })), colour: 'colour', turn: 0 })
  expect(made).toMatchObject({ width: 960, height: 720, problems: [{ problem: 'page-missing' }] })
})

it('a view is at most 2340 pixels long', () => {
  const data = new Uint8Array(2600 * 400 * 4).fill(128)
  const made = makePage({ picture: jpegOf({ width: 2600, height: 400, data }), colour: 'grey', turn: 0 })
  expect(Math.max(made.width, made.height)).toBeLessThanOrEqual(2340)
})

it.each([4, 5, 6, 7, 8])('the proportions of tilted paper are those of A4: photograph %i', (seed) => {
  const photo = photograph(form, { seed, table: 'dark', tilt: 22 })
  const found = findPage(coloursOf(photo))
  expect(realAspect(found!.corners, photo)).toEqual({ aspect: 1 / Math.SQRT2, format: 'paper' })
})
