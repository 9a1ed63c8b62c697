import { useTranslation } from 'react-i18next'
import { dossier, station, surroundings } from './desk.ts'
import { Footer } from './frame/footer.tsx'
import { IdentityBar } from './frame/identity-bar.tsx'
import { Home } from './home/home.tsx'
import { AroundScreens } from './screens/around.tsx'
import { StationScreen } from './station/station-screen.tsx'
import { Visit } from './visit.tsx'

/** The officer's window: the station first, then home, then one citizen at a time. */
export function App() {
  const { t } = useTranslation()
  const about = station((store) => store.value)
  const view = dossier((store) => store.value)
  const around = surroundings((store) => store.value)
  if (!about) return <main className="waiting" aria-label={t('app')} />
  const open = about.phase === 'open'
  const current = open && view && view.state.status !== 'closed' && view.state.status !== 'abandoned' ? view : null
  return (
    <div className="window">
      <IdentityBar station={about} view={current} />
      {!open ? (
        <StationScreen station={about} />
      ) : current ? (
        <Visit view={current} />
      ) : view === undefined ? (
        <main className="middle" />
      ) : (
        <Home station={about} />
      )}
      <Footer around={around} view={current} />
      <AroundScreens />
    </div>
  )
}
