import { frameChanged } from './pictures.ts'

/** What a running stream is: pictures come, none come, or the same one comes over and over. */
export type StreamLife = 'live' | 'silent' | 'frozen'

/** Milliseconds. Together they notice a dead stream within two seconds. */
const patience = { frame: 1500, change: 1500 } as const
const beat = 200
/** Frames that must have come and been the same before a stream counts as frozen. */
const sameFrames = 4

let streams = 0

/** Tells how a stream lives, each time that changes; a hidden window gets no frames and is not asked. */
export function watchStream(video: HTMLVideoElement, signal: AbortSignal, notify: (life: StreamLife) => void): void {
  const stream = ++streams
  let life: StreamLife | undefined
  let lastFrame = performance.now()
  let lastChange = performance.now()
  let framesSinceChange = 0
  let samesSinceChange = 0
  let asking = false

  const enter = (next: StreamLife) => {
    if (signal.aborted || life === next) return
    life = next
    notify(next)
  }
  const handleFrame = () => {
    if (signal.aborted) return
    lastFrame = performance.now()
    framesSinceChange++
    if (life !== 'frozen') enter('live')
    video.requestVideoFrameCallback(handleFrame)
  }
  const feelPulse = async () => {
    asking = true
    const framesBefore = framesSinceChange
    const changed = await frameChanged(video, stream)
    asking = false
    if (signal.aborted) return
    if (changed === false) {
      if (framesBefore > 0) samesSinceChange++
      const still = performance.now() - lastChange > patience.change
      if (still && framesSinceChange >= sameFrames && samesSinceChange >= sameFrames) enter('frozen')
      return
    }
    lastChange = performance.now()
    framesSinceChange = 0
    samesSinceChange = 0
    if (life === 'frozen') enter('live')
  }
  const handleBeat = () => {
    if (document.hidden) {
      lastFrame = performance.now()
      lastChange = lastFrame
      return
    }
    const running = video.srcObject instanceof MediaStream && video.srcObject.active
    if (performance.now() - lastFrame > patience.frame && running) {
      enter('silent')
      // Nothing can freeze that does not come.
      lastChange = performance.now()
      framesSinceChange = 0
      samesSinceChange = 0
    } else if (!asking && life !== undefined) void feelPulse()
  }

  video.requestVideoFrameCallback(handleFrame)
  const timer = setInterval(handleBeat, beat)
  signal.addEventListener('abort', () => clearInterval(timer))
}
