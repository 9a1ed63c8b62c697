import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FingerPosition, SlapStep } from '#domain/biometrics/index.ts'
import { cropFinger, encodeGrayPng, seeFingers } from '#native/imaging/index.ts'
import { drawSlap } from '#native/sim/hands/index.ts'
import { askLibfprint } from './judge.ts'

const PATIENCE_MS = 50_000
const PERSON = 5
const SOMEBODY_ELSE = 6

describe("Debian's libfprint (NBIS) on prints that this program captured", () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'libfprint-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  /** Lays the hand down, and keeps one finger of it as the program does. */
  async function capture(seed: number, step: SlapStep, finger: FingerPosition, attempt: number) {
    const slap = drawSlap({ seed, step, attempt })
    const found = seeFingers(slap, step).fingers.find(({ position }) => position === finger)
    if (!found) throw new Error(`${finger} was not found in the slap`)
    const path = join(folder, `${seed}-${finger}-${attempt}.png`)
    await writeFile(path, encodeGrayPng(cropFinger(slap, found)))
    return path
  }

  it(
    'enrols a finger from five slaps, knows it again, and refuses its neighbour, the other hand and another person',
    async () => {
      const enrol = await Promise.all(
        [0, 1, 2, 3, 4].map((attempt) => capture(PERSON, 'right-four', 'right-index', attempt)),
      )
      const verify = await Promise.all([
        capture(PERSON, 'right-four', 'right-index', 7),
        capture(PERSON, 'right-four', 'right-index', 8),
        capture(PERSON, 'right-four', 'right-middle', 7),
        capture(PERSON, 'left-four', 'left-index', 7),
        capture(SOMEBODY_ELSE, 'right-four', 'right-index', 7),
      ])
      const judgement = await askLibfprint(folder, { enrol, verify }, AbortSignal.timeout(PATIENCE_MS))
      expect(judgement).toEqual({
        stages: 5,
        retries: [],
        enrolled: true,
        verdicts: [true, true, false, false, false].map((match) => ({ match })),
      })
    },
    PATIENCE_MS,
  )

  it(
    'does not enrol an empty platen',
    async () => {
      const path = join(folder, 'empty.png')
      const empty = { width: 400, height: 400, dpi: 500, pixels: new Uint8Array(400 * 400).fill(250) }
      await writeFile(path, encodeGrayPng(empty))
      const work = { enrol: [path, path], verify: [] }
      const judgement = await askLibfprint(folder, work, AbortSignal.timeout(PATIENCE_MS))
      expect(judgement.enrolled).toBe(false)
      expect(judgement.retries).toHaveLength(2)
    },
    PATIENCE_MS,
  )
})
