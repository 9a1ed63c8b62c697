import { useCallback, useEffect, useRef, useState } from 'react'
import { verdictOf, type CheckReport, type Subject } from '#domain/diagnosis/index.ts'
import { tidy, wait, type Outcome, type Tools } from './steps.ts'

export type Step = {
  readonly prompt: string
  readonly done: number
  /** `nothing`: only said. */
  readonly wants: 'nothing' | 'go-on' | 'yes-or-no'
}

export type WindowCheck = {
  /** Undefined while no test runs. */
  readonly step: Step | undefined
  readonly begin: (run: (tools: Tools) => Promise<Outcome>) => void
  readonly answer: (yes: boolean) => void
  readonly stop: () => void
}

const longestWait = 60_000

/** A test that this window makes itself; it ends when the component that shows it goes. */
export function useWindowCheck(
  of: { readonly subject: Subject; readonly device?: string },
  keep: (report: CheckReport) => void,
): WindowCheck {
  const [step, setStep] = useState<Step>()
  const under = useRef<AbortController>(undefined)
  const waiting = useRef<(yes: boolean) => void>(undefined)
  const { subject, device } = of
  useEffect(() => () => under.current?.abort(), [])

  const begin = useCallback(
    (run: (tools: Tools) => Promise<Outcome>) => {
      if (under.current) return
      const control = new AbortController()
      under.current = control
      const { signal } = control
      const answered = () =>
        new Promise<boolean>((resolve) => {
          waiting.current = resolve
        })
      const tools: Tools = {
        signal,
        show: (prompt, done) => !signal.aborted && setStep({ prompt, done, wants: 'nothing' }),
        ask: async (prompt, done) => {
          signal.throwIfAborted()
          setStep({ prompt, done, wants: 'go-on' })
          await Promise.race([answered(), wait(longestWait, signal)])
        },
        askWhether: async (prompt, done) => {
          signal.throwIfAborted()
          setStep({ prompt, done, wants: 'yes-or-no' })
          const ended = Promise.withResolvers<never>()
          signal.addEventListener('abort', () => ended.reject(signal.reason as Error), { once: true })
          return Promise.race([answered(), ended.promise])
        },
      }
      const began = performance.now()
      void run(tools)
        .then(({ found, figures }) => {
          if (signal.aborted) return
          keep({
            subject,
            ...(device !== undefined && { device }),
            verdict: verdictOf(found),
            found: found.map((each) => (each.figures ? { ...each, figures: tidy(each.figures) } : each)),
            figures: tidy(figures),
            at: new Date().toISOString(),
            took: Math.round(performance.now() - began),
          })
        })
        .catch((error: unknown) => {
          if (!signal.aborted) throw error
        })
        .finally(() => {
          if (under.current !== control) return
          under.current = undefined
          waiting.current = undefined
          setStep(undefined)
        })
    },
    [subject, device, keep],
  )
  const answer = useCallback((yes: boolean) => {
    waiting.current?.(yes)
    waiting.current = undefined
  }, [])
  const stop = useCallback(() => under.current?.abort(), [])
  return { step, begin, answer, stop }
}
