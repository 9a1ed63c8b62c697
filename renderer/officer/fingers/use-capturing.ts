import { useCallback, useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { OfficerView } from '#contract/index.ts'
import type { CaptureStep } from '#domain/biometrics/index.ts'
import { fingerProgress, type FingerProgress, type StepStanding } from '#domain/enrolment/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { useAct } from '../../state/act.ts'
import { useDialogOpen } from '../../ui/keys.ts'
import { desk } from '../desk.ts'
import { afterLink, stepAfter, type ChainLink } from './chain.ts'

/** For as long as the window lives. */
const chainSwitch = create<{ readonly on: boolean }>(() => ({ on: true }))

export type Capturing = {
  readonly progress: FingerProgress
  /** The capture on the screen. */
  readonly step: CaptureStep
  readonly standing: StepStanding
  /** What comes after it, when there is anything left. */
  readonly next: CaptureStep | undefined
  readonly underWay: boolean
  readonly failure: FailureCode | undefined
  readonly capture: (step: CaptureStep) => void
  readonly choose: (step: CaptureStep) => void
  readonly stop: () => void
  readonly shoot: () => void
  readonly stopping: boolean
  readonly shooting: boolean
  /** One good capture leads to the next by itself. */
  readonly chain: {
    readonly on: boolean
    readonly runs: boolean
    readonly set: (on: boolean) => void
    readonly end: () => void
  }
}

/** Which capture is on the screen, what is under way, and the chain from one to the next. */
export function useCapturing({ state }: OfficerView): Capturing {
  const progress = fingerProgress(state)
  const { plan, open } = progress
  const [wanted, setWanted] = useState<CaptureStep>()
  const capturing = useAct()
  const stopping = useAct()
  const shooting = useAct()
  const { on } = chainSwitch()
  const [link, setLink] = useState<ChainLink>()
  const dialogOpen = useDialogOpen()

  const underWay = state.fingerAttempt !== undefined || capturing.busy
  const chosen = wanted !== undefined && plan.steps.includes(wanted) ? wanted : undefined
  const step = state.fingerAttempt?.step ?? chosen ?? open ?? plan.steps[0] ?? 'right-four'
  // The step that was just taken stays in view until the officer goes on.
  useEffect(() => setWanted((before) => before ?? step), [step])

  const { run } = capturing
  const { tries } = state
  const capture = (next: CaptureStep) => {
    setWanted(next)
    setLink(on && !dialogOpen ? { step: next, before: tries[next]?.length ?? 0 } : undefined)
    void run(() => desk.call.captureFingers({ step: next })).then((taken) => {
      if (!taken) setLink(undefined)
    })
  }
  const forge = useRef(capture)
  useEffect(() => {
    forge.current = capture
  })
  useEffect(() => {
    if (!link || capturing.busy) return
    const then = on && !dialogOpen ? afterLink(state, link) : 'stop'
    if (then === 'wait') return
    if (then === 'stop') setLink(undefined)
    else forge.current(then)
  }, [link, capturing.busy, on, dialogOpen, state])
  const end = useCallback(() => setLink(undefined), [])

  return {
    progress,
    step,
    standing: progress.steps[step] ?? 'untouched',
    next: stepAfter(progress, step),
    underWay,
    failure: underWay
      ? undefined
      : (capturing.failure?.code ?? state.fingerFailure ?? stopping.failure?.code ?? shooting.failure?.code),
    capture,
    choose: (next) => {
      if (underWay) return
      capturing.clear()
      setLink(undefined)
      setWanted(next)
    },
    stop: () => {
      setLink(undefined)
      void stopping.run(() => desk.call.stopCapture({}))
    },
    shoot: () => void shooting.run(() => desk.call.shootFingers({})),
    stopping: stopping.busy,
    shooting: shooting.busy,
    chain: { on, runs: link !== undefined, set: (next) => chainSwitch.setState({ on: next }), end },
  }
}
