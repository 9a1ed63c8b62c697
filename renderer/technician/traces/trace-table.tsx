import { ArrowLeft, ArrowRight } from 'lucide-react'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFailureCode } from '#domain/failure/index.ts'
import { SeeGuideSign } from '../../ui/guide/see-guide.tsx'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { hexLines, isFault, isFrame, traceColumns, useTraceWords, type Frame } from './trace-words.ts'
import type { Entry, Trace } from './use-trace.ts'

/** Lines of sixteen bytes that a row shows at first. */
const fewLines = 3

/** Decoded beside hex, the newest last and in sight while `follows`. */
export function TraceTable({
  trace,
  entries,
  follows,
}: {
  readonly trace: Pick<Trace, 'since'>
  readonly entries: readonly Entry[]
  readonly follows: boolean
}) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const newest = entries.at(-1)
  useLayoutEffect(() => {
    if (follows && frame.current) frame.current.scrollTop = frame.current.scrollHeight
  }, [follows, newest])
  return (
    <div ref={frame} className="table-frame trace-frame" role="region" tabIndex={0} aria-label={t('traces.table')}>
      <table className="table trace">
        <thead>
          <tr>
            {traceColumns.map((column) => (
              <th key={column} scope="col" className={`trace-${column}`}>
                {t(`traces.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <Row key={entry.n} entry={entry} before={entries[index - 1]} since={trace.since} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Row = memo(function Row(props: {
  readonly entry: Entry
  readonly before: Entry | undefined
  readonly since: string
}) {
  const { t } = useTranslation()
  const { entry, before, since } = props
  const said = useTraceWords({ since })(entry, before)
  return (
    <tr
      data-n={entry.n}
      {...(isFault(entry) && { 'data-fault': true })}
      {...(!isFrame(entry) && { 'data-event': entry.event })}
    >
      <td className="trace-n">{said.n}</td>
      <td className="trace-time">{said.time}</td>
      <td className="trace-gap">{said.gap}</td>
      <td className={`trace-way ${isFrame(entry) ? `way-${entry.way}` : ''}`}>
        {isFrame(entry) && (
          <>
            {entry.way === 'out' ? <ArrowRight size={14} aria-hidden /> : <ArrowLeft size={14} aria-hidden />}
            {said.way}
          </>
        )}
      </td>
      {isFrame(entry) ? (
        <>
          <td className="trace-said">
            <strong>{entry.name}</strong> {entry.detail}
            {(entry.fault ?? entry.masked ?? entry.times) !== undefined && (
              <span className="trace-marks">
                {entry.fault && <Pill tone="danger">{t(`traces.fault.${entry.fault}`)}</Pill>}
                {entry.masked !== undefined && entry.masked > 0 && (
                  <Pill tone="quiet">{t('traces.masked', { count: entry.masked })}</Pill>
                )}
                {entry.times !== undefined && <Pill tone="info">{t('traces.times', { count: entry.times })}</Pill>}
              </span>
            )}
          </td>
          <td className="trace-hex">
            <Hex frame={entry} />
          </td>
        </>
      ) : (
        <td className="trace-said" colSpan={2}>
          {said.said}
          {entry.event === 'refused' && isFailureCode(entry.text) && <SeeGuideSign code={entry.text} hideCode />}
        </td>
      )}
    </tr>
  )
})

function Hex({ frame }: { readonly frame: Frame }) {
  const { t } = useTranslation()
  const [whole, setWhole] = useState(false)
  const lines = hexLines(whole ? frame.hex : frame.hex.slice(0, fewLines * 32))
  const hidden = frame.hex.length / 2 - fewLines * 16
  return (
    <>
      {lines.map((line, index) => (
        <span key={index} className="hex-line">
          {line}
        </span>
      ))}
      {hidden > 0 && (
        <Button kind="quiet" className="hex-more" onPress={() => setWhole(!whole)}>
          {whole ? t('traces.less') : t('traces.more', { count: hidden })}
        </Button>
      )}
    </>
  )
}
