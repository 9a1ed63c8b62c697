import { describe, expect, it } from 'vitest'
import { judgeCamera, judgeSound, verdictOf, type CameraTrouble } from '#domain/diagnosis/index.ts'

const good = {
  frames: 120,
  framesPerSecond: 30,
  paintsPerSecond: 60,
  longestGapMs: 40,
  stillMs: 0,
  blackShare: 0,
  pictureWidth: 1920,
  pictureHeight: 1080,
  edgesSeen: 900,
  edgePixels: 2.4,
  sheetSeen: 1,
  sheetLevel: 190,
  sheetClippedShare: 0,
  sheetCast: 4,
  sheetUnevenShare: 0.15,
}

describe('the picture of a camera', () => {
  it('that has no fault works', () => {
    expect(judgeCamera('document-camera', good)).toEqual([])
  })

  it.each<[CameraTrouble, string]>([
    ['absent', 'not-plugged-in'],
    ['refused', 'camera-refused'],
    ['taken', 'taken-by-another-program'],
    ['not-starting', 'camera-not-starting'],
    ['only-small', 'camera-line-narrow'],
    ['lost', 'comes-and-goes'],
  ])('that is %s leads to %s alone, and fails', (trouble, cause) => {
    const found = judgeCamera('portrait-camera', { ...good, stillMs: 9000 }, trouble)
    expect(found.map((each) => each.cause)).toEqual([cause])
    expect(verdictOf(found)).toBe('fails')
  })

  it('of 1280 × 960 has enough pixels for a portrait, and too few for a page', () => {
    const small = { ...good, pictureWidth: 1280, pictureHeight: 960 }
    expect(judgeCamera('portrait-camera', small)).toEqual([])
    expect(judgeCamera('document-camera', small)).toEqual([
      { cause: 'picture-small', figures: { pictureWidth: 1280, pictureHeight: 960 } },
    ])
  })

  it('stands on its side as well', () => {
    expect(judgeCamera('document-camera', { ...good, pictureWidth: 1080, pictureHeight: 1920 })).toEqual([])
  })

  it('is judged by what was measured only', () => {
    expect(judgeCamera('portrait-camera', { frames: 60 })).toEqual([])
    expect(judgeCamera('portrait-camera', { ...good, sheetSeen: 0, sheetLevel: 20, sheetCast: 90 })).toEqual([])
  })

  it('may have several faults, each with the figures that led to it', () => {
    const found = judgeCamera('portrait-camera', { ...good, edgePixels: 7, sheetLevel: 60, sheetCast: 30 })
    expect(found).toEqual([
      { cause: 'picture-blurred', figures: { edgesSeen: 900, edgePixels: 7 } },
      { cause: 'picture-dark', figures: { sheetLevel: 60 } },
      { cause: 'colours-off', figures: { sheetCast: 30 } },
    ])
    expect(verdictOf(found)).toBe('limits')
  })
})

describe('loudspeakers and microphone', () => {
  const fine = { outputs: 1, heardLeft: 1, heardRight: 1, noiseDb: -62, speechDb: -18, clippedShare: 0 }
  it.each<[string, object, readonly string[]]>([
    ['fine', {}, []],
    ['no output', { outputs: 0 }, ['no-sound-output']],
    ['neither heard', { heardLeft: 0, heardRight: 0 }, ['sound-not-heard']],
    ['left only', { heardRight: 0 }, ['sound-one-side']],
    ['right only', { heardLeft: 0 }, ['sound-one-side']],
    ['switched off', { noiseDb: -120, speechDb: -120 }, ['microphone-silent']],
    ['far away', { speechDb: -50 }, ['microphone-quiet']],
    ['a fan beside it', { noiseDb: -30 }, ['microphone-noisy']],
    ['overdriven', { clippedShare: 0.03, speechDb: -1 }, ['microphone-clips']],
  ])('%s', (_, figures, causes) => {
    expect(judgeSound({ ...fine, ...figures }).map(({ cause }) => cause)).toEqual(causes)
  })

  it.each([
    ['absent', 'no-microphone'],
    ['refused', 'microphone-refused'],
    ['taken', 'taken-by-another-program'],
    ['lost', 'comes-and-goes'],
  ] as const)('a microphone that is %s leads to %s, whatever the loudspeaker does', (trouble, cause) => {
    const { outputs, heardLeft, heardRight } = fine
    expect(judgeSound({ outputs, heardLeft, heardRight }, trouble).map((each) => each.cause)).toEqual([cause])
  })
})
