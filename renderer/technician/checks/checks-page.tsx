import { ClipboardCopy, ListChecks } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CallNotice } from '../call-notice.tsx'
import { ChoiceList } from '../choice-list.tsx'
import { useCopy } from '../copying.ts'
import type { Device } from '../devices/device-words.ts'
import { PageHead } from '../page-head.tsx'
import { useTimes } from '../times.ts'
import { entriesOf, isPart, type Entry } from './entries.ts'
import { PartPrompt } from './part-prompt.tsx'
import { Prompt } from './prompt.tsx'
import { Report, useReportText } from './report.tsx'
import { deviceKey, stationKey, type Checking } from './use-checking.ts'
import { VerdictIcon } from './verdict.tsx'
import { WindowTask } from './window/window-task.tsx'

/** Guided tests: what can be tested on the left, the test or its last outcome on the right. */
export function ChecksPage({
  devices,
  checking,
  first,
}: {
  /** Undefined until they are known: what stands first must not change under the finger on Enter. */
  readonly devices: readonly Device[] | undefined
  readonly checking: Checking
  /** Key of what to begin with. */
  readonly first: string | undefined
}) {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const copy = useCopy()
  const textOf = useReportText()
  const { reports, running } = checking
  const entries = devices ? entriesOf(devices, reports) : []
  const [chosen, setChosen] = useState(() => (running?.what === 'device' ? deviceKey(running.device) : first))
  const entry = entries.find(({ key }) => key === chosen) ?? entries[0]

  return (
    <>
      <PageHead
        title={t('page.checks')}
        line={t('checks.line')}
        acts={
          <>
            <Button
              keys="Alt+C"
              icon={<ClipboardCopy size={18} aria-hidden />}
              isDisabled={reports.length === 0}
              onPress={() => copy(reports.map(textOf).join('\n\n'), t('checks.all'))}
            >
              {t('checks.copy')}
            </Button>
            <Button
              keys="Alt+A"
              icon={<ListChecks size={18} aria-hidden />}
              isDisabled={running !== undefined && running.what !== 'station'}
              busy={running?.what === 'station' && running.subject === undefined}
              onPress={() => {
                // Where the outcomes will stand.
                setChosen(entries.find(({ by }) => by === 'station')?.key)
                checking.checkStation()
              }}
            >
              {t('checks.station')}
            </Button>
          </>
        }
      />
      {checking.failure?.key === stationKey && <CallNotice code={checking.failure.code} />}
      <div className="halves">
        <ChoiceList
          label={t('checks.subjects')}
          chosen={entry?.key}
          onChoose={setChosen}
          choices={entries.map((each) => ({ key: each.key, content: <Line entry={each} checking={checking} /> }))}
        />
        {entry?.by === 'window' && <WindowTask key={entry.key} entry={entry} keep={checking.keepOwn} />}
        {entry && entry.by !== 'window' && <Task key={entry.key} entry={entry} checking={checking} />}
      </div>
    </>
  )
}

function Line({ entry, checking }: { readonly entry: Entry; readonly checking: Checking }) {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const { moment } = useTimes()
  const { report, device } = entry
  const runs = isUnderTest(entry, checking)
  return (
    <>
      <VerdictIcon verdict={runs ? undefined : report?.verdict} size={20} />
      <span className="choice-words">
        <span className="choice-name">
          {t(`diagnosis:subject.${entry.subject}`)}{' '}
          {device ? <span className="mono">{device.id}</span> : entry.about && t(entry.about)}
        </span>
        <span className="choice-second">
          {runs
            ? t('checks.running')
            : report
              ? `${t(`diagnosis:verdict.${report.verdict}`)} · ${moment(report.at)}`
              : t('checks.never')}
        </span>
      </span>
    </>
  )
}

function Task({ entry, checking }: { readonly entry: Entry; readonly checking: Checking }) {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const { running, failure } = checking
  const { device, subject, report } = entry
  const runs = isUnderTest(entry, checking)
  const name = t(`diagnosis:subject.${subject}`)
  return (
    <section className="task" aria-labelledby="task-title">
      <h2 id="task-title">
        {name} {device && <span className="mono">{device.id}</span>}
      </h2>
      {runs && running?.what === 'device' && <Prompt running={running} onGoOn={checking.goOn} onStop={checking.stop} />}
      {runs && running?.what === 'part' && (
        <PartPrompt question={running.question} onAnswer={checking.answerPart} onStop={checking.stop} />
      )}
      {runs && running?.what === 'station' && (
        <p className="page-line" role="status">
          {t('checks.measuring')}
        </p>
      )}
      {!runs && (
        <>
          <div className="task-body">
            {running?.what === 'device' && (
              <Notice kind="info">{t('checks.otherRuns', { device: running.device })}</Notice>
            )}
            {running?.what === 'part' && (
              <Notice kind="info">{t('checks.otherRuns', { device: t(`diagnosis:subject.${running.part}`) })}</Notice>
            )}
            {failure?.key === entry.key && <CallNotice code={failure.code} />}
            {report ? <Report report={report} /> : <p className="task-about">{t(`about.${subject}`)}</p>}
          </div>
          <div className="task-acts">
            <Button keys="Enter" kind="next" isDisabled={running !== undefined} onPress={() => begin(entry, checking)}>
              {t(report ? 'checks.again' : 'checks.begin', { name: device?.id ?? name })}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function begin({ subject, by, device }: Entry, checking: Checking): void {
  if (device) checking.checkDevice(device.id)
  else if (by === 'part' && isPart(subject)) checking.checkPart({ part: subject })
  else checking.checkStation(subject)
}

function isUnderTest({ device, subject, by }: Entry, { running }: Checking): boolean {
  if (running?.what === 'part') return by === 'part' && running.part === subject
  if (running?.what === 'device') return device?.id === running.device
  if (running?.what !== 'station' || by !== 'station') return false
  return running.subject === undefined || running.subject === subject
}
