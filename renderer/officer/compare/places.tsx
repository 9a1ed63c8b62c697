import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#contract/index.ts'
import { compareSources, type DossierState } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

type Found = CallOutput<'placeCandidates'>

/** Where the residence of an old card lies now; undefined when its names are today's, or nobody knows. */
export function usePlaces(state: DossierState): Found | undefined {
  const residence = compareSources(state).find(({ field }) => field === 'residence')?.value
  const day = isoDay(state.chip?.issued ?? state.qr?.issued)
  const [found, setFound] = useState<{ readonly of: string; readonly places: Found }>()
  useEffect(() => {
    if (residence === undefined) return
    let stopped = false
    void desk.call.placeCandidates({ address: residence, day }).then((answer) => {
      if (!stopped && answer.ok) setFound({ of: residence, places: answer.value })
    })
    return () => {
      stopped = true
    }
  }, [residence, day])
  if (found?.of !== residence) return undefined
  return found?.places.known === 'one' || found?.places.known === 'several' ? found.places : undefined
}

/** The new names of the residence: one to take, or several to choose from; nothing is changed by itself. */
export function Places({ places }: { readonly places: Found }) {
  const { t } = useTranslation()
  const act = useAct()
  const take = (value: string) =>
    void act.run(async () => {
      const declared = await desk.call.declareDetail({ field: 'residence', value })
      return declared.ok ? desk.call.chooseSource({ field: 'residence', source: 'declared' }) : declared
    })
  return (
    <Notice
      kind="doubt"
      acts={places.candidates.slice(0, mostShown).map(({ address, because }, index) => (
        <Button
          key={address}
          onPress={() => take(address)}
          busy={act.busy}
          {...(index === 0 && places.candidates.length === 1 && { keys: 'Ctrl+P' })}
        >
          <span title={because}>{address}</span>
        </Button>
      ))}
    >
      {t(places.known === 'one' ? 'compare.places.one' : 'compare.places.several')}
    </Notice>
  )
}

/** More than this do not help a choice; the address is corrected by hand then. */
const mostShown = 4

/** dd/MM/yyyy as cards have it, as an ISO date; '' for anything else. */
function isoDay(day: string | undefined): string {
  const [, date, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(day ?? '') ?? []
  return year === undefined ? '' : `${year}-${month}-${date}`
}
