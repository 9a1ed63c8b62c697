import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { visitors } from '#build/training/lessons.ts'
import type { Hands } from '#core/training/hands.ts'
import { printCard } from '#native/sim/stage/card.ts'
import { chipOfLoThiMau, instantBindings, instantHost, usualCapture } from '../../support/instant-host.ts'
import { rehearse, type Rehearsal } from './rehearsal.ts'

/** Of a worn hand that nobody has cleaned; less than any plan asks for. */
const wornQuality = 18

/**
 * The training program's core before hands and devices in this process. They answer at once, but for a capture, which
 * waits for the hand, and do what the simulated ones do: the same people with the same cards come, worn prints are weak
 * until the hand was cleaned.
 */
export async function startInstantRehearsal(dataFolder: string): Promise<Rehearsal> {
  let visitor = visitors['first-adult']
  let clean = false
  let placed = Promise.withResolvers<void>()
  const lift = () => {
    placed = Promise.withResolvers<void>()
  }

  const hands: Hands = {
    ready: async () => {},
    async bring(lesson) {
      visitor = visitors[lesson]
      clean = visitor.tended === undefined
      lift()
      return visitor.person
    },
    async act(act) {
      if (act === 'place-hand') placed.resolve()
      if (act === 'lift-hand') lift()
      if (act === 'clean-and-moisten-hand') clean = true
    },
    stop: () => {},
  }

  const host = () =>
    instantHost({
      'chip.read': () => ({
        ...chipOfLoThiMau(),
        mrz: { lines: printCard(visitor.coming.person).mrz },
        details: { ...visitor.person.says, unknown: {} },
      }),
      async 'finger.capture'({ step }) {
        await placed.promise
        const capture = usualCapture(step)
        if (clean) return capture
        return { ...capture, fingers: capture.fingers.map((finger) => ({ ...finger, quality: wornQuality })) }
      },
    })

  const devicesFile = join(dataFolder, 'devices.json')
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(devicesFile, JSON.stringify(instantBindings))
  return rehearse({ dataFolder, devicesFile, hands, forkHost: host })
}
