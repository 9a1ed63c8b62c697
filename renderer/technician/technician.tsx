import { BookOpen, Languages } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOwned } from '../state/owned.ts'
import { Button } from '../ui/button.tsx'
import { openGuide, technicianPage } from '../ui/guide/open.ts'
import { switchLanguage } from '../ui/i18n.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { useKey } from '../ui/keys.ts'
import { Pill } from '../ui/pill.tsx'
import { useTrainingMark } from '../ui/training.ts'
import { BundlePage } from './bundle/bundle-page.tsx'
import { ChecksPage } from './checks/checks-page.tsx'
import { TestPage } from './checks/test-page.tsx'
import { deviceKey, subjectKey, useChecking } from './checks/use-checking.ts'
import { copyText } from './copy.ts'
import { Copying, type Copy } from './copying.ts'
import { desk } from './desk.ts'
import { DevicesPage } from './devices/devices-page.tsx'
import { Foot } from './foot.tsx'
import { HealthPage } from './health/health-page.tsx'
import { TracesPage } from './traces/traces-page.tsx'

const askStation = () => desk.call.station({})
const askSurroundings = () => desk.call.surroundings({})
const pages = ['devices', 'checks', 'traces', 'health', 'bundle'] as const
type PageName = (typeof pages)[number]

export function Technician() {
  const { t, i18n } = useTranslation()
  const surroundings = useOwned(askSurroundings, desk.on.surroundingsChanged)
  const { value: station } = useOwned(askStation, desk.on.stationChanged)
  useTrainingMark(station)
  const [page, setPage] = useState<PageName>('devices')
  const [device, setDevice] = useState<string>()
  /** Key of the test that the page of tests begins with. */
  const [first, setFirst] = useState<string>()
  const [folder, setFolder] = useState('')
  const [copied, setCopied] = useState<string>()
  // A test goes on while another page is looked at.
  const checking = useChecking()
  const devices = surroundings.value?.devices ?? []

  useEffect(() => {
    document.title = t('title')
  }, [t])

  const copy: Copy = useCallback(
    (text, what) => setCopied(copyText(text) ? t('copiedWhat', { what }) : t('notCopied')),
    [t],
  )
  const open = (next: PageName) => {
    setCopied(undefined)
    setPage(next)
  }
  const openWith = (next: PageName) => (id: string) => {
    setDevice(id)
    setFirst(deviceKey(id))
    open(next)
  }

  return (
    <Copying value={copy}>
      <div className="technician">
        <header className="top">
          <div className="top-name">
            <p className="top-title">{t('title')}</p>
            <p className="top-station">
              {station?.code === undefined ? t('facts.none') : [station.code, station.name].filter(Boolean).join(' · ')}
            </p>
          </div>
          <nav className="tabs" data-keys="screen" aria-label={t('pages')}>
            {pages.map((each, index) => (
              <Tab
                key={each}
                keys={String(index + 1)}
                isOpen={each === page}
                busy={each === 'checks' && checking.running !== undefined}
                onOpen={() => open(each)}
              >
                {t(`page.${each}`)}
              </Tab>
            ))}
          </nav>
          <div className="top-acts">
            {station?.simulated && !station.training && <Pill tone="doubt">{t('facts.simulated')}</Pill>}
            <Button kind="quiet" icon={<BookOpen size={18} aria-hidden />} onPress={() => openGuide(technicianPage)}>
              {t('guide:title')}
            </Button>
            <Button
              kind="quiet"
              icon={<Languages size={18} aria-hidden />}
              onPress={() => void switchLanguage(i18n, i18n.language === 'vi' ? 'en' : 'vi')}
            >
              {t('language')}
            </Button>
          </div>
        </header>
        <main className="page" data-page={page}>
          {page === 'devices' && (
            <DevicesPage
              surroundings={surroundings.value}
              unreachable={surroundings.failed}
              onAsk={surroundings.ask}
              onCheck={openWith('checks')}
              onTrace={openWith('traces')}
              onCheckPart={(wish) => {
                setFirst(subjectKey(wish.part))
                open('checks')
                checking.checkPart(wish)
              }}
            />
          )}
          {page === 'checks' && (
            <ChecksPage
              devices={surroundings.failed ? [] : surroundings.value?.devices}
              checking={checking}
              first={first}
            />
          )}
          {page === 'traces' && (
            <TracesPage devices={devices} first={device} folder={folder} onFolder={setFolder} onChoose={setDevice} />
          )}
          {page === 'health' && <HealthPage devices={devices} />}
          {page === 'bundle' && <BundlePage phase={station?.phase} folder={folder} onFolder={setFolder} />}
        </main>
        <TestPage />
        <Foot station={station} surroundings={surroundings.value} copied={copied} />
      </div>
    </Copying>
  )
}

function Tab(props: {
  readonly children: string
  readonly keys: string
  readonly isOpen: boolean
  readonly busy: boolean
  readonly onOpen: () => void
}) {
  const { t } = useTranslation()
  useKey(props.keys, props.onOpen)
  // A digit belongs to a field while one is written in.
  useKey(`Alt+${props.keys}`, props.onOpen)
  return (
    <button
      type="button"
      className="tab"
      {...(props.isOpen && { 'aria-current': 'page' as const })}
      onClick={props.onOpen}
    >
      {props.children}
      {props.busy && <span className="tab-busy" role="img" aria-label={t('testRuns')} />}
      <KeyHint keys={props.keys} />
    </button>
  )
}
