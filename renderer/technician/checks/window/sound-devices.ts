import type { MicrophoneTrouble } from '#domain/diagnosis/index.ts'

/** An open microphone. `window`: the last 2048 samples, −1 to 1; `rate` in Hz. */
export type Listening = {
  readonly rate: number
  readonly window: () => Float32Array
  readonly ended: () => boolean
  readonly close: () => void
}

/** With nothing that evens out levels or takes away noise: those are what is measured. */
export async function openMicrophone(): Promise<Listening | MicrophoneTrouble> {
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    })
  } catch (error) {
    return troubleOf(error)
  }
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 2048
  context.createMediaStreamSource(stream).connect(analyser)
  await context.resume()
  return {
    rate: context.sampleRate,
    window: () => {
      const samples = new Float32Array(analyser.fftSize)
      analyser.getFloatTimeDomainData(samples)
      return samples
    },
    ended: () => stream.getAudioTracks().every(({ readyState }) => readyState === 'ended'),
    close: () => {
      for (const track of stream.getTracks()) track.stop()
      void context.close().catch(() => {})
    },
  }
}

function troubleOf(error: unknown): MicrophoneTrouble {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotReadableError' || name === 'AbortError') return 'taken'
  return 'absent'
}

/** Beeps on one side only, over and over, until it is stopped. */
export function playTone(side: 'left' | 'right', frequency: number): () => void {
  const context = new AudioContext()
  const tone = context.createOscillator()
  const gain = context.createGain()
  const pan = context.createStereoPanner()
  tone.frequency.value = frequency
  pan.pan.value = side === 'left' ? -1 : 1
  gain.gain.value = 0
  // Swells and fades, twenty times: without clicks, and heard by who did not listen at first.
  for (let beep = 0; beep < 20; beep++) {
    const at = context.currentTime + 0.1 + beep * 1.4
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(0.5, at + 0.06)
    gain.gain.setValueAtTime(0.5, at + 0.7)
    gain.gain.linearRampToValueAtTime(0, at + 0.8)
  }
  tone.connect(gain).connect(pan).connect(context.destination)
  tone.start()
  void context.resume().catch(() => {})
  return () => void context.close().catch(() => {})
}
