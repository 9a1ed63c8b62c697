import { describe, expect, it } from 'vitest'
import { judgeCamera } from '#domain/diagnosis/index.ts'
import { paceOf, type SeenFrame } from '../../../renderer/technician/checks/window/measure-frames.ts'

type Script = {
  readonly every: number
  readonly print?: (n: number) => number
  readonly black?: (n: number) => boolean
}

/** Frames of 5 seconds, every so many ms. */
function frames({ every, print = (n) => n, black = () => false }: Script, until = 5000): SeenFrame[] {
  return Array.from({ length: Math.floor(until / every) }, (_, n) => ({
    at: 100 + n * every,
    presented: 40 + n,
    paints: Math.round((100 + n * every) * 0.06),
    pixels: { print: print(n), black: black(n) },
  }))
}

const from = { at: 0, paints: 0 }
const judged = (seen: readonly SeenFrame[], paints = 300) =>
  judgeCamera('portrait-camera', paceOf(seen, from, { at: 5000, paints })).map(({ cause }) => cause)

describe('the frames of a camera', () => {
  it.each<[string, SeenFrame[], readonly string[]]>([
    ['30 a second', frames({ every: 33 }), []],
    ['15 a second', frames({ every: 66 }), []],
    ['5 a second', frames({ every: 200 }), ['frames-slow']],
    ['none at all', [], ['no-picture']],
    ['taking turns of two pictures', frames({ every: 33, print: (n) => n % 2 }), []],
    ['always the same', frames({ every: 33, print: () => 7 }), ['picture-frozen']],
    ['the same after a while', frames({ every: 33, print: (n) => Math.min(n, 60) }), ['picture-frozen']],
    ['none any more after a while', frames({ every: 33 }, 2000), ['picture-frozen']],
    ['still for a second, then living', frames({ every: 33, print: (n) => (n < 30 ? 0 : n) }), []],
    ['all black', frames({ every: 33, print: () => 0, black: () => true }), ['picture-black']],
    ['black now and then', frames({ every: 33, black: (n) => n % 10 === 0 }), ['frames-lost']],
    ['with a hole of a second', frames({ every: 33 }).filter(({ at }) => at < 2000 || at > 3000), ['frames-lost']],
  ])('%s', (_, seen, causes) => {
    expect(judged(seen)).toEqual(causes)
  })

  it('are not called slow when it is the computer that is too busy to paint', () => {
    const seen = frames({ every: 200 }).map((each, n) => ({ ...each, paints: n }))
    expect(judged(seen, 25)).toEqual(['computer-slow'])
  })

  it('are neither lost nor frozen while the window itself was held up', () => {
    const held = frames({ every: 33 }).filter(({ at }) => at < 2000 || (at > 3900 && at < 4000))
    const seen = held.map((each) => (each.at > 2000 ? { ...each, paints: each.paints - 114 } : each))
    expect(judged(seen, 126)).toEqual([])
  })

  it('count those that were presented and not looked at', () => {
    const every2nd = frames({ every: 33 }).filter((_, at) => at % 2 === 0)
    expect(paceOf(every2nd, from, { at: 5000, paints: 300 }).framesPerSecond).toBeGreaterThan(28)
  })
})
