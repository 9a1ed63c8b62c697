import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { cropFinger, seeFingers } from '#native/imaging/index.ts'
import { encodeTemplate, extractMinutiae, matchScore, prepare, SAME_FINGER } from '#native/imaging/minutiae/index.ts'
import { rigs, type Bench, type Finger, type Rig } from './rigs.ts'

// One suite over every fingerprint reader that is not behind a service: the real driver, the real line, a simulator at its
// other end. The fingers are drawn.

const patient = new AbortController().signal
const step = 'flat-right-index'
const index: Finger = { seed: 5, finger: 'right-index' }

let folder: string
let bench: Bench

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prints-'))
})
afterEach(async () => {
  await bench.stop()
  await rm(folder, { recursive: true, force: true })
})

const good = (image: GrayImage) => (seeFingers(image, step).fingers[0]?.quality ?? 0) >= 40

async function start(rig: Rig) {
  bench = await rig.start(folder)
  return bench.reader.acquire(patient)
}

async function capture({ signal = patient, shoot = patient } = {}): Promise<GrayImage> {
  const prints = await bench.reader.capture({ step, signal, shoot, onPreview: good })
  if (prints.kind !== 'whole') throw new Error('not a whole picture')
  return prints.image
}

/** As the host prepares what it compares. */
function prepared(image: GrayImage) {
  const [finger] = seeFingers(image, step).fingers
  if (!finger) throw new Error('no finger seen')
  const small = image.width < 400
  const minutiae = extractMinutiae(small ? image : cropFinger(image, finger))
  return prepare(encodeTemplate(minutiae, { position: 0, impression: 0, quality: 50 }))
}

async function codeOf(act: Promise<unknown>) {
  const error = await act.then(
    () => 'nothing went wrong',
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : error
}

describe.each(rigs)('$name', (rig) => {
  it('says what it is, what its prints are good for, and that it can take one flat finger', async () => {
    const facts = await start(rig)
    expect(facts.model).not.toBe('')
    expect(facts.grade).toBe(rig.grade)
    expect(facts.dpi).toBeGreaterThanOrEqual(500)
    expect(facts.steps ?? [step]).toContain(step)
  })

  it('gives the picture of a finger as large and as fine as it says, and the same finger can be told from others', async () => {
    const facts = await start(rig)
    const images: GrayImage[] = []
    for (const finger of [
      index,
      index,
      { seed: 5, finger: 'right-middle' },
      { seed: 6, finger: 'right-index' },
    ] as const) {
      bench.place(finger)
      images.push(await capture())
    }
    for (const { width, height, dpi, pixels } of images) {
      expect(dpi).toBe(facts.dpi)
      expect(pixels).toHaveLength(width * height)
    }
    const [first, again, other, another] = images.map(prepared)
    expect(matchScore(first!, again!)).toBeGreaterThanOrEqual(SAME_FINGER)
    expect(matchScore(first!, other!)).toBeLessThan(SAME_FINGER)
    expect(matchScore(first!, another!)).toBeLessThan(SAME_FINGER)
  })

  it('waits for a finger, and says NO_FINGER when told to take what is not there', async () => {
    await start(rig)
    bench.lift()
    const shoot = new AbortController()
    const taken = vi.fn<(code: unknown) => void>()
    const running = codeOf(capture({ shoot: shoot.signal })).then(taken)
    await new Promise((resolve) => setImmediate(resolve))
    expect(taken).not.toHaveBeenCalled()
    shoot.abort()
    await running
    expect(taken).toHaveBeenCalledWith('NO_FINGER')
  })

  it('does one capture at a time, ends it at once when cancelled, and captures again', async () => {
    await start(rig)
    bench.lift()
    const cancel = new AbortController()
    const running = codeOf(capture({ signal: cancel.signal }))
    expect(await codeOf(capture())).toBe('DEVICE_BUSY')
    cancel.abort()
    expect(await running).toBe('CANCELLED')
    bench.place(index)
    expect(seeFingers(await capture(), step).fingers).toHaveLength(1)
  })

  it('can be let go and acquired again', async () => {
    const facts = await start(rig)
    await bench.reader.release()
    expect(await bench.reader.acquire(patient)).toEqual(facts)
    bench.place(index)
    expect(seeFingers(await capture(), step).fingers).toHaveLength(1)
  })

  it('says DEVICE_ABSENT when nothing is at its address', async () => {
    await start(rig)
    await bench.stop()
    expect(await codeOf(bench.reader.acquire(patient))).toBe('DEVICE_ABSENT')
  })
})
