import { AppError } from '#domain/failure/index.ts'
import type { CaptureStep } from '#domain/biometrics/index.ts'
import type { FingerprintReader, GrayImage, ReaderFacts } from '#native/capability/fingerprint-reader.ts'
import { ghostLevels, hasFinger, meanOf, measurePlaten, measurePrint, targetDpi } from '#native/imaging/index.ts'
import { singleFlatStep } from '../reader-grade.ts'
import { measuring, timed, troubleOf, type CheckRun, type Measured } from './check-run.ts'
import { serviceFigures } from './service.ts'

/** Milliseconds. */
const patience = { clear: 60_000, look: 4000, finger: 30_000, lift: 30_000, target: 20_000 } as const
const framesLooked = 20
/** Frames with a finger before the picture is taken by itself. */
const framesWithFinger = 3
/** The second shows whether the device repeats the first. */
const captures = 2
/** Frames in a row that show the target. */
const framesWithTarget = 3

type Frame = { readonly image: GrayImage; readonly at: number }

/**
 * The empty glass, a finger laid down once and taken twice, the glass after it was lifted, and a target of known size
 * where one is laid. Pictures are measured and dropped.
 */
export async function checkFingerprintScanner(
  reader: FingerprintReader,
  run: CheckRun,
  facts: ReaderFacts,
): Promise<Measured> {
  const service = run.binding.transport === 'http' ? await serviceFigures(run) : {}
  const measured = await measuring(run, (figures) => lookAndTake(reader, run, facts, figures))
  return { ...measured, figures: { ...service, ...measured.figures } }
}

async function lookAndTake(
  reader: FingerprintReader,
  run: CheckRun,
  facts: ReaderFacts,
  figures: Record<string, number>,
): Promise<void> {
  const step = singleFlatStep(facts)
  // Small modules take one picture when a finger is there and show nothing before.
  const hasPreview = facts.grade === 'enrolment'
  figures['verificationOnly'] = hasPreview ? 0 : 1
  figures['saidDpi'] = facts.dpi

  await run.ask('clean-and-clear-platen', 0.05, { patienceMs: patience.clear })
  const clean = await lookAt(reader, run, step, { wanted: framesLooked, patienceMs: patience.look })
  noteFrames(clean, figures, hasPreview)
  const platen = measurePlaten(clean.frames.map(({ image }) => image))
  if (platen) {
    figures['deadLines'] = platen.deadLines
    figures['dirtShare'] = platen.dirtShare
  }
  if (clean.failed) throw clean.failed

  const touched = await takeTwice(reader, run, step, figures)
  const before = meanOf(clean.frames.map(({ image }) => image))
  if (before && touched) await lookForGhost(reader, run, step, { before, touched }, figures)
  if (hasPreview && clean.frames.length > 0) await lookForTarget(reader, run, step, figures)
}

/** `since` and `ended` in milliseconds; `failed` when the device ended the look. */
type Look = {
  readonly frames: readonly Frame[]
  readonly since: number
  readonly ended: number
  readonly failed?: AppError
}

/** Preview frames until there are enough, `until` says so, or the time is over. */
async function lookAt(
  reader: FingerprintReader,
  { signal, clock, listened, binding, line }: CheckRun,
  step: CaptureStep,
  wish: {
    readonly wanted: number
    readonly patienceMs: number
    readonly until?: (image: GrayImage) => boolean
    readonly stop?: AbortSignal
  },
): Promise<Look> {
  const frames: Frame[] = []
  const over = new AbortController()
  const callOff = clock.after(wish.patienceMs, () => over.abort())
  const ends = [signal, over.signal, ...(wish.stop ? [wish.stop] : [])]
  const since = listened()
  // Enough was seen with the last frame, however long the device takes to stop.
  const outcome = (): Look => {
    const enough = frames.length >= wish.wanted ? frames.at(-1)?.at : undefined
    return { frames, since, ended: enough ?? listened() }
  }
  try {
    await reader.capture({
      step,
      signal: AbortSignal.any(ends),
      shoot: new AbortController().signal,
      onPreview(image) {
        if (over.signal.aborted) return false
        frames.push({ image, at: listened() })
        if (frames.length >= wish.wanted || wish.until?.(image)) over.abort()
        return false
      },
    })
    return outcome()
  } catch (error) {
    if (!(error instanceof AppError) || signal.aborted) throw error
    // The look was over: that the device let it be cancelled is as it should be.
    if (error.code === 'CANCELLED') {
      line?.forgive()
      return outcome()
    }
    // A device without a preview takes its picture at once.
    if (error.code === 'NO_FINGER') return outcome()
    troubleOf(error, { binding, line })
    return { ...outcome(), failed: error }
  } finally {
    callOff()
  }
}

function noteFrames({ frames, since, ended }: Look, figures: Record<string, number>, hasPreview: boolean): void {
  figures['hasPreview'] = hasPreview ? 1 : 0
  figures['previewFrames'] = frames.length
  const [first, last] = [frames[0], frames.at(-1)]
  if (!first || !last) return
  figures['quietMs'] = ended - last.at
  figures['lookMs'] = ended - since
  const seconds = (last.at - first.at) / 1000
  if (frames.length > 1) figures['framesPerSecond'] = (frames.length - 1) / Math.max(seconds, 0.001)
}

/** The last frame with a finger on it, where the device shows frames. */
async function takeTwice(
  reader: FingerprintReader,
  run: CheckRun,
  step: CaptureStep,
  figures: Record<string, number>,
): Promise<GrayImage | undefined> {
  const { signal, clock } = run
  let touched: GrayImage | undefined
  run.tell('lay-finger', 0.4)
  const said = run.said()
  for (let taken = 0; taken < captures; taken++) {
    const patient = new AbortController()
    const callOff = clock.after(patience.finger, () => patient.abort())
    let inRow = 0
    try {
      const { value: prints, ms } = await timed(run, () =>
        reader.capture({
          step,
          signal,
          shoot: AbortSignal.any([said, patient.signal]),
          onPreview(image) {
            const finger = showsFinger(image)
            if (finger) touched = image
            inRow = finger ? inRow + 1 : 0
            return inRow >= framesWithFinger
          },
        }),
      )
      figures['captures'] = taken + 1
      figures['captureMs'] = ms
      const image = prints.kind === 'whole' ? prints.image : prints.fingers[0]?.image
      if (image) notePrint(image, figures)
    } finally {
      callOff()
    }
  }
  return touched
}

function notePrint(image: GrayImage, figures: Record<string, number>): void {
  figures['saidDpi'] = image.dpi
  const print = measurePrint(image)
  if (!print) return
  figures['contrastLevels'] = print.contrastLevels
  if (print.ridgePeriodMm !== undefined) figures['ridgePeriodMm'] = print.ridgePeriodMm
}

async function lookForGhost(
  reader: FingerprintReader,
  run: CheckRun,
  step: CaptureStep,
  { before, touched }: { readonly before: GrayImage; readonly touched: GrayImage },
  figures: Record<string, number>,
): Promise<void> {
  await run.ask('lift-finger', 0.7, { patienceMs: patience.lift })
  const { frames, failed } = await lookAt(reader, run, step, { wanted: framesWithFinger, patienceMs: patience.look })
  if (failed) throw failed
  const after = meanOf(frames.map(({ image }) => image))
  // A finger that still lies there is no ghost.
  const ghost = after && !showsFinger(after) ? ghostLevels(before, touched, after) : undefined
  if (ghost !== undefined) figures['ghostLevels'] = ghost
}

/** Optional: nobody has to have a target. */
async function lookForTarget(
  reader: FingerprintReader,
  run: CheckRun,
  step: CaptureStep,
  figures: Record<string, number>,
): Promise<void> {
  run.tell('lay-target', 0.85)
  const seen: number[] = []
  const until = (image: GrayImage) => {
    const dpi = quietly(() => targetDpi(image))
    if (dpi === undefined) seen.length = 0
    else seen.push(dpi)
    return seen.length >= framesWithTarget
  }
  const { failed } = await lookAt(reader, run, step, {
    wanted: Infinity,
    patienceMs: patience.target,
    until,
    stop: run.said(),
  })
  if (failed) throw failed
  const measured = seen.length >= framesWithTarget
  figures['targetSeen'] = measured ? 1 : 0
  // Previews are made smaller by a whole factor, which is in what they say of themselves.
  if (measured) figures['measuredDpi'] = seen.reduce((sum, dpi) => sum + dpi, 0) / seen.length
}

function showsFinger(image: GrayImage): boolean {
  return quietly(() => hasFinger(image)) ?? false
}

/** A frame that cannot be measured is passed over. */
function quietly<T>(measure: () => T): T | undefined {
  try {
    return measure()
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
