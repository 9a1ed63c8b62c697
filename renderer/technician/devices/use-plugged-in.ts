import { useCallback, useEffect, useState } from 'react'
import type { CallOutput, PluggedInView } from '#contract/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { useOwned } from '../../state/owned.ts'
import { desk } from '../desk.ts'
import type { Proposal } from './plugged-words.ts'

/** What goes and comes again under the same key may be another device. */
type Answer = { readonly since: string; readonly proposals: readonly Proposal[] }

const askPluggedIn = () => desk.call.pluggedIn({})

/** What is plugged in, what cannot be looked at, and asking one of them what it is. */
export function usePluggedIn() {
  const plugged = useOwned(askPluggedIn, desk.on.pluggedInChanged)
  const [unlisted, setUnlisted] = useState<CallOutput<'unlistedTransports'>>([])
  const [asking, setAsking] = useState<string>()
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map())
  const [failure, setFailure] = useState<{ readonly address: string; readonly code: FailureCode }>()
  const { value } = plugged

  // A line that was missing may be there by the time that something else is plugged in.
  useEffect(() => {
    let shown = true
    void desk.call.unlistedTransports({}).then((result) => shown && result.ok && setUnlisted(result.value))
    return () => {
      shown = false
    }
  }, [value])

  const probe = useCallback(async ({ key, address, since }: PluggedInView) => {
    setAsking(key)
    setFailure(undefined)
    const result = await desk.call.probeDevice({ key })
    setAsking(undefined)
    if (result.ok) setAnswers((known) => new Map(known).set(key, { since, proposals: result.value.proposals }))
    // Who stopped it knows.
    else if (result.error.code !== 'CANCELLED') setFailure({ address, code: result.error.code })
  }, [])

  const stop = useCallback((key: string) => void desk.call.stopProbing({ key }), [])

  const answered = ({ key, since }: PluggedInView) => {
    const answer = answers.get(key)
    return answer?.since === since ? answer.proposals : undefined
  }
  return {
    plugged,
    unlisted,
    asking,
    failure,
    asked: new Set((value ?? []).filter((one) => answered(one)).map(({ key }) => key)),
    proposalsOf: (one: PluggedInView) => answered(one) ?? one.proposals,
    probe,
    stop,
  }
}
