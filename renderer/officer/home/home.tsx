import { ChevronRight } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput, StationView, Surroundings } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Card } from '../../ui/card.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { desk, surroundings } from '../desk.ts'
import { ExportForm } from './export-form.tsx'
import { NextButton, Screen } from '../frame/screen.tsx'
import { day, localDay, time } from '../words.ts'

type Row = CallOutput<'listDossiers'>[number]

const tones: Readonly<Record<Row['status'], Tone>> = {
  none: 'quiet',
  open: 'doubt',
  sealing: 'info',
  sealed: 'good',
  closed: 'good',
  abandoned: 'quiet',
}

/** Between citizens: receive the next one, take up what was left open, hand over what is sealed. */
export function Home({ station }: { readonly station: StationView }) {
  const { t } = useTranslation()
  const opening = useAct()
  const around = surroundings((store) => store.value)
  const { rows, failure, load } = useDossiers(around?.waiting)
  const today = ofToday(rows, station.today)
  const shownFailure = opening.failure ?? failure
  return (
    <div className="middle">
      <main className="sheet">
        <Screen
          title={t('home.title')}
          task={t('home.task')}
          notice={shownFailure ? <FailureNotice code={shownFailure.code} /> : <Wearing devices={around?.wearing} />}
          right={
            <NextButton
              keys="Enter"
              onPress={() => void opening.run(() => desk.call.openDossier({}))}
              busy={opening.busy}
            >
              {t('home.receive')}
            </NextButton>
          }
        >
          <div className="home">
            <Card title={t('home.today')} className="home-list">
              {today?.length === 0 && <p className="empty">{t('home.none')}</p>}
              <ul>
                {today?.map((row) => (
                  <DossierItem
                    key={row.id}
                    row={row}
                    today={station.today}
                    busy={opening.busy}
                    onResume={() => void opening.run(() => desk.call.resumeDossier({ id: row.id }))}
                  />
                ))}
              </ul>
            </Card>
            <Card title={t('home.waiting')} className="home-export">
              <p className="home-count">
                <strong>{around?.waiting ?? 0}</strong> {t('home.waiting-words')}
              </p>
              <ExportForm isDisabled={(around?.waiting ?? 0) === 0} onDone={load} />
            </Card>
          </div>
        </Screen>
      </main>
    </div>
  )
}

/** A device that gets worse is told between citizens, when there is time for it. */
function Wearing({ devices = [] }: { readonly devices: Surroundings['wearing'] | undefined }) {
  const { t } = useTranslation()
  if (devices.length === 0) return null
  return (
    <Notice kind="doubt">
      {devices.map(({ device, kind, how }) => (
        <p key={`${device} ${how}`}>{t(`home.wearing.${how}`, { device: t(`device.${kind}`) })}</p>
      ))}
    </Notice>
  )
}

export function DossierItem({
  row,
  today,
  busy,
  onResume,
}: {
  readonly row: Row
  readonly today: string
  readonly busy: boolean
  readonly onResume: () => void
}) {
  const { t } = useTranslation()
  const at = localDay(row.changedAt) === today ? time(row.changedAt).slice(0, 5) : day(localDay(row.changedAt))
  const words = (
    <>
      <span className="home-number">{row.number}</span>
      <Pill tone={tones[row.status]}>{t(`home.status.${row.status}`)}</Pill>
      <span className="home-time">{at}</span>
    </>
  )
  if (!isUnderWay(row)) return <li className="home-row">{words}</li>
  return (
    <li>
      <button type="button" className="home-row home-row-open" onClick={onResume} disabled={busy}>
        {words}
        <span className="home-resume">
          {t('home.resume')} <ChevronRight size={16} aria-hidden />
        </span>
      </button>
    </li>
  )
}

/** What is still under way, and what was changed today. */
export function ofToday(rows: readonly Row[] | undefined, today: string) {
  return rows?.filter((row) => isUnderWay(row) || localDay(row.changedAt) === today)
}

function isUnderWay({ status }: Row): boolean {
  return status === 'none' || status === 'open' || status === 'sealing'
}

/** The list of dossiers; asked for again whenever the number of waiting files changes. */
export function useDossiers(waiting: number | undefined) {
  const [rows, setRows] = useState<readonly Row[]>()
  const act = useAct()
  const { run } = act
  const load = useCallback(() => {
    void run(async () => {
      const result = await desk.call.listDossiers({})
      if (result.ok)
        setRows(
          result.value.toSorted(
            (a, b) => Number(isUnderWay(b)) - Number(isUnderWay(a)) || b.changedAt.localeCompare(a.changedAt),
          ),
        )
      return result
    })
  }, [run])
  useEffect(load, [load, waiting])
  return { rows, failure: act.failure, load }
}
