import { captureSteps, exceptionReasons, exceptionRuleOn, type CaptureStep } from '#domain/biometrics/index.ts'
import {
  bestFingers,
  citizenScene,
  coaching,
  expectedFingers,
  findings,
  fingerProgress,
  foldEvents,
  next,
  remedies,
  type DossierEvent,
  type DossierState,
} from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import { capture, dossierAt, picture, samples, taken } from './dossiers.ts'

const atFingers = (...events: readonly DossierEvent[]) =>
  dossierAt('portrait', { type: 'stepEntered', from: 'portrait', to: 'fingers' }, ...events)
const then = (state: DossierState, ...events: readonly DossierEvent[]) =>
  events.reduce((now, event) => next(now, event).state, state)
const codes = (state: DossierState) =>
  findings(state)
    .filter(({ step, blocks }) => step === 'fingers' && blocks)
    .map(({ code }) => code)
const low = (step: CaptureStep, attempt: string) => capture(step, attempt, 20)
const excepted = (finger: keyof typeof rightHand, photo = true): DossierEvent => ({
  type: 'fingerExcepted',
  finger,
  reason: 'missing',
  ...(photo && { photo: picture('hand') }),
})
const rightHand = { 'right-index': 1, 'right-middle': 1, 'right-ring': 1, 'right-little': 1 } as const

describe('the progress of the fingers', () => {
  it('goes through the plan: what is open is the first capture with something left to do', () => {
    expect(fingerProgress(atFingers()).open).toBe('right-four')
    expect(fingerProgress(atFingers(...capture('right-four'))).open).toBe('left-four')
    expect(fingerProgress(atFingers(...capture('rolled-left-ring'))).open).toBe('right-four')
    expect(fingerProgress(dossierAt('fingers')).open).toBeUndefined()
  })

  it('keeps flat and rolled prints apart: a good roll is no slap', () => {
    const { flat, rolled, missing } = fingerProgress(atFingers(...capture('rolled-right-index')))
    expect(flat['right-index']).toBe('missing')
    expect(rolled?.['right-index']).toBe('good')
    expect(missing).toBe(19)
  })

  it('uses the best print of each finger of all tries that were not dropped', () => {
    const state = atFingers(...capture('right-four', 'a', 55), ...capture('right-four', 'b', 80))
    expect(bestFingers(state)['right-index']?.quality).toBe(80)
    expect(bestFingers(then(state, { type: 'fingerTryDropped', attempt: 'b' }))['right-index']?.quality).toBe(55)
    expect(state.tries['right-four']).toHaveLength(2)
  })

  it('keeps a dropped try in the dossier', () => {
    const state = atFingers(...capture('right-four', 'a'), { type: 'fingerTryDropped', attempt: 'a' })
    expect(state.tries['right-four']).toMatchObject([{ attempt: 'a', dropped: true }])
    expect(fingerProgress(state).steps['right-four']).toBe('untouched')
  })

  it('of a child under six asks for nothing', () => {
    const child = foldEvents([
      { type: 'opened', number: 'SL-0312-000009', station: 'SL-0312', day: '2026-11-12' },
      { type: 'declared', field: 'birthDate', value: '02/03/2022' },
    ])
    expect(fingerProgress(child).plan.id).toBe('none')
    expect(findings(child).filter(({ step }) => step === 'fingers')).toEqual([])
    const atStep = then(child, { type: 'stepEntered', from: 'arrival', to: 'fingers' })
    expect(citizenScene(atStep).scene).toBe('wait')
  })

  it('of a child where the station takes fewer prints asks for the slaps only', () => {
    const child = foldEvents([
      { type: 'opened', number: 'SL-0312-000009', station: 'SL-0312', day: '2026-11-12', shortForChildren: true },
      { type: 'declared', field: 'birthDate', value: '02/03/2018' },
    ])
    expect(fingerProgress(child).plan.id).toBe('short')
  })
})

describe('a finger that cannot be taken', () => {
  it('is no longer expected, in a slap nor rolled', () => {
    const state = atFingers(excepted('right-ring'))
    expect(expectedFingers(state, 'right-four')).toEqual(['right-index', 'right-middle', 'right-little'])
    expect(expectedFingers(state, 'rolled-right-ring')).toEqual([])
    expect(fingerProgress(state).steps['rolled-right-ring']).toBe('excepted')
  })

  it('lets the slap be complete without it', () => {
    const partial = taken('p', 'right-four')
    if (partial.type !== 'fingersTaken') throw new Error('not a capture')
    const three = { ...partial, fingers: partial.fingers.filter(({ position }) => position !== 'right-ring') }
    const started = { type: 'fingerCaptureStarted', attempt: 'p', device: 'scanner', step: 'right-four' } as const
    expect(fingerProgress(atFingers(started, three)).steps['right-four']).toBe('weak')
    expect(fingerProgress(atFingers(excepted('right-ring'), started, three)).steps['right-four']).toBe('good')
  })

  it('is not captured: there is nothing to lay down', () => {
    const started = { type: 'fingerCaptureStarted', attempt: 'p', device: 's', step: 'rolled-right-ring' } as const
    expect(() => atFingers(excepted('right-ring'), started)).toThrow(
      expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' }),
    )
  })

  it('blocks the seal until the picture of the hand is there', () => {
    const state = then(dossierAt('fingers'), excepted('right-ring', false))
    expect(codes(state)).toEqual(['exception-no-photo'])
    expect(codes(then(state, excepted('right-ring')))).toEqual([])
  })

  it.each(exceptionReasons)('for the reason %s needs what its rule says', (reason) => {
    const event: DossierEvent = { type: 'fingerExcepted', finger: 'right-ring', reason, photo: picture('hand') }
    const state = then(dossierAt('fingers'), event)
    const { secondOfficer } = exceptionRuleOn('2026-11-12', reason)
    expect(codes(state)).toEqual(secondOfficer ? ['exception-not-approved'] : [])
    expect(codes(then(state, { ...samples.fingerExceptionApproved, finger: 'right-ring' }))).toEqual([])
  })

  it('loses its approval when it is said again in another way', () => {
    const unreadable: DossierEvent = { type: 'fingerExcepted', finger: 'right-ring', reason: 'unreadable' }
    const approved = { ...samples.fingerExceptionApproved, finger: 'right-ring' } as const
    const state = then(dossierAt('fingers'), unreadable, approved, { ...unreadable, photo: picture('other') })
    expect(codes(state)).toEqual(['exception-not-approved'])
  })

  it('that was said by mistake is taken as any other again', () => {
    const back = { type: 'fingerExceptionDropped', finger: 'right-ring' } as const
    expect(fingerProgress(atFingers(excepted('right-ring'), back)).flat['right-ring']).toBe('missing')
  })

  it('cannot be approved before it was said', () => {
    expect(() => atFingers(samples.fingerExceptionApproved)).toThrow(
      expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' }),
    )
  })
})

describe('a doubt about prints', () => {
  const doubted = then(dossierAt('fingers'), samples.fingersCompared)

  it('blocks the seal and stops the step until the officer decides', () => {
    expect(fingerProgress(doubted).steps['right-four']).toBe('doubtful')
    expect(fingerProgress(doubted).open).toBe('right-four')
    expect(codes(doubted)).toEqual(['fingers-doubtful'])
  })

  it('is settled with a reason, which goes into the file', () => {
    const settled = then(doubted, samples.fingerDoubtDismissed)
    expect(codes(settled)).toEqual([])
    expect(settled.tries['right-four']?.[0]).toMatchObject({
      dismissed: 'đã xem lại',
      doubts: [{ kind: 'wrong-hand' }],
    })
  })

  it('is settled by dropping the try, and then the hand is taken again', () => {
    const dropped = then(doubted, samples.fingerTryDropped)
    expect(codes(dropped)).toEqual(['fingers-missing'])
    expect(codes(then(dropped, ...capture('right-four', 'again')))).toEqual([])
  })

  it('that was looked for and not found is no doubt', () => {
    const compared = then(dossierAt('fingers'), { ...samples.fingersCompared, doubts: [] })
    expect(codes(compared)).toEqual([])
  })

  it('about a try that is not there is refused', () => {
    expect(() => then(dossierAt('fingers'), { ...samples.fingersCompared, attempt: 'unknown' })).toThrow(
      expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' }),
    )
  })

  it('is looked for after every capture', () => {
    const started = atFingers({ type: 'fingerCaptureStarted', attempt: 'a', device: 's', step: 'right-four' })
    expect(next(started, taken('a', 'right-four')).effects).toContainEqual({ type: 'compare-fingers', attempt: 'a' })
  })
})

describe('worn hands', () => {
  it('are coached after two low tries, not after one', () => {
    expect(coaching(atFingers(...low('right-four', 'a')))).toBeUndefined()
    expect(coaching(atFingers(...low('right-four', 'a'), ...low('right-four', 'b')))).toBe('right-four')
  })

  it('are shown one remedy after another, from the first again when all were tried', () => {
    const shown: (string | undefined)[] = []
    let state = atFingers(...low('right-four', 'a'))
    for (const attempt of ['b', 'c', 'd', 'e', 'f']) {
      state = then(state, ...low('right-four', attempt))
      const scene = citizenScene(state)
      shown.push(scene.scene === 'fingers' ? scene.remedy : undefined)
    }
    expect(shown).toEqual([...remedies, remedies[0]])
  })

  it('are no longer coached once the prints are good', () => {
    const state = atFingers(...low('right-four', 'a'), ...low('right-four', 'b'), ...capture('right-four', 'c'))
    expect(coaching(state)).toBeUndefined()
  })

  it('may be taken finger by finger with a lower threshold; what was good before counts', () => {
    const state = atFingers(...capture('right-four', 'a'), ...capture('left-four', 'b', 30), samples.bedsideChosen)
    const { plan, steps, open } = fingerProgress(state)
    expect(plan.id).toBe('bedside')
    expect(steps['flat-right-index']).toBe('good')
    expect(steps['flat-left-index']).toBe('good')
    expect(open).toBe('flat-right-thumb')
  })

  it('go back to the usual plan with the usual threshold', () => {
    const state = atFingers(...capture('left-four', 'b', 30), samples.bedsideChosen, {
      type: 'bedsideChosen',
      reason: '',
    })
    expect(fingerProgress(state).plan.id).toBe('full')
    expect(fingerProgress(state).flat['left-index']).toBe('weak')
  })
})

describe('irises', () => {
  it('are kept as the best picture of each eye', () => {
    const iris = (eye: 'left' | 'right', quality: number) => ({ eye, quality, picture: picture(`${eye}-${quality}`) })
    const state = atFingers(
      { type: 'irisesTaken', irises: [iris('left', 60), iris('right', 80)] },
      { type: 'irisesTaken', irises: [iris('left', 75), iris('right', 40)] },
    )
    expect(state.irises.left?.quality).toBe(75)
    expect(state.irises.right?.quality).toBe(80)
  })

  it('hold no dossier up: not every station has the camera', () => {
    expect(codes(dossierAt('fingers'))).toEqual([])
  })
})

describe('the citizen', () => {
  it('is shown only the fingers that are to be laid down', () => {
    const scene = citizenScene(
      atFingers(excepted('right-ring'), {
        type: 'fingerCaptureStarted',
        attempt: 'a',
        device: 's',
        step: 'right-four',
      }),
    )
    expect(scene).toMatchObject({ step: 'right-four', fingers: ['right-index', 'right-middle', 'right-little'] })
    expect(captureSteps['right-four'].fingers).toHaveLength(4)
  })
})
