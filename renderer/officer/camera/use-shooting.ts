import { useCallback, useEffect, useState } from 'react'
import type { Failure, Result } from '#domain/failure/index.ts'
import { useAct } from '../../state/act.ts'
import { shoot, type Shot } from './shoot.ts'
import type { Camera } from './use-camera.ts'

export type Shooting = {
  /** Taken but not yet stored: under way, or kept after a failure. */
  readonly pending: Shot | undefined
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly take: () => void
  readonly sendAgain: () => void
  readonly discard: () => void
}

/** Takes pictures and hands them over; a picture that could not be stored is kept until it is, or is given up. */
export function useShooting(
  camera: Camera,
  send: (bytes: Shot['bytes']) => Promise<Result<unknown>>,
  aspect?: number,
): Shooting {
  const act = useAct()
  const [pending, setPending] = useState<Shot>()
  useEffect(() => () => (pending ? URL.revokeObjectURL(pending.url) : undefined), [pending])

  const deliver = async (shot: Shot) => {
    const result = await send(shot.bytes)
    if (result.ok) setPending(undefined)
    return result
  }
  const take = () => {
    const video = camera.video()
    if (camera.phase !== 'live' || !video) return
    void act.run(async () => {
      const shot = await shoot(video, aspect)
      if (!shot)
        return { ok: false, error: { code: 'CAMERA_SILENT', step: 'camera.shoot', retriable: true, context: {} } }
      setPending(shot)
      return deliver(shot)
    })
  }
  const sendAgain = () => {
    if (pending) void act.run(() => deliver(pending))
  }
  const { clear } = act
  const discard = useCallback(() => {
    setPending(undefined)
    clear()
  }, [clear])
  return { pending, busy: act.busy, failure: act.failure, take, sendAgain, discard }
}
