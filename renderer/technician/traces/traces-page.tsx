import { ClipboardCopy, CirclePause, CirclePlay, Flag, FolderDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Switch } from '../../ui/switch.tsx'
import { CallNotice } from '../call-notice.tsx'
import { ChoiceList } from '../choice-list.tsx'
import { tabSeparated } from '../copy.ts'
import { useCopy } from '../copying.ts'
import { desk } from '../desk.ts'
import type { Device } from '../devices/device-words.ts'
import { PageHead } from '../page-head.tsx'
import { ExportDialog, MarkDialog } from './trace-dialogs.tsx'
import { TraceTable } from './trace-table.tsx'
import { isFault, traceColumns, useTraceWords } from './trace-words.ts'
import { useTrace } from './use-trace.ts'

/** Rows on the page; the clipboard and an export have all. */
const mostShown = 400

/** What passes over the lines of the devices. */
export function TracesPage({
  devices,
  first,
  folder,
  onFolder,
  onChoose,
}: {
  readonly devices: readonly Device[]
  /** Id of the device to begin with. */
  readonly first: string | undefined
  readonly folder: string
  readonly onFolder: (folder: string) => void
  readonly onChoose: (id: string) => void
}) {
  const { t } = useTranslation()
  const copy = useCopy()
  const lines = devices.filter(({ transport }) => transport !== 'browser')
  const chosen = (lines.find(({ id }) => id === first) ?? lines[0])?.id
  const [follows, setFollows] = useState(true)
  const [onlyFaults, setOnlyFaults] = useState(false)
  const [asked, setAsked] = useState(0)
  const [dialog, setDialog] = useState<'mark' | 'export'>()
  const [exported, setExported] = useState<string>()
  const switching = useAct()
  const { trace, entries, failure } = useTrace(chosen, follows, asked)
  const words = useTraceWords(trace)
  const faults = entries.filter(isFault)
  const wanted = onlyFaults ? faults : entries
  const shown = wanted.slice(-mostShown)
  const running = trace?.running ?? false

  const run = async (on: boolean) => {
    if (chosen === undefined) return
    await switching.run(() => desk.call.runTrace({ device: chosen, on }))
    setAsked((times) => times + 1)
  }
  const copyAll = () =>
    copy(
      tabSeparated([
        traceColumns.map((column) => t(`traces.column.${column}`)),
        ...wanted.map((entry, index) => {
          const said = words(entry, wanted[index - 1])
          return traceColumns.map((column) => said[column])
        }),
      ]),
      t('traces.of', { device: chosen }),
    )

  return (
    <>
      <PageHead title={t('page.traces')} line={t('traces.line')} />
      {lines.length === 0 && <Notice kind="info">{t('traces.noDevices')}</Notice>}
      {chosen !== undefined && (
        <div className="halves">
          <ChoiceList
            label={t('traces.devices')}
            chosen={chosen}
            onChoose={(id) => {
              setExported(undefined)
              switching.clear()
              onChoose(id)
            }}
            choices={lines.map(({ id, kind }) => ({
              key: id,
              content: (
                <span className="choice-words">
                  <span className="choice-name mono">{id}</span>
                  <span className="choice-second">{t(`kind.${kind}`)}</span>
                </span>
              ),
            }))}
          />
          <section className="task" aria-label={t('traces.of', { device: chosen })}>
            <div className="trace-bar">
              {trace && <Pill tone={running ? 'good' : 'doubt'}>{t(running ? 'traces.runs' : 'traces.stopped')}</Pill>}
              {trace && <span className="mono trace-driver">{trace.device.driver}</span>}
              <span className="trace-count">{t('traces.count', { count: entries.length, faults: faults.length })}</span>
              <span className="trace-switches">
                <Switch keys="Alt+F" isOn={follows} onChange={setFollows}>
                  {t('traces.follow')}
                </Switch>
                <Switch keys="Alt+L" isOn={onlyFaults} onChange={setOnlyFaults}>
                  {t('traces.onlyFaults')}
                </Switch>
              </span>
            </div>
            {failure && <CallNotice code={failure} />}
            {switching.failure && <CallNotice code={switching.failure.code} />}
            {exported !== undefined && (
              <Notice kind="info">
                {t('traces.exported')} <span className="mono address">{exported}</span>
              </Notice>
            )}
            {trace && entries.length === 0 && (
              <Notice kind="info">{t(running ? 'traces.quiet' : 'traces.emptyStopped')}</Notice>
            )}
            {entries.length > 0 && wanted.length === 0 && <Notice kind="info">{t('traces.noFaults')}</Notice>}
            {wanted.length > shown.length && (
              <p className="page-line">{t('traces.last', { count: shown.length, all: wanted.length })}</p>
            )}
            {trace && shown.length > 0 && <TraceTable trace={trace} entries={shown} follows={follows} />}
            <div className="task-acts">
              <Button
                keys="Alt+R"
                icon={running ? <CirclePause size={18} aria-hidden /> : <CirclePlay size={18} aria-hidden />}
                isDisabled={!trace}
                busy={switching.busy}
                onPress={() => void run(!running)}
              >
                {t(running ? 'traces.stop' : 'traces.start')}
              </Button>
              <Button
                keys="Alt+M"
                icon={<Flag size={18} aria-hidden />}
                isDisabled={!trace}
                onPress={() => setDialog('mark')}
              >
                {t('traces.mark')}
              </Button>
              <Button
                keys="Alt+C"
                icon={<ClipboardCopy size={18} aria-hidden />}
                isDisabled={wanted.length === 0}
                onPress={copyAll}
              >
                {t('traces.copy')}
              </Button>
              <Button
                keys="Alt+E"
                kind="next"
                icon={<FolderDown size={18} aria-hidden />}
                isDisabled={!trace}
                onPress={() => setDialog('export')}
              >
                {t('traces.export')}
              </Button>
            </div>
          </section>
          {dialog === 'mark' && (
            <MarkDialog
              device={chosen}
              onClose={() => {
                setDialog(undefined)
                setAsked((times) => times + 1)
              }}
            />
          )}
          {dialog === 'export' && (
            <ExportDialog
              device={chosen}
              folder={folder}
              onFolder={onFolder}
              onClose={(file) => {
                setDialog(undefined)
                setExported(file)
              }}
            />
          )}
        </div>
      )}
    </>
  )
}
