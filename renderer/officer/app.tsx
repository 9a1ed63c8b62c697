import { useTranslation } from 'react-i18next'
import type { LessonView, StationView } from '#contract/index.ts'
import { useTrainingMark } from '../ui/training.ts'
import { dossier, station, surroundings } from './desk.ts'
import { Footer } from './frame/footer.tsx'
import { IdentityBar } from './frame/identity-bar.tsx'
import { Home } from './home/home.tsx'
import { AroundScreens } from './screens/around.tsx'
import { StationScreen } from './station/station-screen.tsx'
import { LessonsHome } from './training/lessons-home.tsx'
import { Score } from './training/score.tsx'
import { lesson as lessonUnderWay } from './training/store.ts'
import { LessonStrip } from './training/strip.tsx'
import { Visit } from './visit.tsx'

/** The officer's window: the station first, then home, then one citizen at a time. */
export function App() {
  const { t } = useTranslation()
  const about = station((store) => store.value)
  const view = dossier((store) => store.value)
  const around = surroundings((store) => store.value)
  const lesson = lessonUnderWay((store) => store.value)
  useTrainingMark(about)
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
        <Between station={about} lesson={lesson} />
      )}
      {open && lesson && (!lesson.score || current) && (
        <LessonStrip key={lesson.lesson} lesson={lesson} view={current} />
      )}
      <Footer around={around} view={current} />
      <AroundScreens />
    </div>
  )
}

/** Between citizens: the home; in the training program the lessons, or how the last one went. */
function Between({
  station: about,
  lesson,
}: {
  readonly station: StationView
  readonly lesson: LessonView | null | undefined
}) {
  if (!about.training || (lesson && !lesson.score)) return <Home station={about} />
  return lesson?.score ? <Score lesson={{ ...lesson, score: lesson.score }} /> : <LessonsHome station={about} />
}
