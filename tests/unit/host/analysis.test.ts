import { describe, expect, it } from 'vitest'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import type { CapturedPrints, GrayImage } from '#native/capability/fingerprint-reader.ts'
import { compareTemplates, verifyPrint } from '#native/host/analysis/compare.ts'
import { finishCapture, judgePreview } from '#native/host/analysis/work.ts'
import { cropFinger, decodePng, scaleDown } from '#native/imaging/index.ts'
import { decodeTemplate, SAME_FINGER } from '#native/imaging/minutiae/index.ts'
import { drawFinger, drawPalm, drawSlap } from '#native/sim/hands/index.ts'

const step = 'right-four'
const seed = 41
const whole = (image: GrayImage): CapturedPrints => ({ kind: 'whole', image })
const flat = (finger: 'right-index' | 'right-middle', attempt = 0, who = seed) =>
  drawFinger({ seed: who, finger, impression: 'flat', attempt })
const empty = { width: 320, height: 300, dpi: 100, pixels: new Uint8Array(320 * 300).fill(250) }

function codeOf(act: () => unknown): FailureCode | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return undefined
}

describe('a full slap', () => {
  const image = drawSlap({ seed, step, missing: ['right-ring'] })
  const capture = finishCapture({ prints: whole(image), step })

  it('is kept whole, and cut into its fingers with picture, template and quality each', () => {
    expect(decodePng(capture.png)).toEqual(image)
    expect(capture.composed).toBeUndefined()
    expect(capture.fingers.map(({ position }) => position)).toEqual(['right-index', 'right-middle', 'right-little'])
    expect(capture.missing).toEqual(['right-ring'])
    for (const [at, code] of [2, 3, 5].entries()) {
      const finger = capture.fingers[at]!
      expect(decodePng(finger.png)).toEqual(cropFinger(image, finger))
      const template = decodeTemplate(finger.template)
      expect(template).toMatchObject({ position: code, impression: 0, quality: finger.quality })
      expect(template.points).toHaveLength(finger.minutiae)
      expect(finger.minutiae).toBeGreaterThan(12)
    }
  })

  it('lacks nothing that the person does not have', () => {
    expect(finishCapture({ prints: whole(image), step, absent: ['right-ring'] }).missing).toEqual([])
  })

  it('is told when it is the other hand', () => {
    expect(finishCapture({ prints: whole(scaleDown(image, 1)), step: 'left-four' }).problem).toBe('wrong-hand')
  })

  it('is refused when nothing, or something else, lies on the glass', () => {
    expect(codeOf(() => finishCapture({ prints: whole(empty), step }))).toBe('NO_FINGER')
    const palm = drawPalm({ seed: 1, width: 1600, height: 1500 })
    expect(codeOf(() => finishCapture({ prints: whole(palm), step }))).toBe('NOT_FINGERS')
    const huge = { width: 20_000, height: 20_000, dpi: 500, pixels: new Uint8Array() }
    expect(codeOf(() => finishCapture({ prints: whole(huge), step }))).toBe('IMAGE_TOO_LARGE')
  })
})

describe('fingers that a device cut itself', () => {
  const index = flat('right-index')
  const middle = flat('right-middle')
  const prints: CapturedPrints = {
    kind: 'separate',
    fingers: [
      { position: 'right-middle', image: middle },
      { position: 'right-index', image: index },
      { position: 'right-little', image: { ...empty, dpi: 500 } },
    ],
  }

  it('are judged each by itself and shown side by side, in the order of the hand', () => {
    const capture = finishCapture({ prints, step })
    expect(capture).toMatchObject({ composed: true, missing: ['right-ring', 'right-little'] })
    expect(capture.fingers.map(({ position }) => position)).toEqual(['right-index', 'right-middle'])
    const sheet = decodePng(capture.png)
    expect(sheet).toMatchObject({ width: capture.width, height: capture.height, dpi: 500 })
    for (const [at, image] of [index, middle].entries()) {
      const finger = capture.fingers[at]!
      expect(decodePng(finger.png)).toEqual(image)
      expect(finger.quality).toBeGreaterThan(80)
      expect(cropFinger(sheet, finger)).toEqual(image)
    }
  })

  it('are refused when none shows a finger', () => {
    const none: CapturedPrints = { kind: 'separate', fingers: [{ position: 'right-index', image: empty }] }
    expect(codeOf(() => finishCapture({ prints: none, step }))).toBe('NO_FINGER')
    const image = drawPalm({ seed: 1, width: 560, height: 660 })
    const palm: CapturedPrints = { kind: 'separate', fingers: [{ position: 'right-index', image }] }
    expect(codeOf(() => finishCapture({ prints: palm, step }))).toBe('NOT_FINGERS')
    expect(codeOf(() => finishCapture({ prints: { kind: 'separate', fingers: [] }, step }))).toBe('NO_FINGER')
  })
})

describe('a preview frame', () => {
  it('has its boxes in pixels of the picture that is shown', () => {
    const image = drawSlap({ seed, step })
    const preview = judgePreview({ image, step })
    expect(decodePng(preview.png)).toMatchObject({ width: preview.width, height: preview.height })
    expect(preview.width).toBeLessThanOrEqual(480)
    expect(preview.fingers).toHaveLength(4)
    for (const { box } of preview.fingers) expect(box.x + box.width).toBeLessThan(preview.width)
  })

  it('is shown without a word when it is too coarse to be judged', () => {
    const preview = judgePreview({ image: { ...empty, dpi: 50 }, step })
    expect(preview).toMatchObject({ width: 320, height: 300, fingers: [], missing: [] })
  })
})

describe('one finger against templates', () => {
  const templateOf = (image: GrayImage) =>
    finishCapture({ prints: whole(image), step: 'flat-right-index' }).fingers[0]!.template
  const templates = [
    { key: 'index', template: templateOf(flat('right-index', 1)) },
    { key: 'middle', template: templateOf(flat('right-middle', 1)) },
  ]
  const wish = { minimumQuality: 30, templates }

  it('matches the same finger laid down another time, and no other', () => {
    const { match, quality } = verifyPrint({ prints: whole(flat('right-middle')), ...wish })
    expect(match?.key).toBe('middle')
    expect(match?.score).toBeGreaterThanOrEqual(SAME_FINGER)
    expect(quality).toBeGreaterThan(80)
    expect(verifyPrint({ prints: whole(flat('right-index', 0, 42)), ...wish }).match).toBeUndefined()
  })

  it('takes a finger that the device cut itself', () => {
    const prints = { kind: 'separate', fingers: [{ position: 'left-thumb', image: flat('right-index') }] } as const
    expect(verifyPrint({ prints, ...wish }).match?.key).toBe('index')
  })

  it('is not compared when its quality is too low, or when there is none', () => {
    const dry = drawFinger({ seed, finger: 'right-index', impression: 'flat', dryness: 1, pressure: 0.1 })
    expect(codeOf(() => verifyPrint({ prints: whole(dry), ...wish, minimumQuality: 60 }))).toBe('LOW_QUALITY')
    expect(codeOf(() => verifyPrint({ prints: whole(empty), ...wish }))).toBe('NO_FINGER')
    expect(codeOf(() => verifyPrint({ prints: { kind: 'separate', fingers: [] }, ...wish }))).toBe('NO_FINGER')
  })

  it('is told of every probe that is in a gallery', () => {
    const probes = [flat('right-middle', 2), flat('right-index', 0, 42), flat('right-index', 2)].map(templateOf)
    const { hits } = compareTemplates({ probes, gallery: templates })
    expect(hits.map(({ probe, key }) => `${probe} ${key}`)).toEqual(['2 index', '0 middle'])
    for (const { score } of hits) expect(score).toBeGreaterThanOrEqual(SAME_FINGER)
  })
})
