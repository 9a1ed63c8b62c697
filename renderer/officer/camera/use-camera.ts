import { useCallback, useEffect, useRef, useState } from 'react'

export type CameraRole = 'document-camera' | 'portrait-camera'

/** `silent`: the camera is open but sends no picture; `lost`: it ended. Each leads to a sentence and a new try. */
export type CameraPhase = 'starting' | 'live' | 'missing' | 'refused' | 'taken' | 'silent' | 'lost'

export type Camera = {
  readonly phase: CameraPhase
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly chosen: string | undefined
  readonly choose: (id: string) => void
  readonly retry: () => void
  readonly attach: (video: HTMLVideoElement | null) => void
  readonly video: () => HTMLVideoElement | undefined
}

/** Without a frame for this long a camera counts as silent. */
const patienceMs = 2000

/** A camera of the desk, by its role. `label` is the camera that devices.json binds to the role, if any. */
export function useCamera(role: CameraRole, label: string | undefined): Camera {
  const [phase, setPhase] = useState<CameraPhase>('starting')
  const [choices, setChoices] = useState<Camera['choices']>([])
  const [wanted, setWanted] = useState(() => remembered(role))
  const [chosen, setChosen] = useState<string>()
  const [round, setRound] = useState(0)
  const [element, setElement] = useState<HTMLVideoElement | null>(null)
  const current = useRef<HTMLVideoElement | null>(null)

  const retry = useCallback(() => setRound((n) => n + 1), [])
  const attach = useCallback((video: HTMLVideoElement | null) => {
    current.current = video
    setElement(video)
  }, [])

  useEffect(() => {
    if (!element) return
    const stop = new AbortController()
    setPhase('starting')
    void open(element, role, { wanted, label }, stop.signal, {
      notifyPhase: setPhase,
      notifyCameras: (cameras, id) => {
        setChoices(cameras)
        setChosen(id)
      },
    })
    return () => stop.abort()
  }, [element, role, wanted, label, round])

  useEffect(() => {
    const { mediaDevices } = navigator
    const handleChange = () => {
      if (phase !== 'live') retry()
    }
    mediaDevices?.addEventListener('devicechange', handleChange)
    return () => mediaDevices?.removeEventListener('devicechange', handleChange)
  }, [phase, retry])

  const choose = useCallback(
    (id: string) => {
      remember(role, { id, label: choices.find((each) => each.id === id)?.label ?? '' })
      setWanted(remembered(role))
    },
    [role, choices],
  )
  const video = useCallback(() => current.current ?? undefined, [])
  return { phase, choices, chosen, choose, retry, attach, video }
}

type Wishes = {
  readonly wanted: { readonly id: string; readonly label: string } | undefined
  readonly label: string | undefined
}
type News = {
  readonly notifyPhase: (phase: CameraPhase) => void
  readonly notifyCameras: (cameras: Camera['choices'], id: string | undefined) => void
}

async function open(
  video: HTMLVideoElement,
  role: CameraRole,
  wishes: Wishes,
  signal: AbortSignal,
  news: News,
): Promise<void> {
  let stream: MediaStream | undefined
  const release = () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  signal.addEventListener('abort', release)
  try {
    const first = await pick(role, wishes)
    const device = first === undefined ? {} : { deviceId: { exact: first } }
    stream = await navigator.mediaDevices.getUserMedia({
      video: { ...device, width: { ideal: 4096 }, height: { ideal: 3072 } },
    })
    if (signal.aborted) return release()
    const [track] = stream.getVideoTracks()
    track?.addEventListener('ended', () => !signal.aborted && news.notifyPhase('lost'))
    video.srcObject = stream
    watch(video, signal, news.notifyPhase)
    // Labels are told only after a camera has been opened.
    news.notifyCameras(await cameras(), track?.getSettings().deviceId)
    await video.play()
  } catch (error) {
    if (!signal.aborted) news.notifyPhase(phaseOf(error))
  }
}

/** Tells `live` at a frame and `silent` when none came for a while; a hidden window gets no frames and is not asked. */
function watch(video: HTMLVideoElement, signal: AbortSignal, notifyPhase: (phase: CameraPhase) => void): void {
  let last = performance.now()
  const handleFrame = () => {
    if (signal.aborted) return
    last = performance.now()
    notifyPhase('live')
    video.requestVideoFrameCallback(handleFrame)
  }
  video.requestVideoFrameCallback(handleFrame)
  const timer = setInterval(() => {
    if (document.hidden) last = performance.now()
    else if (performance.now() - last > patienceMs && video.srcObject instanceof MediaStream && video.srcObject.active)
      notifyPhase('silent')
  }, 250)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** The remembered camera, else the bound one, else the first for documents and the last for portraits. */
async function pick(role: CameraRole, { wanted, label }: Wishes): Promise<string | undefined> {
  const all = await cameras()
  const found =
    all.find(({ id }) => wanted !== undefined && id !== '' && id === wanted.id) ??
    all.find((each) => wanted !== undefined && each.label !== '' && each.label === wanted.label) ??
    all.find((each) => label !== undefined && label !== '' && each.label.includes(label)) ??
    (role === 'document-camera' ? all[0] : all.at(-1))
  return found === undefined || found.id === '' ? undefined : found.id
}

async function cameras(): Promise<Camera['choices']> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }))
}

function phaseOf(error: unknown): CameraPhase {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotReadableError' || name === 'AbortError') return 'taken'
  return 'missing'
}

function remembered(role: CameraRole): Wishes['wanted'] {
  const stored = localStorage.getItem(role)
  const [id = '', label = ''] = stored?.split('\n') ?? []
  return stored === null ? undefined : { id, label }
}

function remember(role: CameraRole, camera: { readonly id: string; readonly label: string }): void {
  localStorage.setItem(role, `${camera.id}\n${camera.label}`)
}
