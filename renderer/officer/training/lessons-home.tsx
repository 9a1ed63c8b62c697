import { GraduationCap } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput, StationView } from '#contract/index.ts'
import type { LessonId } from '#domain/training/index.ts'
import { useAct } from '../../state/act.ts'
import { Card } from '../../ui/card.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { desk, surroundings } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { DossierItem, ofToday, useDossiers } from '../home/home.tsx'
import { ExportForm } from '../home/export-form.tsx'
import { lessonMinutes, lessonNumber, lessonToTake } from './about.ts'

type Taken = CallOutput<'lessons'>[number]

/** Between lessons: what this program is, what can be learned, and where to begin. */
export function LessonsHome({ station }: { readonly station: StationView }) {
  const { t } = useTranslation()
  const starting = useAct()
  const { taken, failure } = useLessons()
  const waiting = surroundings((store) => store.value)?.waiting
  const { rows, load } = useDossiers(waiting)
  const opening = useAct()
  const today = ofToday(rows, station.today)
  const open = lessonToTake(taken)
  const proposed = open ?? taken[0]?.lesson
  const isFirst = taken.length > 0 && taken.every(({ best }) => best === undefined)
  const start = (lesson: LessonId) => void starting.run(() => desk.call.startLesson({ lesson }))
  const shownFailure = starting.failure ?? opening.failure ?? failure
  return (
    <div className="middle">
      <main className="sheet">
        <Screen
          title={t('training:home.title')}
          task={t('training:home.task')}
          notice={shownFailure && <FailureNotice code={shownFailure.code} />}
          right={
            proposed && (
              <NextButton keys="Enter" onPress={() => start(proposed)} busy={starting.busy}>
                {t(open === undefined ? 'training:home.start-again' : 'training:home.start', {
                  number: lessonNumber(proposed),
                  title: t(`training:lesson.${proposed}.title`),
                })}
              </NextButton>
            )
          }
        >
          <div className="lessons">
            <div className="lessons-main">
              {isFirst ? (
                <First />
              ) : (
                <p className="lessons-promise">
                  <GraduationCap size={20} aria-hidden />
                  {t('training:home.nothing-sent')}
                </p>
              )}
              <Card title={t('training:home.list')} className="lessons-list">
                <ol>
                  {taken.map((each) => (
                    <LessonItem
                      key={each.lesson}
                      taken={each}
                      isProposed={each.lesson === proposed}
                      busy={starting.busy}
                      onStart={() => start(each.lesson)}
                    />
                  ))}
                </ol>
              </Card>
            </div>
            <div className="lessons-side">
              <Card title={t('training:home.left-open')}>
                {today?.length === 0 && <p className="empty">{t('training:home.left-none')}</p>}
                <ul className="lessons-left">
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
              {(waiting ?? 0) > 0 && <Waiting count={waiting ?? 0} onDone={load} />}
            </div>
          </div>
        </Screen>
      </main>
    </div>
  )
}

/** The first time: what this is, before anything is asked of anybody. */
function First() {
  const { t } = useTranslation()
  return (
    <Card title={t('training:home.first-title')} className="lessons-first">
      <ol>
        {([1, 2, 3] as const).map((place) => (
          <li key={place}>{t(`training:home.first-${place}`)}</li>
        ))}
      </ol>
    </Card>
  )
}

function Waiting({ count, onDone }: { readonly count: number; readonly onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Card title={t('home.waiting')}>
      <p className="home-count">
        <strong>{count}</strong> {t('home.waiting-words')}
      </p>
      <ExportForm isDisabled={false} onDone={onDone} />
    </Card>
  )
}

type ItemProps = {
  readonly taken: Taken
  readonly isProposed: boolean
  readonly busy: boolean
  readonly onStart: () => void
}

function LessonItem({ taken: { lesson, best }, isProposed, busy, onStart }: ItemProps) {
  const { t } = useTranslation()
  const keys = String(lessonNumber(lesson))
  useKey(keys, onStart, !busy)
  return (
    <li>
      <button
        type="button"
        className="lesson-row"
        data-lesson={lesson}
        {...(isProposed && { 'data-proposed': true })}
        onClick={onStart}
        disabled={busy}
      >
        <KeyHint keys={keys} />
        <span className="lesson-what">
          <span className="lesson-title">{t(`training:lesson.${lesson}.title`)}</span>
          <span className="lesson-teaches">{t(`training:lesson.${lesson}.teaches`)}</span>
        </span>
        <span className="lesson-facts">
          {t('training:home.minutes', { minutes: lessonMinutes[lesson] })}
          {best === undefined ? (
            <Pill tone="quiet">{t('training:home.untaken')}</Pill>
          ) : best >= 1 ? (
            <Pill tone="good">{t('training:home.perfect')}</Pill>
          ) : (
            <Pill tone="doubt">{t('training:home.best', { percent: Math.floor(best * 100) })}</Pill>
          )}
        </span>
      </button>
    </li>
  )
}

function useLessons() {
  const [taken, setTaken] = useState<readonly Taken[]>([])
  const act = useAct()
  const { run } = act
  useEffect(() => {
    void run(async () => {
      const result = await desk.call.lessons({})
      if (result.ok) setTaken(result.value)
      return result
    })
  }, [run])
  return { taken, failure: act.failure }
}
