import { Copy, MonitorCheck, Stethoscope } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput, Parts } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dot } from '../../ui/pill.tsx'
import { CallNotice } from '../call-notice.tsx'
import { tabSeparated } from '../copy.ts'
import { useCopy } from '../copying.ts'
import { desk } from '../desk.ts'
import { partColumns, usePartRows, type PartRow } from './part-words.ts'
import { ActedTable } from './acted-table.tsx'

/** Displays, printers, TPM and keystore, one line each. */
export function PartsTable({
  parts,
  onCheck,
}: {
  readonly parts: Parts
  readonly onCheck: (wish: CallInput<'checkPart'>) => void
}) {
  const { t } = useTranslation()
  const rows = usePartRows()(parts)
  const choosing = useAct()
  const [chosen, setChosen] = useState<string>()
  const choose = (key: string) => {
    setChosen(key)
    void choosing.run(() => desk.call.chooseDisplay({ key }))
  }
  return (
    <>
      <h2>{t('parts.title')}</h2>
      {choosing.failure && <CallNotice code={choosing.failure.code} />}
      <ActedTable
        label={t('parts.title')}
        className="part-rows"
        columns={partColumns.map((column) => t(`parts.column.${column}`))}
      >
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            busy={choosing.busy && chosen === row.choose}
            onCheck={onCheck}
            onChoose={choose}
          />
        ))}
      </ActedTable>
    </>
  )
}

function Row({
  row,
  busy,
  onCheck,
  onChoose,
}: {
  readonly row: PartRow
  readonly busy: boolean
  readonly onCheck: (wish: CallInput<'checkPart'>) => void
  readonly onChoose: (key: string) => void
}) {
  const { t } = useTranslation()
  const copy = useCopy()
  const { cells, choose, test, tone } = row
  const named = `${cells.part} ${cells.name}`
  const line = () =>
    tabSeparated([partColumns.map((column) => t(`parts.column.${column}`)), partColumns.map((column) => cells[column])])
  return (
    <tr data-part={row.kind} data-tone={tone}>
      <th scope="row">{cells.part}</th>
      <td>{cells.name}</td>
      <td className="cell-state">
        <Dot tone={tone} />
        {cells.state}
      </td>
      <td className="cell-line">{cells.more}</td>
      <td className="cell-since">{cells.since}</td>
      <td className="cell-problem">{cells.lastError}</td>
      <td className="cell-acts">
        <div className="row-acts">
          {choose !== undefined && (
            <Button
              className="button-small"
              icon={<MonitorCheck size={16} aria-hidden />}
              label={t('parts.chooseRow', { name: cells.name })}
              busy={busy}
              onPress={() => onChoose(choose)}
            >
              {t('parts.choose')}
            </Button>
          )}
          {test && (
            <Button
              kind="quiet"
              icon={<Stethoscope size={16} aria-hidden />}
              label={t('checkRow', { id: named })}
              onPress={() => onCheck(test)}
            >
              {null}
            </Button>
          )}
          <Button
            kind="quiet"
            icon={<Copy size={16} aria-hidden />}
            label={t('copyRow', { id: named })}
            onPress={() => copy(line(), named)}
          >
            {null}
          </Button>
        </div>
      </td>
    </tr>
  )
}
