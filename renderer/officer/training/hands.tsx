import { Hand } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LessonView } from '#contract/index.ts'
import { handActs, type HandAct } from '#domain/training/index.ts'
import type { Act } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { desk } from '../desk.ts'
import { handKey } from './about.ts'

/** What the officer's hands can do now, each with its key, and what they did last. */
export function Hands({
  lesson,
  hinted,
  act,
}: {
  readonly lesson: LessonView
  /** The hand of the open hint. */
  readonly hinted: HandAct | undefined
  readonly act: Act
}) {
  const { t } = useTranslation()
  const offered = handActs.filter((each) => lesson.hands.includes(each))
  return (
    <div className="hands-row" role="group" aria-label={t('training:strip.hands')}>
      <Hand className="hands-icon" size={20} aria-hidden />
      {offered.length === 0 && <p className="hands-none">{t('training:strip.no-hands')}</p>}
      {offered.map((each) => (
        <Button
          key={each}
          keys={handKey(each)}
          onPress={() => void act.run(() => desk.call.useHands({ act: each }))}
          isDisabled={act.busy}
          {...(each === hinted && { className: 'hand-hinted' })}
        >
          {t(`training:hand.${each}`)}
        </Button>
      ))}
      <p className="hands-hold" role="status">
        {lesson.holds.length > 0 &&
          `${t('training:strip.holds')} ${lesson.holds.map((each) => t(`training:held.${each}`)).join(', ')}`}
      </p>
    </div>
  )
}
