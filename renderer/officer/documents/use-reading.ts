import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallOutput } from '#contract/index.ts'
import type { DocumentTaken, DossierState } from '#domain/enrolment/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { desk } from '../desk.ts'

type Read = CallOutput<'readPage'>
type Wanted = 'codes' | 'mrz' | 'text'

export type Reading = {
  /** The page that is read or was read last. */
  readonly name: string | undefined
  readonly busy: boolean
  readonly found: Read | undefined
  readonly failure: FailureCode | undefined
  readonly read: (document: DocumentTaken) => void
  readonly close: () => void
}

type State = Pick<Reading, 'name' | 'busy' | 'found' | 'failure'>
const closed: State = { name: undefined, busy: false, found: undefined, failure: undefined }

/** Reads pages when asked; the sides of the old card by themselves, for what no source has said yet. */
export function useReading({ documents, qr, mrz }: DossierState): Reading {
  const [state, setState] = useState<State>(closed)
  const turn = useRef(0)
  const known = useRef(new Set(documents.map(({ picture }) => picture.name)))

  /** `unasked`: nothing is shown unless something was found. */
  const run = useCallback(async (name: string, wanted: readonly Wanted[], unasked = false) => {
    const own = ++turn.current
    setState(unasked ? closed : { ...closed, name, busy: true })
    let found: Read = { codes: [], texts: [] }
    let failure: FailureCode | undefined
    for (const each of wanted) {
      const result = await desk.call.readPage({ name, wanted: each })
      if (own !== turn.current) return
      if (result.ok) found = merged(found, result.value)
      else failure = result.error.code
    }
    const silent = unasked && found.codes.length === 0 && !found.mrz
    setState(silent ? closed : { name, busy: false, found, failure })
  }, [])

  useEffect(() => {
    const fresh = documents.filter(({ picture }) => !known.current.has(picture.name))
    for (const { picture } of fresh) known.current.add(picture.name)
    const last = fresh.at(-1)
    if (!last) return
    if (last.kind === 'old-card-front' && !qr) void run(last.picture.name, ['codes'], true)
    if (last.kind === 'old-card-back') {
      const wanted: Wanted[] = [...(qr ? [] : (['codes'] as const)), ...(mrz ? [] : (['mrz'] as const))]
      if (wanted.length > 0) void run(last.picture.name, wanted, true)
    }
  }, [documents, qr, mrz, run])

  const read = useCallback(
    ({ kind, picture }: DocumentTaken) =>
      void run(picture.name, kind === 'old-card-back' ? ['codes', 'mrz', 'text'] : ['codes', 'text']),
    [run],
  )
  const close = useCallback(() => {
    turn.current++
    setState(closed)
  }, [])
  return { ...state, read, close }
}

function merged(one: Read, other: Read): Read {
  const mrz = one.mrz ?? other.mrz
  return {
    codes: [...one.codes, ...other.codes],
    texts: [...one.texts, ...other.texts],
    ...(mrz && { mrz }),
  }
}
