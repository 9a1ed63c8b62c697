import { useTranslation } from 'react-i18next'
import type { StationView, Surroundings } from '#contract/index.ts'
import { Dot, type Tone } from '../ui/pill.tsx'

/** How the program itself is, in one line, and what was copied last. */
export function Foot({
  station,
  surroundings,
  copied,
}: {
  readonly station: StationView | undefined
  readonly surroundings: Surroundings | undefined
  readonly copied: string | undefined
}) {
  const { t } = useTranslation()
  const facts: (readonly [name: string, value: string, tone: Tone])[] = []
  if (surroundings) {
    const { host, citizenScreen, waiting } = surroundings
    const hostTones = { running: 'good', restarting: 'doubt', failed: 'danger' } as const
    facts.push(
      [t('facts.host'), t(`host.${host}`), hostTones[host]],
      [t('facts.screen'), t(`screen.${citizenScreen}`), citizenScreen === 'shown' ? 'good' : 'doubt'],
      [t('facts.waiting'), String(waiting), 'quiet'],
    )
  }
  if (station)
    facts.push([t('facts.runtime'), t(`facts.${station.runtime}`), station.runtime === 'electron' ? 'good' : 'doubt'])
  return (
    <footer className="foot">
      <ul className="foot-facts">
        {facts.map(([name, value, tone]) => (
          <li key={name} className="foot-fact">
            <Dot tone={tone} />
            {name}: {value}
          </li>
        ))}
      </ul>
      <p className="foot-copied" role="status">
        {copied}
      </p>
    </footer>
  )
}
