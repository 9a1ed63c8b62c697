import { fingerAdvices, portraitChecks, type FingerAdvice, type PortraitCheck } from '#domain/biometrics/index.ts'
import { fingerHint, fingerHints, portraitHint, portraitHints, type FingerHint } from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'

const four = (...advices: (FingerAdvice | undefined)[]) => ({
  fingers: advices.map((advice) => (advice === undefined ? {} : { advice })),
})
const fine = undefined

describe('the picture beside the glass', () => {
  it.each<readonly [string, FingerHint, ...Parameters<typeof fingerHint>]>([
    ['nothing lies there', 'lay-down', 'right-four', four()],
    ['nothing but smears lies there', 'lay-down', 'right-four', { ...four(), problem: 'not-fingers' }],
    [
      'the other hand lies there',
      'other-hand',
      'right-four',
      { ...four(fine, fine, fine, fine), problem: 'wrong-hand' },
    ],
    ['a finger is missing', 'lay-down', 'right-four', four(fine, fine, fine)],
    ['all four are good', 'good', 'right-four', four(fine, fine, fine, fine)],
    ['one finger is too light', 'press-harder', 'right-four', four(fine, fine, fine, 'press-harder')],
    ['most are dry', 'moisten', 'left-four', four('move-up', 'moisten', 'moisten', fine)],
    ['most are wet', 'wipe', 'left-four', four('dry', 'dry', 'press-harder', fine)],
    ['two things are equally bad: the first seen', 'move-left', 'two-thumbs', four('move-left', 'press-lighter')],
    ['three lie there and one of them is too light', 'press-harder', 'right-four', four('press-harder', fine, fine)],
    ['a thumb is missing', 'lay-down', 'two-thumbs', four(fine)],
    ['a finger is rolled and good so far', 'roll-further', 'rolled-right-thumb', four(fine)],
    ['a finger is rolled too fast', 'hold-still', 'rolled-right-thumb', four('hold-still')],
    ['one finger is laid down alone', 'good', 'flat-right-index', four(fine)],
  ])('when %s: %s', (_, hint, step, frame) => {
    expect(fingerHint(step, frame)).toBe(hint)
  })

  it('asks for no finger that this person does not have', () => {
    const three = four(fine, fine, fine)
    expect(fingerHint('right-four', { ...three, missing: [] })).toBe('good')
    expect(fingerHint('right-four', { ...three, missing: ['right-little'] })).toBe('lay-down')
  })

  it('knows a picture for every advice', () => {
    const hints = fingerAdvices.map((advice) => fingerHint('two-thumbs', four(advice, advice)))
    expect(hints).not.toContain('good')
    for (const hint of hints) expect(fingerHints).toContain(hint)
    expect(new Set(hints).size).toBe(fingerAdvices.length)
  })
})

/** What is in nobody's hands who sits there. */
const ofTheRoom: readonly PortraitCheck[] = [
  'too-dark',
  'too-bright',
  'shadow',
  'background-uneven',
  'background-not-white',
]

describe('the picture beside the camera', () => {
  it('says one thing to do for everything that a person can do something about', () => {
    const hints = portraitChecks.filter((check) => !ofTheRoom.includes(check)).map((check) => portraitHint([{ check }]))
    expect(hints).not.toContain('good')
    expect(new Set(hints)).toEqual(new Set(portraitHints.filter((hint) => hint !== 'good')))
  })

  it.each(ofTheRoom)('asks the citizen for nothing when it is %s', (check) => {
    expect(portraitHint([{ check }])).toBe('good')
  })

  it('is good without findings', () => {
    expect(portraitHint([])).toBe('good')
  })

  it.each<readonly [string, readonly PortraitCheck[]]>([
    ['sit-down', ['blurred', 'face-missing', 'too-dark']],
    ['one-person', ['too-far', 'several-faces']],
    ['closer', ['off-centre', 'too-far', 'eyes-closed']],
    ['further', ['glasses', 'too-near']],
    ['no-hat', ['turned', 'head-covered', 'glasses']],
    ['face-straight', ['eyes-closed', 'tilted', 'turned']],
    ['close-mouth', ['eyes-closed', 'mouth-open']],
    ['open-eyes', ['shadow', 'eyes-closed']],
    ['hold-still', ['background-uneven', 'blurred']],
  ])('says %s first, as people can do it', (hint, checks) => {
    const findings = checks.map((check) => ({ check }))
    expect(portraitHint(findings)).toBe(hint)
    expect(portraitHint(findings.toReversed())).toBe(hint)
  })
})
