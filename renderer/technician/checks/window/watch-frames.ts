import { isBlack, printOf, type Pixels } from './measure-picture.ts'
import { paceOf, type FrameFigures, type SeenFrame } from './measure-frames.ts'

export type FrameWatch = {
  /** How frames came since the watch began, or since the window was seen again. */
  readonly figures: () => FrameFigures
  readonly stop: () => void
}

/** Small enough to be compared often, and with no smoothing that could hide noise. */
const small = { width: 160, height: 120 }
/** Milliseconds between two looks at pixels; each look is at two frames in a row, as a camera may take turns. */
const pause = 90

/** Watches what a camera really gives; a hidden window gets no frames, and what it missed does not count. */
export function watchFrames(video: HTMLVideoElement): FrameWatch {
  let paints = 0
  const now = () => ({ at: performance.now(), paints })
  let [seen, from] = [[] as SeenFrame[], now()]
  let hiddenAt: ReturnType<typeof now> | undefined
  let [lastLook, looks] = [-Infinity, 0]
  let stopped = false

  const handleFrame = (at: number, { presentedFrames }: VideoFrameCallbackMetadata) => {
    if (stopped) return
    video.requestVideoFrameCallback(handleFrame)
    if (hiddenAt !== undefined) return
    if (at - lastLook >= pause) [lastLook, looks] = [at, 0]
    const look = looks++ < 2 ? grab(video, { ...small, smooth: false }) : undefined
    seen.push({
      ...now(),
      presented: presentedFrames,
      ...(look && { pixels: { print: printOf(look), black: isBlack(look) } }),
    })
  }
  const handlePaint = () => {
    if (stopped) return
    paints++
    requestAnimationFrame(handlePaint)
  }
  const handleSight = () => {
    if (document.hidden) hiddenAt ??= now()
    else [seen, from, hiddenAt] = [[], now(), undefined]
  }
  video.requestVideoFrameCallback(handleFrame)
  requestAnimationFrame(handlePaint)
  document.addEventListener('visibilitychange', handleSight)
  return {
    figures: () => paceOf(seen, from, hiddenAt ?? now()),
    stop: () => {
      stopped = true
      document.removeEventListener('visibilitychange', handleSight)
    },
  }
}

type Wish = { readonly width: number; readonly height: number; readonly smooth: boolean; readonly share?: number }

/** The frame now shown, or its middle `share` of both sides, drawn into a size. Undefined when there is none. */
export function grab(video: HTMLVideoElement, { width, height, smooth, share = 1 }: Wish): Pixels | undefined {
  const { videoWidth, videoHeight } = video
  if (videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  const [w, h] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))]
  const context = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.imageSmoothingEnabled = smooth
  context.imageSmoothingQuality = 'high'
  const edge = (1 - share) / 2
  const from = [edge * videoWidth, edge * videoHeight, share * videoWidth, share * videoHeight] as const
  context.drawImage(video, ...from, 0, 0, w, h)
  return context.getImageData(0, 0, w, h)
}
