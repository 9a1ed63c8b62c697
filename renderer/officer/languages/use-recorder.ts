import { useCallback, useEffect, useRef, useState } from 'react'
import type { FailureCode } from '#domain/failure/index.ts'
import { desk } from '../desk.ts'
import { judge, type RecordingProblem } from '../../state/sound-level.ts'
import type { Microphone, MicrophoneProblem, Recorded, Take } from './microphone.ts'

/** A recording that is not saved yet: doubtful ones wait for the officer, failed ones for another try. */
export type Held = { readonly url: string; readonly recorded: Recorded }

export type Recorder = {
  readonly phase: 'idle' | 'opening' | 'recording' | 'saving'
  readonly rms: number
  readonly seconds: number
  readonly problem: RecordingProblem | MicrophoneProblem | undefined
  readonly failure: FailureCode | undefined
  readonly held: Held | undefined
  /** Seconds of what was just saved. */
  readonly saved: number | undefined
  /** Starts, or stops and saves. */
  readonly toggle: () => void
  readonly cancel: () => void
  /** Saves what is held in spite of all. */
  readonly keep: () => void
}

type Findings = Pick<Recorder, 'problem' | 'failure' | 'held' | 'saved'>
const noFindings: Findings = { problem: undefined, failure: undefined, held: undefined, saved: undefined }

/** Records one sentence of one language; mounted anew for each sentence. The microphone is the studio's. */
export function useRecorder(
  open: Microphone,
  { language, key, onSaved }: { readonly language: string; readonly key: string; readonly onSaved: () => void },
): Recorder {
  const [phase, setPhase] = useState<Recorder['phase']>('idle')
  const [level, setLevel] = useState({ rms: 0, seconds: 0 })
  const [findings, setFindings] = useState<Findings>(noFindings)
  const take = useRef<Take>(undefined)
  const stage = useRef<Recorder['phase']>('idle')
  const gone = useRef(false)
  const go = (next: Recorder['phase']) => {
    stage.current = next
    if (!gone.current) setPhase(next)
  }
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
      take.current?.cancel()
    }
  }, [])
  const url = findings.held?.url
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url])

  const save = useCallback(
    async (recorded: Recorded, before: Held | undefined) => {
      go('saving')
      const audio = new Uint8Array(await recorded.audio.arrayBuffer())
      const result = await desk.call.saveRecording({ language, key, audio, seconds: recorded.seconds })
      if (result.ok) onSaved()
      if (!gone.current) {
        const kept = { held: before ?? hold(recorded), failure: result.ok ? undefined : result.error.code }
        setFindings({ ...noFindings, ...(result.ok ? { saved: recorded.seconds } : kept) })
      }
      go('idle')
    },
    [language, key, onSaved],
  )

  const record = async () => {
    go('opening')
    setFindings(noFindings)
    setLevel({ rms: 0, seconds: 0 })
    const begun = await open.record((rms, seconds) => !gone.current && setLevel({ rms, seconds }))
    if (typeof begun === 'string') {
      if (!gone.current) setFindings({ ...noFindings, problem: begun })
      return go('idle')
    }
    if (gone.current) return begun.cancel()
    take.current = begun
    go('recording')
    const recorded = await begun.recorded
    take.current = undefined
    if (gone.current || recorded === undefined) return go('idle')
    const problem = typeof recorded === 'string' ? recorded : judge(recorded.heard, recorded.seconds)
    if (typeof recorded === 'string' || problem === 'short' || problem === 'silent') {
      setFindings({ ...noFindings, problem })
      return go('idle')
    }
    if (problem === undefined) return save(recorded, undefined)
    setFindings({ ...noFindings, problem, held: hold(recorded) })
    go('idle')
  }

  return {
    phase,
    ...level,
    ...findings,
    toggle: () => {
      if (stage.current === 'idle') void record()
      else if (stage.current === 'recording') take.current?.stop()
    },
    cancel: () => take.current?.cancel(),
    keep: () => {
      const { held } = findings
      if (held && stage.current === 'idle') void save(held.recorded, held)
    },
  }
}

function hold(recorded: Recorded): Held {
  return { url: URL.createObjectURL(recorded.audio), recorded }
}
