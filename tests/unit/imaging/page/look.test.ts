import { describe, expect, it } from 'vitest'
import type { PageProblem, PageSeen } from '#native/capability/picture.ts'
import { findPage, lookAtPage } from '#native/imaging/page/index.ts'
import { photograph, photographTable, tables } from '#native/sim/papers/index.ts'
import { cardBack, coloursOf, form, jpegOf, worstCorner } from './pictures.ts'

function problemsOf({ problems }: PageSeen): readonly PageProblem[] {
  return problems.map(({ problem }) => problem)
}

const calm = { seed: 3, table: 'grey', shadow: 0.1, noise: 2, blur: 0.6 } as const

describe.each(tables)('on a %s table', (table) => {
  it.each([
    ['a form', form],
    ['a card', cardBack],
  ])('%s is found with its corners within one hundredth of its width', (_, sheet) => {
    for (const seed of [21, 22]) {
      const photo = photograph(sheet, { seed, table })
      expect(worstCorner(findPage(coloursOf(photo))!.corners, photo.corners)).toBeLessThan(0.01)
    }
  })
})

it.each(['dark', 'grey', 'wood', 'pale'] as const)('an empty %s table shows no page', (table) => {
  const seen = lookAtPage({ frame: jpegOf(photographTable({ seed: 5, table })) })
  expect(seen).toMatchObject({ width: 960, height: 720 })
  expect(seen.corners).toBeUndefined()
  expect(problemsOf(seen)).toEqual(['page-missing'])
})

it('the corners begin at the upper left of the page as it lies and go clockwise', () => {
  const { corners } = lookAtPage({ frame: jpegOf(photograph(form, { ...calm, turn: 8, tilt: 5 })) })
  const [upperLeft, upperRight, lowerRight, lowerLeft] = corners!
  expect(upperLeft.x).toBeLessThan(upperRight.x)
  expect(upperRight.y).toBeLessThan(lowerRight.y)
  expect(lowerLeft.x).toBeLessThan(lowerRight.x)
  expect(upperLeft.y).toBeLessThan(lowerLeft.y)
})

describe('a page that lies well', () => {
  it('has nothing wrong with it', () => {
    expect(lookAtPage({ frame: jpegOf(photograph(form, calm)) }).problems).toEqual([])
  })

  it('is cut when a part lies outside the frame', () => {
    for (const shift of [
      { x: 250, y: 0 },
      { x: 0, y: -160 },
    ]) {
      const photo = photograph(cardBack, { ...calm, turn: 3, tilt: 4, shift })
      expect(problemsOf(lookAtPage({ frame: jpegOf(photo) }))).toContain('page-cut')
    }
  })

  it('is too dark with a third of the light', () => {
    expect(problemsOf(lookAtPage({ frame: jpegOf(photograph(form, { ...calm, light: 0.3 })) }))).toEqual(['too-dark'])
  })

  it('is blurred when edges spread over several pixels, and says how sharp it is', () => {
    for (const sheet of [form, cardBack]) {
      const { problems } = lookAtPage({ frame: jpegOf(photograph(sheet, { ...calm, blur: 3 })) })
      expect(problems).toEqual([{ problem: 'blurred', value: expect.any(Number) }])
      expect(problems[0]!.value).toBeLessThan(0.29)
    }
  })

  it('has the mirrored lamp marked where it is', () => {
    const photo = photograph(cardBack, { ...calm, turn: 0, tilt: 3, glare: 0.2 })
    const { problems } = lookAtPage({ frame: jpegOf(photo) })
    const glare = problems.find(({ problem }) => problem === 'glare')
    const [middleX, middleY] = [0, 1].map((axis) =>
      photo.corners.reduce((sum, corner) => sum + (axis ? corner.y : corner.x) / 4, 0),
    ) as [number, number]
    expect(glare?.mark!.x).toBeLessThan(middleX + 80)
    expect(glare!.mark!.x + glare!.mark!.width).toBeGreaterThan(middleX)
    expect(glare!.mark!.y).toBeLessThan(middleY)
  })
})
