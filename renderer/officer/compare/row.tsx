import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import {
  sourceOrder,
  type ComparedField,
  type ComparedValue,
  type Finding,
  type Source,
} from '#domain/enrolment/index.ts'
import type { TextRelation } from '#domain/person/index.ts'
import { CorrectField } from './correct-field.tsx'
import { Marked } from './marked.tsx'

export type RowProps = {
  readonly view: OfficerView
  readonly compared: ComparedField
  readonly findings: readonly Finding[]
  readonly current: boolean
  readonly column: number
  readonly editing: boolean
  readonly onFocusCell: (column: number) => void
  readonly onChoose: (source: Source) => void
  readonly onEdit: () => void
  readonly onEditEnd: () => void
}

/** One detail: what each source says, the chosen value bold, the letters that differ marked and the reason beside them. */
export function Row(props: RowProps) {
  const { view, compared, findings, current, column, editing, onFocusCell, onChoose, onEdit, onEditEnd } = props
  const { t } = useTranslation()
  const { field, values, source: chosen, value: proposed, differs } = compared
  const against = findings.find(({ code }) => code === 'number-contradicts')
  const missing = findings.some(({ code }) => code === 'detail-missing')
  const malformed = findings.some(({ code }) => code === 'detail-malformed')
  const changed = findings.some(({ code }) => code === 'changed-since-compared')
  return (
    <tr data-doubtful={differs || against !== undefined || missing || malformed} data-current={current}>
      <th scope="row">
        {t(`field.${field}`)}
        {changed && <span className="row-reason">{t('compare.changed')}</span>}
      </th>
      {sourceOrder.map((source, index) => {
        const own = values[source]
        const reason = own && reasonOf(field, own, proposed ?? '')
        const isChosen = source === chosen
        if (source === 'declared' && editing) {
          return (
            <td key={source}>
              <CorrectField
                view={view}
                field={field}
                from={own?.value ?? proposed ?? ''}
                onDone={onEditEnd}
                onCancel={onEditEnd}
              />
            </td>
          )
        }
        return (
          <td key={source}>
            <button
              type="button"
              className="cell"
              data-cell={`${field}/${source}`}
              aria-pressed={isChosen}
              aria-disabled={own === undefined}
              tabIndex={current && column === index ? 0 : -1}
              onFocus={() => onFocusCell(index)}
              onClick={() => (own ? onChoose(source) : source === 'declared' && onEdit())}
              onDoubleClick={() => source === 'declared' && onEdit()}
            >
              <span className="cell-value">
                {own ? (
                  <Marked
                    value={own.value}
                    against={reason === undefined || reason === 'partial-date' ? undefined : proposed}
                  />
                ) : missing && source === 'declared' ? (
                  t('compare.missing')
                ) : (
                  '—'
                )}
              </span>
              {reason !== undefined && <span className="row-reason">{t(`relation.${reason}`)}</span>}
              {own && isChosen && differs && <span className="row-chosen">{t('compare.chosen')}</span>}
              {own && isChosen && against && (
                <span className="row-reason">
                  {t(`compare.against.${field}`, { defaultValue: t('compare.against.other') })}
                </span>
              )}
              {own && isChosen && malformed && <span className="row-reason">{t('compare.malformed')}</span>}
            </button>
          </td>
        )
      })}
    </tr>
  )
}

/** Why a value differs from the proposed one; undefined when nothing is to be said. */
function reasonOf(
  field: ComparedField['field'],
  { value, relation }: ComparedValue,
  proposed: string,
): TextRelation | 'partial-date' | undefined {
  if (relation === 'same' || relation === 'case') return undefined
  if (field === 'birthDate' && (proposed.endsWith(`/${value}`) || value.endsWith(`/${proposed}`))) return 'partial-date'
  return relation
}
