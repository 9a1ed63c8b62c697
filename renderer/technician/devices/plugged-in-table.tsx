import { Copy, Radar, Square, Tag } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PluggedInView } from '#contract/index.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { usePluggedWords, type Proposal } from './plugged-words.ts'
import { ActedTable } from './acted-table.tsx'

const columns = ['product', 'line', 'ids', 'systemDriver', 'fits'] as const
/** Milliseconds that the device process gives each driver at most, to be answered and to let go. */
const longestAsk = 3500
/** Proposals that a cell names; the dialog has them all. */
const mostNamed = 2

export type PluggedActs = {
  readonly proposalsOf: (one: PluggedInView) => readonly Proposal[]
  /** Key of what is being asked now. */
  readonly asking: string | undefined
  /** Keys of what was asked since it was plugged in. */
  readonly asked: ReadonlySet<string>
  readonly onProbe: (one: PluggedInView) => void
  readonly onStop: (one: PluggedInView) => void
  readonly onBind: (one: PluggedInView) => void
  readonly onCopy: (one: PluggedInView) => void
}

/** Everything that is plugged in, whether a device of the station or not. */
export function PluggedInTable({
  plugged,
  label,
  ...acts
}: { readonly plugged: readonly PluggedInView[]; readonly label: string } & PluggedActs) {
  const { t } = useTranslation()
  return (
    <ActedTable label={label} className="plugged" columns={columns.map((column) => t(`plugged.column.${column}`))}>
      {plugged.map((one) => (
        <Row key={one.key} one={one} {...acts} />
      ))}
    </ActedTable>
  )
}

function Row({ one, ...acts }: { readonly one: PluggedInView } & PluggedActs) {
  const { t } = useTranslation()
  const proposals = acts.proposalsOf(one)
  const said = usePluggedWords()(one, proposals)
  const busy = acts.asking === one.key
  return (
    <tr data-bound={one.boundTo !== undefined}>
      <th scope="row">
        {said.product}
        <span className="cell-second">{t('since', { time: said.since })}</span>
      </th>
      <td className="cell-line">
        <span className="mono">{said.address}</span>
        <span className="cell-second">{said.transport}</span>
      </td>
      <td>
        <span className="mono">{said.ids}</span>
        {one.serialNumber !== undefined && <span className="cell-second mono">S/N {one.serialNumber}</span>}
        {one.twin && (
          <span className="cell-second">
            <Pill tone="doubt">{t('plugged.twin')}</Pill>
          </span>
        )}
      </td>
      <td className="mono">{said.systemDriver}</td>
      <td className="cell-fits">
        {busy ? (
          <span role="status">
            {t('plugged.probingFor', {
              count: proposals.length,
              seconds: Math.ceil((proposals.length * longestAsk) / 1000),
            })}
          </span>
        ) : (
          <Fits one={one} proposals={proposals} asked={acts.asked.has(one.key)} />
        )}
      </td>
      <td className="cell-acts">
        <div className="row-acts">
          {one.boundTo === undefined && (
            <>
              <Button
                className="button-small"
                icon={<Radar size={16} aria-hidden />}
                label={t('plugged.probeRow', { name: said.address })}
                isDisabled={(acts.asking !== undefined && !busy) || proposals.length === 0}
                busy={busy}
                onPress={() => acts.onProbe(one)}
              >
                {t(busy ? 'plugged.probing' : 'plugged.probe')}
              </Button>
              {busy && (
                <Button
                  className="button-small"
                  icon={<Square size={16} aria-hidden />}
                  label={t('plugged.stopRow', { name: said.address })}
                  onPress={() => acts.onStop(one)}
                >
                  {t('plugged.stop')}
                </Button>
              )}
              <Button
                className="button-small"
                icon={<Tag size={16} aria-hidden />}
                label={t('plugged.bindRow', { name: said.address })}
                onPress={() => acts.onBind(one)}
              >
                {t('plugged.bind')}
              </Button>
            </>
          )}
          <Button
            kind="quiet"
            icon={<Copy size={16} aria-hidden />}
            label={t('copyRow', { id: said.address })}
            onPress={() => acts.onCopy(one)}
          >
            {null}
          </Button>
        </div>
      </td>
    </tr>
  )
}

function Fits({
  one,
  proposals,
  asked,
}: {
  readonly one: PluggedInView
  readonly proposals: readonly Proposal[]
  readonly asked: boolean
}) {
  const { t } = useTranslation()
  if (one.boundTo !== undefined)
    return (
      <Pill tone="good">
        {t('plugged.boundTo')} <span className="mono">{one.boundTo}</span>
      </Pill>
    )
  const named = proposals.slice(0, mostNamed)
  const answers = proposals.some(({ because }) => because === 'answers')
  return (
    <>
      {asked && !answers && <span className="cell-second cell-doubt">{t('plugged.noneAnswered')}</span>}
      {proposals.length === 0 && t('plugged.noProposal')}
      <ul>
        {named.map(({ driver, kind, because }) => (
          <li key={driver} className="fit" data-because={because}>
            <span className="mono">{driver}</span> {t(`kind.${kind}`)}: {t(`because.${because}`)}
          </li>
        ))}
      </ul>
      {proposals.length > named.length && (
        <span className="cell-second">{t('plugged.more', { count: proposals.length - named.length })}</span>
      )}
    </>
  )
}
