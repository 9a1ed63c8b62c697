import { ClipboardCopy, Languages } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StationView, Surroundings } from '#contract/index.ts'
import { connect } from '../state/connect.ts'
import { useOwned } from '../state/owned.ts'
import { Button } from '../ui/button.tsx'
import { switchLanguage } from '../ui/i18n.ts'
import { Notice } from '../ui/notice.tsx'
import { Dot, type Tone } from '../ui/pill.tsx'
import { copyText, tabSeparated } from './copy.ts'
import { DeviceTable } from './device-table.tsx'
import { columns, useDeviceWords, type Device } from './device-words.ts'

const desk = connect<'technician'>()
const askStation = () => desk.call.station({})
const askSurroundings = () => desk.call.surroundings({})

export function Technician() {
  const { t, i18n } = useTranslation()
  const { value: surroundings, failed, ask } = useOwned(askSurroundings, desk.on.surroundingsChanged)
  const { value: station } = useOwned(askStation, desk.on.stationChanged)
  const words = useDeviceWords()
  const [copied, setCopied] = useState<string>()
  const devices = surroundings?.devices ?? []

  useEffect(() => {
    document.title = t('title')
  }, [t])

  const lines = (rows: readonly Device[]) =>
    tabSeparated([
      columns.map((column) => t(`column.${column}`)),
      ...rows.map((row) => columns.map((column) => words(row)[column])),
    ])
  const copy = (rows: readonly Device[], what: string) => setCopied(copyText(lines(rows)) ? what : undefined)

  return (
    <main className="technician">
      <header className="technician-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="technician-line">{t('line')}</p>
        </div>
        <div className="technician-acts">
          <span className="copied" role="status">
            {copied !== undefined && `${t('copied')}: ${copied}`}
          </span>
          <Button
            keys="Alt+C"
            icon={<ClipboardCopy size={18} aria-hidden />}
            isDisabled={devices.length === 0}
            onPress={() => copy(devices, t('devices'))}
          >
            {t('copy')}
          </Button>
          <Button
            icon={<Languages size={18} aria-hidden />}
            onPress={() => void switchLanguage(i18n, i18n.language === 'vi' ? 'en' : 'vi')}
          >
            {t('language')}
          </Button>
        </div>
      </header>
      <Facts station={station} surroundings={surroundings} />
      {failed && (
        <Notice kind="doubt" urgent acts={<Button onPress={ask}>{t('retry')}</Button>}>
          {t('unreachable')}
        </Notice>
      )}
      {surroundings && surroundings.host !== 'running' && (
        <Notice kind={surroundings.host === 'failed' ? 'danger' : 'doubt'} urgent>
          {t(`hostHelp.${surroundings.host}`)}
        </Notice>
      )}
      {!surroundings && !failed && <p className="technician-line">{t('loading')}</p>}
      {surroundings && devices.length === 0 && <Notice kind="info">{t('noDevices')}</Notice>}
      {devices.length > 0 && <DeviceTable devices={devices} onCopy={(device) => copy([device], device.id)} />}
    </main>
  )
}

function Facts({
  station,
  surroundings,
}: {
  readonly station: StationView | undefined
  readonly surroundings: Surroundings | undefined
}) {
  const { t } = useTranslation()
  const facts: readonly (readonly [string, string, Tone])[] = [
    [
      t('facts.station'),
      station?.code === undefined ? t('facts.none') : [station.code, station.name].filter(Boolean).join(' · '),
      'quiet',
    ],
    ...(station
      ? [
          [
            t('facts.runtime'),
            t(`facts.${station.runtime}`),
            station.runtime === 'electron' ? 'good' : 'doubt',
          ] as const,
        ]
      : []),
    ...(surroundings
      ? [
          [
            t('facts.host'),
            t(`host.${surroundings.host}`),
            ({ running: 'good', restarting: 'doubt', failed: 'danger' } as const)[surroundings.host],
          ] as const,
          [
            t('facts.screen'),
            t(`screen.${surroundings.citizenScreen}`),
            surroundings.citizenScreen === 'shown' ? 'good' : 'doubt',
          ] as const,
          [t('facts.waiting'), String(surroundings.waiting), 'quiet'] as const,
        ]
      : []),
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value, tone]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>
            {tone !== 'quiet' && <Dot tone={tone} />}
            {value}
          </dd>
        </div>
      ))}
      {station?.simulated && (
        <div className="fact">
          <dt>{t('facts.simulated')}</dt>
          <dd>
            <Dot tone="doubt" />
            {t('facts.yes')}
          </dd>
        </div>
      )}
    </dl>
  )
}
