import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { ageOn, confirmsFromAge, contradictions, parsePartialDate, parsePersonalNumber } from '#domain/person/index.ts'
import { proposedDetails } from '#domain/enrolment/index.ts'
import { FieldFailure } from '../../ui/notice.tsx'
import { declare } from '../declare.ts'
import { useDraft } from '../drafts.ts'
import { GroupedNumber } from './grouped-number.tsx'

export type NumberFieldProps = {
  readonly view: OfficerView
  /** A code scanner that types into this field: what it has typed so far. */
  readonly onCode: (text: string) => void
}

/** The personal number, grouped while it is typed, with what it says of its holder. */
export function NumberField({ view, onCode }: NumberFieldProps) {
  const { t } = useTranslation()
  const draft = useDraft(view, 'declared.personalNumber', view.state.declared.personalNumber ?? '')
  const [failure, setFailure] = useState<FailureCode>()
  // The digits that a scanner typed here belong to its code: leaving the field must not declare them.
  const handedOver = useRef(false)
  const digits = draft.text.replace(/\D/gu, '').slice(0, 12)

  const takeCode = (text: string) => {
    handedOver.current = /[|<]/u.test(text)
    if (!handedOver.current) return false
    draft.reset()
    onCode(text.replace(/^[\d\s]+(?=\||[^\d\s])/u, (number) => number.replace(/\s/gu, '')))
    return true
  }
  const commit = async (number: string) => {
    const wrong = await declare('personalNumber', number)
    setFailure(wrong)
    if (wrong === undefined) draft.settle(number)
  }
  return (
    <div className="number">
      <GroupedNumber
        className="big"
        label={t('arrival.number')}
        digits={digits}
        onDigits={(next) => {
          setFailure(undefined)
          draft.type(next)
        }}
        onOther={takeCode}
        focused
        onBlur={() => {
          if (!handedOver.current && draft.changed && (digits.length === 12 || digits === '')) void commit(digits)
        }}
        onEnter={() => {
          if (!draft.changed) return false
          void commit(digits)
          return true
        }}
        {...(failure !== undefined && { error: <FieldFailure code={failure} /> })}
      />
      <NumberFacts view={view} digits={digits} />
    </div>
  )
}

/** Province, sex and year of birth as the number has them, and where they disagree with what is known. */
function NumberFacts({ view, digits }: { readonly view: OfficerView; readonly digits: string }) {
  const { t } = useTranslation()
  if (digits.length < 12)
    return (
      <p className="field-note">
        {digits === '' ? t('arrival.number-note') : t('arrival.number-left', { count: 12 - digits.length })}
      </p>
    )
  const facts = parsePersonalNumber(digits)
  const known = proposedDetails(view.state)
  const birthYear = yearOf(known.birthDate)
  const against = contradictions(facts, {
    ...(known.sex !== undefined && { sex: known.sex }),
    ...(birthYear !== undefined && { birthYear }),
  })
  // With a birth date it is known, and said where the representative is asked for.
  const young = birthYear === undefined && ageOn({ year: facts.birthYear }, view.state.day) < confirmsFromAge
  return (
    <div role="status">
      <p className="number-facts">
        {[
          facts.province ?? t('arrival.prefix-unknown'),
          t(`sex.${facts.sex}`),
          t('arrival.born', { year: facts.birthYear }),
        ].join(' · ')}
      </p>
      {against.map((each) => (
        <p key={each} className="field-note field-note-doubt">
          {t(`arrival.against.${each}`)}
        </p>
      ))}
      {young && <p className="field-note field-note-doubt">{t('arrival.young')}</p>}
    </div>
  )
}

function yearOf(birthDate: string | undefined): number | undefined {
  try {
    return birthDate === undefined ? undefined : parsePartialDate(birthDate).year
  } catch {
    return undefined
  }
}
