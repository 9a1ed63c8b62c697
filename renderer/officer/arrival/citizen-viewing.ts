import { create } from 'zustand'
import { useEffect, useRef } from 'react'
import type { LanguageView, OfficerView } from '#contract/index.ts'
import { usualViewing, type Viewing } from '#domain/enrolment/index.ts'
import { formOfAddress, type FormOfAddress } from '#domain/person/index.ts'
import { proposedDetails } from '#domain/enrolment/index.ts'
import { useAct, type Act } from '../../state/act.ts'
import { useOwned } from '../../state/owned.ts'
import { desk } from '../desk.ts'

const fetchLanguages = () => desk.call.languages({})

/** Languages a citizen can be offered: ours, and each pack with something in it. */
export function useLanguages(): readonly LanguageView[] {
  const { value = [] } = useOwned(fetchLanguages, desk.on.languagesChanged)
  return value.filter(({ id, texts, recordings }) => id === 'vi' || id === 'en' || texts + recordings > 0)
}

/** The citizen's card is open beside the identity bar. */
export const citizenCard = create<{ readonly open: boolean }>(() => ({ open: false }))

/** How the citizen's screen speaks, and the act that changes a part of it. */
export function useViewing({ state }: OfficerView): {
  readonly viewing: Viewing
  readonly change: (part: Partial<Viewing>) => void
  readonly act: Act
} {
  const act = useAct()
  const viewing = state.viewing ?? usualViewing
  // Two quick changes: the second must not undo the first, which may still be on its way.
  const wanted = useRef(viewing)
  const stored = JSON.stringify(viewing)
  useEffect(() => {
    wanted.current = JSON.parse(stored) as Viewing
  }, [stored])
  const change = (part: Partial<Viewing>) => {
    wanted.current = { ...wanted.current, ...part }
    void desk.call.chooseViewing(wanted.current).then((result) => {
      if (result.ok) return
      wanted.current = viewing
      void act.run(() => Promise.resolve(result))
    })
  }
  return { viewing, change, act }
}

/** How the citizen is called, and how they would be if nobody chose. */
export function addressesOf({ state }: OfficerView): {
  readonly chosen: FormOfAddress | undefined
  readonly automatic: FormOfAddress
} {
  return {
    chosen: state.address,
    automatic: formOfAddress(state.confirmed ?? proposedDetails(state), state.day),
  }
}
