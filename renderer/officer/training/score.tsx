import { CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LessonView } from '#contract/index.ts'
import { lessons, type LessonId } from '#domain/training/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { resultOf } from './about.ts'

type Scored = LessonView & { readonly score: NonNullable<LessonView['score']> }

/** After the visit: what was reached, what was missed, why it matters and what to do about it. */
export function Score({ lesson }: { readonly lesson: Scored }) {
  const { t } = useTranslation()
  const act = useAct()
  const { reached, missed } = resultOf(lesson.score)
  const all = reached.length + missed.length
  const perfect = missed.length === 0
  const title = t(`training:lesson.${lesson.lesson}.title`)
  const following = lessons[lessons.indexOf(lesson.lesson) + 1]
  const start = (which: LessonId) => void act.run(() => desk.call.startLesson({ lesson: which }))
  const leave = () => void act.run(() => desk.call.leaveLesson({}))
  const again = { onPress: () => start(lesson.lesson), children: t('training:score.again') }
  const next = following
    ? {
        onPress: () => start(following),
        children: t('training:score.next', { title: t(`training:lesson.${following}.title`) }),
      }
    : { onPress: leave, children: t('training:score.list') }
  return (
    <div className="middle">
      <main className="sheet">
        <Screen
          title={t('training:score.title', { title })}
          task={t(perfect ? 'training:score.perfect' : 'training:score.summary', { reached: reached.length, all })}
          aside={
            <p className="score-count" data-perfect={perfect} aria-hidden>
              <strong>{reached.length}</strong>/{all}
            </p>
          }
          notice={act.failure && <FailureNotice code={act.failure.code} />}
          left={
            following && (
              <Button keys="Escape" onPress={leave} isDisabled={act.busy}>
                {t('training:score.list')}
              </Button>
            )
          }
          right={
            <>
              <Button {...(perfect ? again : next)} keys={perfect ? 'R' : 'N'} isDisabled={act.busy} />
              <NextButton {...(perfect ? next : again)} keys="Enter" busy={act.busy} />
            </>
          }
        >
          <div className="score" data-perfect={perfect}>
            {!perfect && (
              <section>
                <h2 className="score-heading">{t('training:score.missed', { count: missed.length })}</h2>
                <ul className="score-missed">
                  {missed.map((point) => (
                    <li key={point} className="score-point">
                      <CircleAlert className="score-icon" size={20} aria-hidden />
                      <div>
                        <h3>{t(`training:point.${point}.title`)}</h3>
                        <p>{t(`training:point.${point}.missed`)}</p>
                        <p className="score-next">
                          <strong>{t('training:score.next-time')}:</strong> {t(`training:point.${point}.next`)}
                        </p>
                      </div>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <Card title={t('training:score.reached', { count: reached.length })} className="score-reached">
              <ul>
                {reached.map((point) => (
                  <li key={point}>
                    <CircleCheck className="score-icon" size={18} aria-hidden /> {t(`training:point.${point}.title`)}
                  </li>
                ))}
              </ul>
            </Card>
          </div>
        </Screen>
      </main>
    </div>
  )
}
