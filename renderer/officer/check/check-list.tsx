import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { answerTo, type Answer, type DossierState } from '#domain/enrolment/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { CorrectField } from '../compare/correct-field.tsx'
import { desk } from '../desk.ts'
import { readable } from '../words.ts'

const tones: Readonly<Record<Answer, Tone>> = { right: 'good', wrong: 'danger', unsure: 'doubt' }

export type CheckListProps = {
  readonly view: OfficerView
  readonly fields: readonly DetailField[]
  readonly asked: DetailField | undefined
  readonly selected: DetailField | undefined
  readonly editing: DetailField | undefined
  readonly onPick: (field: DetailField) => void
  readonly onKey: (event: KeyboardEvent) => void
  readonly onEditEnd: () => void
  readonly listRef: Ref<HTMLOListElement>
}

/** Every detail with what was said of it and by whom; the one that is corrected is a field. */
export function CheckList(props: CheckListProps) {
  const { view, fields, asked, selected, editing, onPick, onKey, onEditEnd, listRef } = props
  const { t } = useTranslation()
  const { state } = view
  return (
    <ol className="check-list" ref={listRef} onKeyDown={onKey} data-keys="screen">
      {fields.map((field) => (
        <li
          key={field}
          className="check-item"
          data-answer={givenTo(state, field)?.answer}
          data-asked={field === asked}
          data-selected={field === selected}
        >
          {editing === field ? (
            <div className="check-row">
              <span className="check-field">{t(`field.${field}`)}</span>
              <CorrectField
                view={view}
                field={field}
                from={state.confirmed?.[field] ?? ''}
                after={() => desk.call.confirmComparison({})}
                onDone={onEditEnd}
                onCancel={onEditEnd}
              />
            </div>
          ) : (
            <button
              type="button"
              className="check-row"
              data-field={field}
              aria-current={field === selected}
              tabIndex={field === selected ? 0 : -1}
              onClick={() => onPick(field)}
              onFocus={() => onPick(field)}
            >
              <span className="check-field">{t(`field.${field}`)}</span>
              <span className="check-value">{readable(field, state.confirmed?.[field] ?? '')}</span>
              <AnswerPill state={state} field={field} asked={field === asked} />
            </button>
          )}
        </li>
      ))}
    </ol>
  )
}

function AnswerPill({
  state,
  field,
  asked,
}: {
  readonly state: DossierState
  readonly field: DetailField
  readonly asked: boolean
}) {
  const { t } = useTranslation()
  const given = givenTo(state, field)
  if (!given) return <Pill tone={asked ? 'info' : 'quiet'}>{t(asked ? 'check.asking' : 'check.later')}</Pill>
  return (
    <Pill tone={tones[given.answer]}>{t(`check.by-${given.by}`, { answer: t(`check.given.${given.answer}`) })}</Pill>
  )
}

/** The answer to what is confirmed now, and who gave it. */
function givenTo(state: DossierState, field: DetailField) {
  const value = state.confirmed?.[field]
  const answer = value === undefined ? undefined : answerTo(state, { field, value })
  const by = state.answers[field]?.by
  return answer && by && { answer, by }
}
