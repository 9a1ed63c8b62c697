import { judgeCamera, type CameraPlace, type CameraTrouble } from '#domain/diagnosis/index.ts'
import { openCamera, openCameraSmall, refusalOf, type CameraWishes } from '../../../state/cameras.ts'
import { edgesOf, sheetOf, type Edges, type Sheet } from './measure-picture.ts'
import { until, wait, type Outcome, type Tools } from './steps.ts'
import { grab, watchFrames } from './watch-frames.ts'

/** Milliseconds. */
const patience = { firstFrame: 4000, look: 4000, focus: 2500, sheet: 1200 } as const
const beat = 160
/** Longer side at which edges are measured, pixels. */
const edgeSize = 1920

/** The guided test of the picture of a camera: it is opened as the officer's window opens it. */
export async function checkCamera(
  place: CameraPlace,
  wishes: CameraWishes,
  video: HTMLVideoElement,
  tools: Tools,
): Promise<Outcome> {
  const { signal, show, ask } = tools
  show('camera-opens', 0.03)
  const began = performance.now()
  const opened = await open(place, wishes)
  if (typeof opened === 'string') return { figures: {}, found: judgeCamera(place, {}, opened) }
  const release = () => {
    for (const track of opened.getTracks()) track.stop()
    video.srcObject = null
  }
  if (signal.aborted) {
    release()
    signal.throwIfAborted()
  }
  const figures: Record<string, number> = { openMs: performance.now() - began }
  const lost = listenToEnd(opened)
  const watch = watchFrames(video)
  const outcome = (trouble?: CameraTrouble): Outcome => {
    const measured = { ...figures, ...sizeOf(video, opened), ...watch.figures() }
    return { figures: measured, found: judgeCamera(place, measured, trouble) }
  }
  try {
    video.srcObject = opened
    await Promise.race([video.play().catch(() => undefined), wait(patience.firstFrame, signal), lost.promise])
    show('camera-watched', 0.08)
    await Promise.race([wait(patience.look, signal), lost.promise])
    if (lost.is()) return outcome('lost')
    const early = outcome()
    // Of a picture that is none, black or always the same, nothing else can be measured.
    if (early.found.some(({ cause }) => ending.has(cause))) return early

    await Promise.race([ask('hold-text', 0.35), lost.promise])
    if (lost.is()) return outcome('lost')
    show('camera-measures', 0.5)
    const edges = await lookAt(patience.focus, () => edgesOfVideo(video), lost.is, signal)
    Object.assign(figures, sharpest(edges))
    if (lost.is()) return outcome('lost')
    await Promise.race([ask('hold-white-sheet', 0.65), lost.promise])
    if (lost.is()) return outcome('lost')
    show('camera-measures', 0.85)
    const sheets = await lookAt(patience.sheet, () => sheetOfVideo(video), lost.is, signal)
    Object.assign(figures, sheets.findLast(({ sheetSeen }) => sheetSeen === 1) ?? sheets.at(-1))
    return outcome(lost.is() ? 'lost' : undefined)
  } finally {
    watch.stop()
    lost.stop()
    release()
  }
}

const ending: ReadonlySet<string> = new Set(['no-picture', 'picture-black', 'picture-frozen'])

async function open(place: CameraPlace, wishes: CameraWishes): Promise<MediaStream | CameraTrouble> {
  if (!('mediaDevices' in navigator)) return 'refused'
  try {
    return await openCamera(place, wishes)
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === 'refused') return 'refused'
    if (refusal === 'missing') return 'absent'
    // Only some systems say so; the others say nothing but that it did not start.
    if (error instanceof Error && /in use/iu.test(error.message)) return 'taken'
  }
  try {
    for (const track of (await openCameraSmall(place, wishes)).getTracks()) track.stop()
    return 'only-small'
  } catch {
    return 'not-starting'
  }
}

function listenToEnd(stream: MediaStream) {
  const tracks = stream.getVideoTracks()
  const ended = () => tracks.every(({ readyState }) => readyState === 'ended')
  const { promise, resolve } = Promise.withResolvers<void>()
  let told = false
  const handleEnd = () => {
    told = true
    resolve()
  }
  for (const track of tracks) track.addEventListener('ended', handleEnd)
  if (ended()) handleEnd()
  return {
    promise,
    is: () => told || ended(),
    stop: () => {
      for (const track of tracks) track.removeEventListener('ended', handleEnd)
    },
  }
}

function sizeOf({ videoWidth, videoHeight }: HTMLVideoElement, stream: MediaStream): Record<string, number> {
  const { frameRate } = stream.getVideoTracks()[0]?.getSettings() ?? {}
  return {
    ...(videoWidth > 0 && { pictureWidth: videoWidth, pictureHeight: videoHeight }),
    ...(frameRate !== undefined && { promisedPerSecond: frameRate }),
  }
}

/** What was measured in so many milliseconds; at least once, unless the camera is gone. */
async function lookAt<T>(
  ms: number,
  measure: () => T | undefined,
  gone: () => boolean,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const found: T[] = []
  const end = performance.now() + ms
  await until(
    () => {
      const one = measure()
      if (one !== undefined) found.push(one)
      return gone() || performance.now() >= end
    },
    beat,
    signal,
  )
  return found
}

function edgesOfVideo(video: HTMLVideoElement): Edges | undefined {
  const { videoWidth, videoHeight } = video
  const share = 0.6
  const scale = share * Math.min(1, edgeSize / Math.max(videoWidth, videoHeight))
  const middle = grab(video, { width: videoWidth * scale, height: videoHeight * scale, share, smooth: true })
  return middle && edgesOf(middle)
}

function sheetOfVideo(video: HTMLVideoElement): Sheet | undefined {
  const { videoWidth, videoHeight } = video
  const scale = 160 / Math.max(1, videoWidth, videoHeight)
  const whole = grab(video, { width: videoWidth * scale, height: videoHeight * scale, smooth: true })
  return whole && sheetOf(whole)
}

/** Hands move: the sharpest moment is what the camera can do. */
function sharpest(all: readonly Edges[]): Edges | undefined {
  const told = all.filter(({ edgePixels }) => edgePixels !== undefined)
  return told.toSorted((one, other) => (one.edgePixels ?? 0) - (other.edgePixels ?? 0))[0] ?? all.at(-1)
}
