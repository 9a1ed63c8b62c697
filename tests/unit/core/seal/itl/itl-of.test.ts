import { expect, test } from 'vitest'
import { itlOf, type ItlException, type ItlTry } from '#core/seal/itl/index.ts'
import { captureSteps, fingerPositions, type CaptureStep } from '#domain/biometrics/index.ts'
import { inventedPng } from '../../../../support/invented.ts'
import { inventedRecord } from './invented-record.ts'

const { prints: _, exceptions: __, ...rest } = inventedRecord()

/** A try with the fingers of its step in their places, as far as a quality is given for them. */
function tryOf(step: CaptureStep, seed: number, qualities: readonly (number | undefined)[]): ItlTry {
  const fingers = captureSteps[step].fingers.flatMap((finger, at) => {
    const quality = qualities[at]
    return quality === undefined
      ? []
      : [{ fgp: fingerPositions[finger], quality, box: { x: 50 * at, y: 10, width: 40, height: 80 } }]
  })
  return { step, png: inventedPng(seed, 200, 120), width: 200, height: 120, dpi: 500, fingers }
}

function printsOf(tries: readonly ItlTry[], planned: readonly CaptureStep[], exceptions: readonly ItlException[] = []) {
  return itlOf({ ...rest, tries, planned, exceptions }).prints
}

test('of several tries those are in the record that hold the best impression of a finger', () => {
  const [first, second, third] = [
    tryOf('right-four', 1, [80, 70, 30, 20]),
    tryOf('right-four', 2, [10, 10, 10, 10]),
    tryOf('right-four', 3, [60, 60, 60, 60]),
  ]
  const prints = printsOf([first, second, third], ['right-four'])
  expect(prints.map(({ picture }) => picture?.png)).toEqual([first.png, third.png])
  expect(prints.map(({ qualities }) => qualities.map(({ score }) => score))).toEqual([
    [80, 70, 30, 20],
    [60, 60, 60, 60],
  ])
})

test('a capture in which no finger was found is there with its last picture', () => {
  const prints = printsOf([tryOf('two-thumbs', 1, []), tryOf('two-thumbs', 2, [])], ['two-thumbs'])
  expect(prints).toMatchObject([{ fgp: 15, segments: [], qualities: [], picture: { png: inventedPng(2, 200, 120) } }])
})

test('boxes are whole pixels inside the picture', () => {
  const wide = tryOf('right-four', 1, [50])
  const finger = { ...wide.fingers[0]!, box: { x: -3.5, y: 60.2, width: 400, height: 70 } }
  expect(printsOf([{ ...wide, fingers: [finger] }], ['right-four'])[0]?.segments).toEqual([
    { fgp: 2, left: 0, right: 199, top: 60, bottom: 119 },
  ])
})

test('single fingers have no boxes and are flat or rolled as they were taken', () => {
  const prints = printsOf([tryOf('rolled-left-ring', 1, [44.6]), tryOf('flat-left-ring', 2, [50])], [])
  expect(prints).toMatchObject([
    { fgp: 9, impression: 'rolled', segments: [], qualities: [{ fgp: 9, score: 45 }] },
    { fgp: 9, impression: 'flat', segments: [] },
  ])
})

test('a missing finger is UP, or XX where a stump left ridges; any other finger that left a print is a print', () => {
  const slap = [tryOf('right-four', 1, [80, 70, 60, undefined])]
  const absent = (exceptions: readonly ItlException[]) => printsOf(slap, ['right-four'], exceptions)[0]?.absent
  expect(absent([{ fgp: 5, reason: 'missing' }])).toEqual([{ fgp: 5, code: 'UP' }])
  expect(absent([{ fgp: 5, reason: 'bandaged' }])).toEqual([{ fgp: 5, code: 'UP' }])
  expect(absent([{ fgp: 4, reason: 'missing' }])).toEqual([{ fgp: 4, code: 'XX' }])
  expect(absent([{ fgp: 4, reason: 'deformed' }])).toEqual([])
  expect(absent([{ fgp: 7, reason: 'missing' }])).toEqual([])
})

test('planned captures of which nothing could be taken are records without a picture', () => {
  const exceptions = [2, 3, 4, 5].map((fgp) => ({ fgp, reason: 'missing' }) as const)
  const prints = printsOf([], ['right-four', 'rolled-right-index', 'rolled-left-index'], exceptions)
  expect(prints).toEqual([
    {
      impression: 'flat',
      fgp: 13,
      segments: [],
      qualities: [],
      absent: [2, 3, 4, 5].map((fgp) => ({ fgp, code: 'UP' })),
    },
    { impression: 'rolled', fgp: 2, segments: [], qualities: [], absent: [{ fgp: 2, code: 'UP' }] },
  ])
})

test('of a slap that was taken finger by finger the ones that could not be taken are named one by one', () => {
  const prints = printsOf([tryOf('flat-right-index', 1, [50])], ['right-four'], [{ fgp: 5, reason: 'missing' }])
  expect(
    prints.map(({ fgp, impression, picture, absent }) => [fgp, impression, picture !== undefined, absent]),
  ).toEqual([
    [5, 'flat', false, [{ fgp: 5, code: 'UP' }]],
    [2, 'flat', true, []],
  ])
})
