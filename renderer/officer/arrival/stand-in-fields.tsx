import { useTranslation } from 'react-i18next'
import type { Failure } from '#domain/failure/index.ts'
import { parsePersonalNumber } from '#domain/person/index.ts'
import { Field } from '../../ui/field.tsx'
import { SeeGuide } from '../../ui/guide/see-guide.tsx'
import { FieldFailure } from '../../ui/notice.tsx'
import type { useDraft } from '../drafts.ts'
import { GroupedNumber } from './grouped-number.tsx'

export type StandInFieldsProps = {
  readonly name: ReturnType<typeof useDraft>
  readonly number: ReturnType<typeof useDraft>
  readonly failure: Failure | undefined
  /** Enter in one of the fields. */
  readonly onEnter: () => void
  /** Another text is typed: what was refused is no longer there. */
  readonly onType: () => void
}

/** Name and number of somebody who stands in for the citizen or beside them; a refusal stands at the number. */
export function StandInFields({ name, number, failure, onEnter, onType }: StandInFieldsProps) {
  const { t } = useTranslation()
  const enter = () => {
    onEnter()
    return true
  }
  const error =
    failure?.code === 'REPRESENTATIVE_UNFIT' ? (
      <>
        {t(failure.context['reason'] === 'same-person' ? 'citizen.unfit.same-person' : 'citizen.unfit.too-young')}{' '}
        <SeeGuide code={failure.code} />
      </>
    ) : failure?.code === 'NUMBER_FORMAT' ? (
      <FieldFailure code={failure.code} />
    ) : undefined
  return (
    <div className="stand-in">
      <Field
        label={t('citizen.name')}
        value={name.text}
        onChange={(text) => {
          onType()
          name.type(text)
        }}
        onEnter={enter}
        maxLength={200}
        autoFocus
      />
      <GroupedNumber
        label={t('citizen.number')}
        digits={number.text}
        onDigits={(digits) => {
          onType()
          number.type(digits)
        }}
        onEnter={enter}
        note={error === undefined ? factsOf(number.text, t) : undefined}
        {...(error !== undefined && { error })}
      />
    </div>
  )
}

/** Said at the field, not below the form. */
export function isOfNumber(failure: Failure | undefined): boolean {
  return failure?.code === 'REPRESENTATIVE_UNFIT' || failure?.code === 'NUMBER_FORMAT'
}

function factsOf(digits: string, t: ReturnType<typeof useTranslation>['t']): string {
  if (digits.length < 12) return t('citizen.number-note')
  const { province, sex, birthYear } = parsePersonalNumber(digits)
  return [province ?? t('arrival.prefix-unknown'), t(`sex.${sex}`), t('arrival.born', { year: birthYear })].join(' · ')
}
