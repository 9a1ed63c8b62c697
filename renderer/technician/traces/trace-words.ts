import { useTranslation } from 'react-i18next'
import { useCallWords } from '../call-notice.tsx'
import { isFailureCode } from '#domain/failure/index.ts'
import { useTimes } from '../times.ts'
import type { Entry, Trace } from './use-trace.ts'

export type Frame = Extract<Entry, { hex: string }>

export const isFrame = (entry: Entry): entry is Frame => 'hex' in entry
export const isFault = (entry: Entry) =>
  isFrame(entry) ? entry.fault !== undefined : ['refused', 'unplugged', 'failed'].includes(entry.event)

export const traceColumns = ['n', 'time', 'gap', 'way', 'said', 'hex'] as const
export type TraceColumn = (typeof traceColumns)[number]

/** Bytes in pairs of digits, sixteen to a line. */
export function hexLines(hex: string): readonly string[] {
  return (hex.match(/.{1,32}/gu) ?? []).map((line) => (line.match(/.{1,2}/gu) ?? []).join(' '))
}

/** What is said of an entry; `before` is the one above it. */
export function useTraceWords(trace: Pick<Trace, 'since'> | undefined) {
  const { t } = useTranslation()
  const { exact, number } = useTimes()
  const callWords = useCallWords()
  const start = trace ? Date.parse(trace.since) : 0
  const said = (entry: Entry) => {
    if (isFrame(entry)) {
      return [
        entry.name,
        entry.detail,
        entry.fault && `[${t(`traces.fault.${entry.fault}`)}]`,
        entry.masked && t('traces.masked', { count: entry.masked }),
        entry.times && t('traces.times', { count: entry.times }),
      ]
    }
    const text = entry.event === 'refused' && isFailureCode(entry.text) ? callWords(entry.text).title : undefined
    return [t(`traces.event.${entry.event}`), text, entry.text]
  }
  return (entry: Entry, before: Entry | undefined): Readonly<Record<TraceColumn, string>> => ({
    n: String(entry.n),
    time: exact(new Date(start + entry.at)),
    gap: before ? `+${number(Math.round(entry.at - before.at))}` : '',
    way: isFrame(entry) ? t(`traces.way.${entry.way}`) : '—',
    said: said(entry).filter(Boolean).join(' · '),
    hex: isFrame(entry) ? hexLines(entry.hex).join(' ') : '',
  })
}
