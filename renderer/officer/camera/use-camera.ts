import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CameraRole } from '#contract/index.ts'
import { desk } from '../desk.ts'
import { controlsOf, setControl, type CameraControls } from './controls.ts'
import { listCameras, openCamera, refusalOf, type CameraDevice } from '../../state/cameras.ts'
import { watchStream, type StreamLife } from './watch-stream.ts'

export type { CameraRole }

/**
 * `silent`: the camera is open but sends no picture; `frozen`: always the same one; `lost`: it ended. Each leads to a
 * sentence and a new try.
 */
export type CameraPhase = 'starting' | 'missing' | 'refused' | 'taken' | 'lost' | StreamLife

export type Camera = {
  readonly role: CameraRole
  readonly phase: CameraPhase
  readonly choices: readonly CameraDevice[]
  readonly chosen: string | undefined
  readonly choose: (id: string) => void
  readonly retry: () => void
  readonly attach: (video: HTMLVideoElement | null) => void
  readonly video: () => HTMLVideoElement | undefined
  readonly controls: CameraControls
  readonly set: (wish: Parameters<typeof setControl>[1]) => void
}

/** A camera of the desk, by its role. `label` is the camera that devices.json binds to the role, if any. */
export function useCamera(role: CameraRole, label: string | undefined): Camera {
  const [phase, setPhase] = useState<CameraPhase>('starting')
  const [choices, setChoices] = useState<Camera['choices']>([])
  const [wanted, setWanted] = useRemembered(role)
  const [chosen, setChosen] = useState<string>()
  const [controls, setControls] = useState<CameraControls>({})
  const [round, setRound] = useState(0)
  const [element, setElement] = useState<HTMLVideoElement | null>(null)
  const current = useRef<HTMLVideoElement | null>(null)
  const open = useRef<MediaStreamTrack>(undefined)

  const retry = useCallback(() => setRound((n) => n + 1), [])
  const attach = useCallback((video: HTMLVideoElement | null) => {
    current.current = video
    setElement(video)
  }, [])

  useEffect(() => {
    if (!element || wanted === undefined) return
    const stop = new AbortController()
    setPhase('starting')
    void run(element, () => openCamera(role, { chosen: wanted ?? undefined, label }), stop.signal, {
      notifyPhase: setPhase,
      notifyOpened: (track, cameras) => {
        open.current = track
        setChoices(cameras)
        setChosen(track?.getSettings().deviceId)
        setControls(track ? controlsOf(track) : {})
      },
    })
    return () => stop.abort()
  }, [element, role, wanted, label, round])

  useEffect(() => {
    const { mediaDevices } = navigator
    const handleChange = () => {
      if (phase !== 'live') retry()
      else void listCameras().then(setChoices)
    }
    mediaDevices?.addEventListener('devicechange', handleChange)
    return () => mediaDevices?.removeEventListener('devicechange', handleChange)
  }, [phase, retry])

  const choose = useCallback(
    (id: string) => {
      const camera = { id, label: choices.find((each) => each.id === id)?.label ?? '' }
      setWanted(camera)
      void desk.call.rememberCamera({ role, ...camera })
    },
    [role, choices, setWanted],
  )
  const set = useCallback((wish: Parameters<typeof setControl>[1]) => {
    const track = open.current
    if (track) void setControl(track, wish).then(() => setControls(controlsOf(track)))
  }, [])
  const video = useCallback(() => current.current ?? undefined, [])
  return useMemo(
    () => ({ role, phase, choices, chosen, choose, retry, attach, video, controls, set }),
    [role, phase, choices, chosen, choose, retry, attach, video, controls, set],
  )
}

/** The camera last chosen for a role; undefined until main has said, null for none. */
function useRemembered(role: CameraRole) {
  const [wanted, setWanted] = useState<CameraDevice | null>()
  useEffect(() => {
    let gone = false
    void desk.call.cameraChoice({ role }).then((result) => {
      if (!gone) setWanted((known) => (known === undefined ? (result.ok ? result.value : null) : known))
    })
    return () => {
      gone = true
    }
  }, [role])
  return [wanted, setWanted] as const
}

type News = {
  readonly notifyPhase: (phase: CameraPhase) => void
  readonly notifyOpened: (track: MediaStreamTrack | undefined, cameras: readonly CameraDevice[]) => void
}

async function run(
  video: HTMLVideoElement,
  open: () => Promise<MediaStream>,
  signal: AbortSignal,
  { notifyPhase, notifyOpened }: News,
): Promise<void> {
  let stream: MediaStream | undefined
  const release = () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  signal.addEventListener('abort', release)
  try {
    stream = await open()
    if (signal.aborted) return release()
    const [track] = stream.getVideoTracks()
    const watching = new AbortController()
    track?.addEventListener('ended', () => {
      watching.abort()
      if (!signal.aborted) notifyPhase('lost')
    })
    video.srcObject = stream
    watchStream(video, AbortSignal.any([signal, watching.signal]), notifyPhase)
    const cameras = await listCameras()
    if (signal.aborted) return
    notifyOpened(track, cameras)
    await video.play()
  } catch (error) {
    if (!signal.aborted) notifyPhase(refusalOf(error))
  }
}
