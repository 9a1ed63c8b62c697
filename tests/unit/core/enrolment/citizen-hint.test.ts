import type { CitizenView, EventData } from '#contract/index.ts'
import { citizenHints } from '#core/enrolment/citizen-hint.ts'
import type { DossierState } from '#domain/enrolment/index.ts'
import { describe, expect, test } from 'vitest'

type Preview = EventData<'fingerPreview'>
type Advice = Preview['fingers'][number]['advice']

const frameMs = 50

function setUp(scene: CitizenView['scene'], state: Partial<DossierState>) {
  const told: (string | null)[] = []
  let now = 0
  const world = { scene, id: 'one', state: { portraits: [], ...state } as unknown as DossierState, open: true }
  const hints = citizenHints({
    clock: () => new Date(now),
    dossier: () => (world.open ? world : undefined),
    scene: () => world.scene,
    notify: (hint) => told.push(hint && hint.hint),
  })
  let number = 0
  return {
    hints,
    world,
    told,
    wait: (ms: number) => {
      now += ms
    },
    /** One picture of four fingers that all need the same. */
    frame(advice: Advice | 'none', attempt = 'a') {
      now += frameMs
      const fingers = ['right-index', 'right-middle', 'right-ring', 'right-little'].map((position) => ({
        position,
        box: { x: 0, y: 0, width: 1, height: 1 },
        angle: 0,
        quality: 50,
        ...(advice && { advice }),
      }))
      const seen = advice === 'none' ? [] : fingers
      hints.finger({ attempt, number: ++number, width: 1, height: 1, fingers: seen, missing: [] } as unknown as Preview)
    },
  }
}

const capturing = { fingerAttempt: { attempt: 'a', device: 'x', step: 'right-four' } } as const

describe('while fingers lie on the scanner, the citizen', () => {
  test('is told what to do with the first picture, and again only when it is something else', () => {
    const { frame, told } = setUp('fingers', capturing)
    frame('none')
    frame('none')
    frame('press-harder')
    frame('press-harder')
    frame('press-harder')
    frame(undefined)
    frame(undefined)
    expect(told).toEqual(['lay-down', 'press-harder', 'good'])
  })

  test('is not told what a single picture says', () => {
    const { frame, told } = setUp('fingers', capturing)
    frame('press-harder')
    for (let n = 0; n < 20; n++) frame(n % 2 ? 'press-harder' : undefined)
    expect(told).toEqual(['press-harder'])
  })

  test('is told something else when what is said has not been true for a while, though no two pictures agree', () => {
    const { frame, told } = setUp('fingers', capturing)
    frame('press-harder')
    const others = ['move-up', 'move-down'] as const
    for (let n = 0; n < 13; n++) frame(others[n % 2])
    expect(told).toEqual(['press-harder'])
    frame('move-left')
    expect(told).toEqual(['press-harder', 'move-left'])
  })

  test('is told at once where pictures are rare', () => {
    const { frame, told, wait } = setUp('fingers', capturing)
    for (const advice of ['press-harder', undefined, 'move-up'] as const) {
      wait(700)
      frame(advice)
    }
    expect(told).toEqual(['press-harder', 'good', 'move-up'])
  })

  test('is told nothing of a capture that is not theirs, or is over', () => {
    const { frame, told, world } = setUp('fingers', capturing)
    frame('press-harder', 'of an officer')
    world.state = { portraits: [] } as unknown as DossierState
    frame('press-harder')
    world.open = false
    frame('press-harder')
    expect(told).toEqual([])
  })

  test('is told nothing any more when the capture ends, and starts afresh with the next', () => {
    const { frame, told, world, hints } = setUp('fingers', capturing)
    frame('press-harder')
    hints.follow()
    expect(told).toEqual(['press-harder'])
    world.state = { ...world.state, fingerAttempt: { ...capturing.fingerAttempt, attempt: 'b' } }
    hints.follow()
    hints.follow()
    frame('press-harder', 'a')
    frame('press-harder', 'b')
    expect(told).toEqual(['press-harder', null, 'press-harder'])
  })

  test('is told nothing behind the curtain, and what counts then when it opens', () => {
    const { frame, told, world, hints } = setUp('fingers', capturing)
    frame('press-harder')
    world.scene = 'curtain'
    hints.follow()
    frame('press-harder')
    expect(told).toEqual(['press-harder', null])
    world.scene = 'fingers'
    frame('press-lighter')
    expect(told).toEqual(['press-harder', null, 'press-lighter'])
  })
})

describe('while the camera looks, the citizen', () => {
  test('is told what to do first, and that it is good', () => {
    const { hints, told } = setUp('portrait', {})
    const look = (...checks: ('glasses' | 'too-far')[]) => hints.portrait()(checks.map((check) => ({ check })))
    look('glasses', 'too-far')
    look('glasses')
    look('glasses')
    look()
    look()
    expect(told).toEqual(['closer', 'no-glasses', 'good'])
  })

  test('is told nothing any more when the portrait is taken, also by a look that was still under way', () => {
    const { hints, told, world } = setUp('portrait', {})
    hints.portrait()([{ check: 'glasses' }])
    const late = hints.portrait()
    world.state = { ...world.state, portraits: [{}] } as unknown as DossierState
    hints.follow()
    late([{ check: 'too-far' }])
    expect(told).toEqual(['no-glasses', null])
    hints.portrait()([{ check: 'too-far' }])
    expect(told).toEqual(['no-glasses', null, 'closer'])
  })

  test('is told nothing on other steps, and nothing of the look at somebody before', () => {
    const { hints, told, world } = setUp('portrait', {})
    const late = hints.portrait()
    world.id = 'two'
    late([{ check: 'too-far' }])
    world.scene = 'wait'
    hints.portrait()([{ check: 'too-far' }])
    expect(told).toEqual([])
  })
})
