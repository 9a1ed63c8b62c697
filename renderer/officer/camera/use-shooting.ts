import { useState } from 'react'
import type { Failure, Result } from '#domain/failure/index.ts'
import { useAct } from '../../state/act.ts'
import { desk } from '../desk.ts'
import { shoot, shotOf, type Shot } from './pictures.ts'
import type { Camera } from './use-camera.ts'

export type Shooting = {
  /** Taken but not yet stored: under way, or kept after a failure. */
  readonly pending: Shot | undefined
  readonly busy: boolean
  readonly failure: Failure | undefined
  /** A picture is waiting for the officer's decision: none can be taken. */
  readonly blocked: boolean
  readonly take: () => void
  /** A picture from a watched folder, by its name in the store. */
  readonly use: (name: string) => void
  readonly sendAgain: () => void
  /** Stores the picture as it is; undefined when that would not help. */
  readonly sendPlain: (() => void) | undefined
  readonly discard: () => void
}

export type Send = (bytes: Shot['bytes']) => Promise<Result<unknown>>

type Unsent = {
  readonly shot: Shot
  readonly failure?: Failure
  /** On the shelf of offered pictures. */ readonly offered?: string
}

/** Pictures that could not be stored, by dossier and purpose: they outlive the screen on which they were taken. */
const unsent = new Map<string, Unsent>()

const silent: Failure = { code: 'CAMERA_SILENT', step: 'camera.shoot', retriable: true, context: {} }

/** The picture is well and the store too: only what was to be made of it could not be. */
const onlyNotMade: readonly Failure['code'][] = ['HOST_GONE', 'FACE_MISSING', 'CANCELLED', 'INTERNAL']

/**
 * Takes pictures and hands them over; a picture that could not be stored is kept until it is, or is given up. `send`
 * makes something of it, `sendPlain` stores it as it is.
 */
export function useShooting(purpose: string, camera: Camera, send: Send, sendPlain?: Send): Shooting {
  const act = useAct()
  const [kept, setKept] = useState(() => unsent.get(purpose))

  const keep = (next: Unsent | undefined) => {
    const before = unsent.get(purpose)
    if (before && before.shot !== next?.shot) URL.revokeObjectURL(before.shot.url)
    if (next) unsent.set(purpose, next)
    else unsent.delete(purpose)
    setKept(next)
  }
  const deliver = async ({ shot, offered }: Unsent, by: Send) => {
    const about = { shot, ...(offered !== undefined && { offered }) }
    keep(about)
    const result = await by(shot.bytes)
    keep(result.ok ? undefined : { ...about, failure: result.error })
    if (result.ok && offered !== undefined) await desk.call.dropOfferedPicture({ name: offered })
    return result
  }
  const blocked = kept?.failure !== undefined
  return {
    pending: kept?.shot,
    busy: act.busy,
    failure: act.busy ? undefined : (act.failure ?? kept?.failure),
    blocked,
    take: () => {
      const video = camera.video()
      if (camera.phase !== 'live' || !video || blocked) return
      void act.run(async () => {
        const shot = await shoot(video)
        return shot ? deliver({ shot }, send) : { ok: false, error: silent }
      })
    },
    use: (offered) => {
      if (blocked) return
      void act.run(async () => {
        const bytes = await storedPicture(offered)
        return bytes ? deliver({ shot: shotOf(bytes), offered }, send) : { ok: false, error: damaged }
      })
    },
    sendAgain: () => {
      if (kept) void act.run(() => deliver(kept, send))
    },
    sendPlain:
      sendPlain && kept?.failure && onlyNotMade.includes(kept.failure.code)
        ? () => void act.run(() => deliver(kept, sendPlain))
        : undefined,
    discard: () => {
      keep(undefined)
      act.clear()
    },
  }
}

const damaged: Failure = { code: 'BLOB_DAMAGED', step: 'camera.stored', retriable: false, context: {} }

/** The bytes of a stored picture. */
export async function storedPicture(name: string): Promise<Shot['bytes'] | undefined> {
  try {
    const response = await fetch(`/blob/${name}`)
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}
