import { judgeSound, type MicrophoneTrouble } from '#domain/diagnosis/index.ts'
import { hear, nothingHeard, rmsOf } from '../../../state/sound-level.ts'
import { decibels, middleOf, toneOf } from './measure-sound.ts'
import { openMicrophone, playTone, type Listening } from './sound-devices.ts'
import { wait, type Outcome, type Tools } from './steps.ts'

/** Milliseconds. */
const times = { settle: 500, quiet: 1500, speech: 2500 } as const
const beat = 40
/** Hz: a small loudspeaker gives them, and neither is a multiple of the mains or of the other. */
const tones = { left: 880, right: 1170 } as const

/** The guided test of loudspeakers and microphone. What is heard becomes figures here and is not kept. */
export async function checkSound({ show, ask, askWhether, signal }: Tools): Promise<Outcome> {
  const figures: Record<string, number> = {}
  show('sound-opens', 0.05)
  const devices = await navigator.mediaDevices.enumerateDevices()
  const outputs = devices.filter(({ kind }) => kind === 'audiooutput').length
  figures['outputs'] = outputs
  const opened = await openMicrophone()
  const ears = typeof opened === 'string' ? undefined : opened
  let trouble: MicrophoneTrouble | undefined = typeof opened === 'string' ? opened : undefined
  try {
    signal.throwIfAborted()
    const before = { left: 0, right: 0 }
    if (ears) {
      show('keep-quiet', 0.1)
      await wait(times.settle, signal)
      const quiet = await listenFor(ears, times.quiet, signal)
      figures['noiseDb'] = decibels(middleOf(quiet.map(rmsOf)) ?? 0)
      for (const side of ['left', 'right'] as const)
        before[side] = middleOf(quiet.map((window) => toneOf(window, ears.rate, tones[side]))) ?? 0
    }
    if (outputs > 0) {
      const stood: number[] = []
      for (const [side, done] of [
        ['left', 0.3],
        ['right', 0.5],
      ] as const) {
        const stopTone = playTone(side, tones[side])
        const loudest = followTone(ears, tones[side])
        try {
          figures[side === 'left' ? 'heardLeft' : 'heardRight'] = (await askWhether(`tone-${side}`, done)) ? 1 : 0
        } finally {
          stopTone()
          stood.push(decibels(loudest.stop()) - decibels(before[side]))
        }
      }
      if (ears) figures['toneDb'] = Math.max(...stood)
    }
    if (ears) {
      const follow = followVoice(ears)
      try {
        const atLeast = wait(times.speech, signal)
        await Promise.all([atLeast, ask('speak-aloud', 0.75)])
      } finally {
        const { loudest, samples, clipped } = follow.stop()
        figures['speechDb'] = decibels(loudest)
        figures['clippedShare'] = samples === 0 ? 0 : clipped / samples
      }
      if (ears.ended()) trouble = 'lost'
    }
    return { figures, found: judgeSound(figures, trouble) }
  } finally {
    ears?.close()
  }
}

async function listenFor(ears: Listening, ms: number, signal: AbortSignal): Promise<readonly Float32Array[]> {
  const windows: Float32Array[] = []
  for (let passed = 0; passed < ms; passed += beat) {
    windows.push(ears.window())
    await wait(beat, signal)
  }
  return windows
}

/** The loudest that a tone was heard until `stop`. */
function followTone(ears: Listening | undefined, frequency: number) {
  let loudest = 0
  const timer = setInterval(() => {
    if (ears) loudest = Math.max(loudest, toneOf(ears.window(), ears.rate, frequency))
  }, beat)
  return {
    stop: () => {
      clearInterval(timer)
      return loudest
    },
  }
}

function followVoice(ears: Listening) {
  let heard = nothingHeard
  const timer = setInterval(() => {
    heard = hear(heard, ears.window())
  }, beat)
  return {
    stop: () => {
      clearInterval(timer)
      return heard
    },
  }
}
