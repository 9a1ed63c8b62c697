import { useEffect, useRef, useState } from 'react'
import type { Result } from '#domain/failure/index.ts'
import { grabFrame } from './pictures.ts'
import type { Camera } from './use-camera.ts'

export type Looks<Seen> = {
  /** What was seen on the last frame; undefined while there is none, or nothing can be told of it. */
  readonly seen: Seen | undefined
  /** Looks in a row, this one included, that were as they should be. */
  readonly good: number
  /** The last frame could not be looked at. */
  readonly failed: boolean
}

/** After a look that failed, in milliseconds: nobody gains from asking faster. */
const breather = 1000
const nothing = { seen: undefined, good: 0, failed: false } as const

/**
 * Has the live picture looked at, one frame at a time, as fast as the answers come. `isGood` says whether a look
 * counts for the automatic shot. `most`: longer side of a frame in pixels.
 */
export function useLooks<Seen>(
  camera: Camera,
  most: number,
  look: (frame: Uint8Array) => Promise<Result<Seen>>,
  isGood: (seen: Seen) => boolean = () => false,
): Looks<Seen> {
  const [looks, setLooks] = useState<Looks<Seen>>(nothing)
  const latest = useRef({ look, isGood })
  useEffect(() => {
    latest.current = { look, isGood }
  })
  const { phase, video } = camera
  useEffect(() => {
    setLooks(nothing)
    if (phase !== 'live') return
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const again = (soon: boolean) => {
      const shown = video()
      if (stopped || !shown) return
      if (soon) shown.requestVideoFrameCallback(() => void lookOnce())
      else timer = setTimeout(() => void lookOnce(), breather)
    }
    const lookOnce = async () => {
      const shown = video()
      if (stopped || !shown) return
      const frame = await grabFrame(shown, most)
      if (stopped) return
      if (!frame) return again(false)
      const result = await latest.current.look(frame.bytes)
      if (stopped) return
      setLooks((before) =>
        result.ok
          ? { seen: result.value, good: latest.current.isGood(result.value) ? before.good + 1 : 0, failed: false }
          : { ...nothing, failed: true },
      )
      again(result.ok)
    }
    void lookOnce()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [phase, video, most])
  return looks
}
