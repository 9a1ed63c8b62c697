import { hear, limits, nothingHeard, rmsOf, windowSize, type Heard } from '../../state/sound-level.ts'

export type MicrophoneProblem = 'missing' | 'refused' | 'busy' | 'lost'

/** WebM with Opus. `seconds` is measured by the clock: the recorder writes no duration. */
export type Recorded = { readonly audio: Blob; readonly seconds: number; readonly heard: Heard }

export type Take = {
  /** Ends the recording. Undefined when it was cancelled or the microphone is gone. */
  readonly stop: () => void
  readonly cancel: () => void
  /** Settles when the recording has ended, by whatever. */
  readonly recorded: Promise<Recorded | MicrophoneProblem | undefined>
}

export type Microphone = {
  /** Resolves when the recorder runs: from then on it can be spoken. `onLevel`: RMS and seconds, 25 times a second. */
  readonly record: (onLevel: (rms: number, seconds: number) => void) => Promise<Take | MicrophoneProblem>
  readonly close: () => void
}

type Opened = { readonly stream: MediaStream; readonly context: AudioContext; readonly analyser: AnalyserNode }

const everyMs = 40
const format = 'audio/webm;codecs=opus'

/** The computer's microphone: opened by the first recording, kept open for the next ones until `close`. */
export function microphone(): Microphone {
  let opening: Promise<Opened> | undefined
  let closed = false

  const release = () => {
    const last = opening
    opening = undefined
    void last?.then(shut, () => {})
  }
  return {
    async record(onLevel) {
      try {
        closed = false
        opening ??= open()
        let opened = await opening
        if (opened.stream.getAudioTracks().every(({ readyState }) => readyState === 'ended')) {
          release()
          opening = open()
          opened = await opening
        }
        if (closed) {
          shut(opened)
          return 'lost'
        }
        await opened.context.resume()
        return await start(opened, onLevel)
      } catch (error) {
        release()
        return problemOf(error)
      }
    },
    close() {
      closed = true
      release()
    },
  }
}

/** Tones carry meaning in these languages: the voice is taken as it is, only its level is evened out. */
async function open(): Promise<Opened> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true },
  })
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  // The most that it keeps, 0.7 s: a page that was busy for a moment still hears all of it.
  analyser.fftSize = 32_768
  context.createMediaStreamSource(stream).connect(analyser)
  return { stream, context, analyser }
}

function shut({ stream, context }: Opened): void {
  for (const track of stream.getTracks()) track.stop()
  void context.close().catch(() => {})
}

async function start(
  { stream, context, analyser }: Opened,
  onLevel: (rms: number, seconds: number) => void,
): Promise<Take> {
  const recorder = new MediaRecorder(stream, { mimeType: format, audioBitsPerSecond: 32_000 })
  const kept = new Float32Array(analyser.fftSize)
  const pieces: Blob[] = []
  let heard = nothingHeard
  let cancelled = false
  let began = 0
  let ended = 0
  let heardUntil = 0
  const timers: ReturnType<typeof setInterval>[] = []
  const end = () => {
    if (recorder.state === 'inactive') return
    listen()
    ended = performance.now()
    recorder.stop()
  }
  /** Each sample once, however late the page comes to it. */
  const listen = () => {
    const fresh = Math.round((context.currentTime - heardUntil) * context.sampleRate)
    if (fresh === 0) return
    heardUntil = context.currentTime
    analyser.getFloatTimeDomainData(kept)
    heard = hear(heard, kept.subarray(-fresh))
  }
  const lost = () => stream.getAudioTracks().every(({ readyState }) => readyState === 'ended')

  recorder.ondataavailable = ({ data }) => pieces.push(data)
  const recorded = new Promise<Recorded | MicrophoneProblem | undefined>((settle) => {
    recorder.onstop = () => {
      for (const timer of timers) clearInterval(timer)
      const seconds = ((ended || performance.now()) - began) / 1000
      if (cancelled) settle(undefined)
      else settle(ended === 0 && lost() ? 'lost' : { audio: new Blob(pieces, { type: format }), seconds, heard })
    }
    recorder.onerror = () => settle('lost')
  })
  const running = new Promise<void>((resolve) => {
    recorder.onstart = () => resolve()
  })
  recorder.start()
  await running
  began = performance.now()
  heardUntil = context.currentTime
  timers.push(
    setInterval(() => {
      listen()
      const seconds = (performance.now() - began) / 1000
      onLevel(rmsOf(kept.subarray(-windowSize)), seconds)
      if (seconds >= limits.longest) end()
    }, everyMs),
  )
  return {
    recorded,
    stop: end,
    cancel: () => {
      cancelled = true
      end()
    },
  }
}

function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'missing'
}
