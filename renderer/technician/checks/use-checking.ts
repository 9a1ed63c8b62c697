import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallInput, EventData } from '#contract/index.ts'
import type { CheckReport, Subject } from '#domain/diagnosis/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { desk } from '../desk.ts'

export type Running =
  | { readonly what: 'device'; readonly device: string; readonly prompt?: EventData<'checkPrompt'> }
  | {
      readonly what: 'part'
      readonly part: CallInput<'checkPart'>['part']
      readonly question?: EventData<'partQuestion'>
    }
  /** Without `subject` all of the station. */
  | { readonly what: 'station'; readonly subject?: Subject }

export type Checking = {
  readonly reports: readonly CheckReport[]
  readonly running: Running | undefined
  /** Why the last test did not come to an end, and of what. */
  readonly failure: { readonly key: string; readonly code: FailureCode } | undefined
  readonly checkDevice: (device: string) => void
  readonly checkStation: (subject?: Subject) => void
  readonly checkPart: (wish: CallInput<'checkPart'>) => void
  readonly answerPart: (answer: CallInput<'answerPart'>['answer']) => void
  readonly goOn: () => void
  readonly stop: () => void
  /** The outcome of a test that this window made itself. */
  readonly keepOwn: (report: CheckReport) => void
}

export const deviceKey = (device: string) => `device ${device}`
export const subjectKey = (subject: Subject) => `subject ${subject}`
/** Of all of the station. */
export const stationKey = 'station'

/** The one test that may run, and the last outcome of each. */
export function useChecking(): Checking {
  const [reports, setReports] = useState<readonly CheckReport[]>([])
  const [running, setRunning] = useState<Running>()
  const [failure, setFailure] = useState<Checking['failure']>()
  const under = useRef(false)

  // Not by their time: after a clock was put right, what is new may be dated before what is old.
  const keep = useCallback((fresh: readonly CheckReport[]) => setReports((known) => lastOf([...known, ...fresh])), [])
  useEffect(() => {
    void desk.call.checks({}).then((result) => {
      if (result.ok) setReports((known) => lastOf([...result.value, ...known]))
    })
    const stops = [
      desk.on.checkPrompt((prompt) =>
        setRunning((now) => (now?.what === 'device' && now.device === prompt.device ? { ...now, prompt } : now)),
      ),
      desk.on.partQuestion((question) =>
        setRunning((now) => (now?.what === 'part' && now.part === question.part ? { ...now, question } : now)),
      ),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])

  const begin = useCallback(
    async (next: Running, key: string, ask: () => Promise<readonly CheckReport[] | FailureCode>) => {
      if (under.current) return
      under.current = true
      setRunning(next)
      setFailure(undefined)
      const outcome = await ask()
      under.current = false
      setRunning(undefined)
      if (typeof outcome === 'string') setFailure({ key, code: outcome })
      else keep(outcome)
    },
    [keep],
  )
  const checkDevice = useCallback(
    (device: string) =>
      void begin({ what: 'device', device }, deviceKey(device), async () => {
        const result = await desk.call.checkDevice({ device })
        return result.ok ? [result.value] : result.error.code
      }),
    [begin],
  )
  const checkPart = useCallback(
    (wish: CallInput<'checkPart'>) =>
      void begin({ what: 'part', part: wish.part }, subjectKey(wish.part), async () => {
        const result = await desk.call.checkPart(wish)
        return result.ok ? [result.value] : result.error.code
      }),
    [begin],
  )
  const answerPart = useCallback((answer: CallInput<'answerPart'>['answer']) => {
    // The next question, or the end, comes by itself.
    setRunning((now) => (now?.what === 'part' ? { what: 'part', part: now.part } : now))
    void desk.call.answerPart({ answer })
  }, [])
  const checkStation = useCallback(
    (subject?: Subject) =>
      void begin(
        { what: 'station', ...(subject && { subject }) },
        subject ? subjectKey(subject) : stationKey,
        async () => {
          const result = await desk.call.checkStation(subject ? { subjects: [subject] } : {})
          return result.ok ? result.value : result.error.code
        },
      ),
    [begin],
  )
  const keepOwn = useCallback(
    (report: CheckReport) => {
      keep([report])
      void desk.call.keepCheck({ report })
    },
    [keep],
  )
  return {
    reports,
    running,
    failure,
    keepOwn,
    checkDevice,
    checkStation,
    checkPart,
    answerPart,
    goOn: () => void desk.call.goOnChecking({}),
    stop: () => void (running?.what === 'part' ? desk.call.stopPart({}) : desk.call.stopChecking({})),
  }
}

/** The last one of each subject and device. */
function lastOf(reports: readonly CheckReport[]): readonly CheckReport[] {
  return [...new Map(reports.map((each) => [`${each.subject} ${each.device ?? ''}`, each])).values()]
}
