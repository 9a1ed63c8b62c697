import { useTranslation } from 'react-i18next'
import { usualViewing, type DossierState } from '#domain/enrolment/index.ts'
import { groupPersonalNumber } from '#domain/person/index.ts'
import { useLanguages } from '../arrival/citizen-viewing.ts'

/** Who acted for the citizen, who found it right, in which language it was shown, who signed: each with its name. */
export function useConfirmed(state: DossierState): readonly (readonly [name: string, words: string])[] {
  const { t } = useTranslation()
  const languages = useLanguages()
  const { representative, pageConfirmed, signature, signingException: exception } = state
  const { language } = state.viewing ?? usualViewing
  const whose = signature ? t(`review.by.${signature.by ?? 'citizen'}`) : t('review.none')
  const refused =
    exception && t('review.not-signing', { reason: t(`check.cannot.reason.${exception.reason}`).toLowerCase() })
  const rows: [name: string, words: string][] = [
    [t('review.confirmed'), pageConfirmed ? t(`review.by.${pageConfirmed.by}`) : t('review.none')],
    [t('review.language'), languages.find(({ id }) => id === language)?.name ?? language],
    [t('review.signed'), refused ?? whose],
  ]
  if (representative) {
    const { name, number, relation } = representative
    const words = [name, t(`citizen.relation.${relation}`).toLowerCase(), inOneLine(number)]
    rows.unshift([t('citizen.representative-name'), words.join(' · ')])
  }
  if (exception) {
    const { mark, witness, witnessed } = exception
    if (mark) rows.push([t('review.mark'), t(`finger.${mark.finger}`)])
    const words = [witness.name, inOneLine(witness.number), ...(witnessed ? [] : [t('review.not-yet')])]
    rows.push([t('review.witness'), words.join(' · ')])
  }
  return rows
}

/** What `useConfirmed` knows, as a list. */
export function Confirmed({ state }: { readonly state: DossierState }) {
  const rows = useConfirmed(state)
  return (
    <dl className="confirmed">
      {rows.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Grouped, and never broken between its groups. */
function inOneLine(number: string): string {
  return groupPersonalNumber(number).replaceAll(' ', '\u00a0')
}
