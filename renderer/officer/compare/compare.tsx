import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { compareSources, findings, sourceOrder, type DossierState, type Source } from '#domain/enrolment/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Dot } from '../../ui/pill.tsx'
import { trustTones } from '../arrival/chip-panel.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { Places, usePlaces } from './places.tsx'
import { Row } from './row.tsx'

/** F2: the sources side by side; which value is right is decided here, while the citizen is present. */
export function Compare({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { state } = view
  const rows = compareSources(state)
  const found = findings(state).filter(({ step }) => step === 'compare')
  const confirming = useAct()
  const choosing = useAct()
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState({
    row: Math.max(
      0,
      rows.findIndex(({ differs }) => differs),
    ),
    column: 0,
  })
  const [editing, setEditing] = useState<DetailField>()

  const focus = (row: number, column: number) => {
    const target = { row: clamp(row, rows.length), column: clamp(column, sourceOrder.length) }
    setAt(target)
    const field = rows[target.row]?.field
    table.current?.querySelector<HTMLElement>(`[data-cell="${field}/${sourceOrder[target.column]}"]`)?.focus()
  }
  const choose = (field: DetailField, source: Source) =>
    void choosing.run(() => desk.call.chooseSource({ field, source }))
  const chooseIn = (row: number, source: Source | undefined) => {
    const compared = rows[row]
    if (compared && source && compared.values[source]) choose(compared.field, source)
    else if (compared && source === 'declared') setEditing(compared.field)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (editing !== undefined) return
    const move = moves[event.key]
    if (move) focus(at.row + move[0], at.column + move[1])
    else if (event.key === ' ' && !event.repeat) chooseIn(at.row, sourceOrder[at.column])
    else if (/^[123]$/u.test(event.key) && !event.repeat) chooseIn(at.row, sourceOrder[Number(event.key) - 1])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const finishEditing = () => {
    setEditing(undefined)
    requestAnimationFrame(() => focus(at.row, at.column))
  }
  const confirm = async () => {
    if (await confirming.run(() => desk.call.confirmComparison({}))) leave('documents')
  }
  const missing = found
    .filter(({ code }) => code === 'detail-missing')
    .flatMap(({ field }) => (field ? [t(`field.${field}`)] : []))
  const failure = confirming.failure ?? choosing.failure
  const places = usePlaces(state)
  return (
    <Screen
      title={t('compare.title')}
      task={found.some(({ code }) => code === 'sources-differ') ? t('compare.task-differs') : t('compare.task-same')}
      notice={
        failure ? (
          <FailureNotice code={failure.code} />
        ) : missing.length > 0 ? (
          <Notice kind="doubt">{t('compare.task-missing', { fields: missing.join(', ') })}</Notice>
        ) : (
          places && <Places places={places} />
        )
      }
      left={
        <Button keys="Ctrl+D" onPress={() => setEditing(rows[at.row]?.field)} isDisabled={editing !== undefined}>
          {t('compare.correct', { field: t(`field.${rows[at.row]?.field ?? 'fullName'}`).toLowerCase() })}
        </Button>
      }
      right={
        <>
          <Button
            keys="Escape"
            onPress={() => leave(stepBefore('compare'))}
            isDisabled={editing !== undefined}
            busy={leaving}
          >
            {t('back')}
          </Button>
          <NextButton
            keys="Enter"
            onPress={() => void confirm()}
            isDisabled={editing !== undefined}
            busy={confirming.busy || leaving}
          >
            {t('compare.next')}
          </NextButton>
        </>
      }
    >
      <table className="compare" ref={table} onKeyDown={handleKey} data-keys="screen">
        <thead>
          <tr>
            <th scope="col">{t('compare.detail')}</th>
            {sourceOrder.map((source, index) => (
              <SourceHead key={source} source={source} place={index + 1} state={state} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((compared, index) => (
            <Row
              key={compared.field}
              view={view}
              compared={compared}
              findings={found.filter(({ field }) => field === compared.field)}
              current={index === at.row}
              column={at.column}
              editing={editing === compared.field}
              onFocusCell={(column) => setAt({ row: index, column })}
              onChoose={(source) => choose(compared.field, source)}
              onEdit={() => setEditing(compared.field)}
              onEditEnd={finishEditing}
            />
          ))}
        </tbody>
      </table>
    </Screen>
  )
}

function SourceHead({
  source,
  place,
  state,
}: {
  readonly source: Source
  readonly place: number
  readonly state: DossierState
}) {
  const { t } = useTranslation()
  const words =
    source === 'chip'
      ? state.chip
        ? t(`compare.chip.${state.chip.trust}`)
        : t('compare.chip.none')
      : source === 'qr'
        ? t(state.qr ? 'compare.qr' : 'compare.qr-none')
        : t('compare.declared')
  const tone = source === 'chip' && state.chip ? trustTones[state.chip.trust] : 'quiet'
  return (
    <th scope="col">
      <span className="source">
        {source !== 'declared' && <Dot tone={tone} />}
        {words}
        <kbd className="key-hint">{place}</kbd>
      </span>
    </th>
  )
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function clamp(n: number, count: number): number {
  return Math.min(count - 1, Math.max(0, n))
}
