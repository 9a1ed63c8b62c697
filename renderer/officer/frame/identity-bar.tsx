import { UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OfficerView, StationView } from '#contract/index.ts'
import { findings, proposedDetails } from '#domain/enrolment/index.ts'
import { groupPersonalNumber } from '#domain/person/index.ts'
import { Pill } from '../../ui/pill.tsx'
import { CitizenButton } from '../arrival/citizen-button.tsx'
import { day, useProcedureWords } from '../words.ts'
import { OfficerMenu } from './menu.tsx'

/** Who is served, under which procedure, with what open; between citizens the station itself. */
export function IdentityBar({ station, view }: { readonly station: StationView; readonly view: OfficerView | null }) {
  return (
    <header className="identity">
      {view ? <Person view={view} /> : <Station station={station} />}
      <Marks station={station} />
      {view && <CitizenButton view={view} />}
      {view && <Promised view={view} />}
      <OfficerMenu view={view} />
    </header>
  )
}

function Person({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  const procedureWords = useProcedureWords()
  const { state } = view
  const details = proposedDetails(state)
  const { representative } = state
  const picture = state.portrait ?? state.chip?.portrait
  const facts = [
    details.personalNumber !== undefined && groupPersonalNumber(details.personalNumber),
    details.birthDate,
    details.sex !== undefined && t(`sex.${details.sex}`, { defaultValue: details.sex }),
  ].filter(Boolean)
  const open = findings(state).filter(({ step, blocks }) => !blocks && state.visited.includes(step)).length
  return (
    <>
      <div className="identity-portrait">
        {picture ? (
          <img src={`/blob/${picture.name}`} alt={t('identity.portrait')} />
        ) : (
          <UserRound size={24} aria-hidden />
        )}
      </div>
      <div className="identity-person">
        <p className="identity-name">{details.fullName ?? t('identity.unknown')}</p>
        <p className="identity-facts">{facts.length > 0 ? facts.join(' · ') : t('identity.no-facts')}</p>
      </div>
      <div className="identity-pills">
        <div className="identity-row">
          <Pill tone="good">{procedureWords(view.procedure)}</Pill>
          {open > 0 && state.status === 'open' && <Pill tone="doubt">{t('identity.doubts', { count: open })}</Pill>}
        </div>
        {representative && (
          <p className="identity-facts">
            {t('citizen.bar', {
              name: representative.name,
              relation: t(`citizen.relation.${representative.relation}`).toLowerCase(),
            })}
          </p>
        )}
      </div>
    </>
  )
}

function Station({ station }: { readonly station: StationView }) {
  const { t } = useTranslation()
  const receiver = station.receiver && t('identity.receiver', { name: station.receiver.name })
  return (
    <div className="identity-person identity-station">
      <p className="identity-name">{station.name ?? t('app')}</p>
      <p className="identity-facts">
        {[station.code, station.training ? t('training:home.receiver') : receiver].filter(Boolean).join(' · ') ||
          t('identity.no-station')}
      </p>
    </div>
  )
}

/** What is not the real thing is said on every screen. */
function Marks({ station }: { readonly station: StationView }) {
  const { t } = useTranslation()
  // The training program's band says more.
  const simulated = station.simulated && !station.training
  if (!simulated && station.runtime === 'electron') return null
  return (
    <div className="identity-marks">
      {simulated && <p>{t('mark.simulated')}</p>}
      {station.runtime === 'stand-in' && <p>{t('mark.stand-in')}</p>}
    </div>
  )
}

function Promised({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  return (
    <div className="identity-dossier">
      <p>{t('identity.dossier', { number: view.state.number })}</p>
      <p>{t('identity.promise', { day: day(view.procedure.due) })}</p>
    </div>
  )
}
