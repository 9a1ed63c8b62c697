import { useState } from 'react'
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

type Unsent = { readonly shot: Shot; readonly failure?: Failure }

/** Pictures that could not be stored, by dossier and purpose: they outlive the screen on which they were taken. */
const unsent = new Map<string, Unsent>()

/** Takes pictures and hands them over; a picture that could not be stored is kept until it is, or is given up. */
export function useShooting(
  purpose: string,
  camera: Camera,
  send: (bytes: Shot['bytes']) => Promise<Result<unknown>>,
  aspect?: number,
): Shooting {
  const act = useAct()
  const [kept, setKept] = useState(() => unsent.get(purpose))

  const keep = (next: Unsent | undefined) => {
    const before = unsent.get(purpose)
    if (before && before.shot !== next?.shot) URL.revokeObjectURL(before.shot.url)
    if (next) unsent.set(purpose, next)
    else unsent.delete(purpose)
    setKept(next)
  }
  const deliver = async (shot: Shot) => {
    const result = await send(shot.bytes)
    keep(result.ok ? undefined : { shot, failure: result.error })
    return result
  }
  const take = () => {
    const video = camera.video()
    if (camera.phase !== 'live' || !video || kept?.failure) return
    void act.run(async () => {
      const shot = await shoot(video, aspect)
      if (!shot)
        return { ok: false, error: { code: 'CAMERA_SILENT', step: 'camera.shoot', retriable: true, context: {} } }
      keep({ shot })
      return deliver(shot)
    })
  }
  return {
    pending: kept?.shot,
    busy: act.busy,
    failure: act.busy ? undefined : (act.failure ?? kept?.failure),
    take,
    sendAgain: () => {
      if (kept) void act.run(() => deliver(kept.shot))
    },
    discard: () => {
      keep(undefined)
      act.clear()
    },
  }
}
