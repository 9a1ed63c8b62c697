import { ChevronDown, ChevronUp, Lightbulb } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LessonView, OfficerView } from '#contract/index.ts'
import type { HandAct } from '#domain/training/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { lessonNumber } from './about.ts'
import { HandKeys, Hands } from './hands.tsx'
import { hintOf, type Hint } from './hint.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { Person, Told } from './person.tsx'

/** During a lesson, above the footer: who is there, the officer's hands, and on demand what comes next. */
export function LessonStrip({ lesson, view }: { readonly lesson: LessonView; readonly view: OfficerView | null }) {
  const { t } = useTranslation()
  const acting = useAct()
  const [folded, setFolded] = useState(false)
  const [hinting, setHinting] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const hint = hintOf(lesson, view)
  const title = t(`training:lesson.${lesson.lesson}.title`)
  const act = (hand: HandAct) => void acting.run(() => desk.call.useHands({ act: hand }))
  // The second of two presses finds its act done: nothing to tell.
  const failure = acting.failure?.code === 'EVENT_NOT_ALLOWED' ? undefined : acting.failure
  const hands = { lesson, busy: acting.busy, onAct: act }
  return (
    <section className="lesson-strip" aria-label={t('training:strip.label')} data-folded={folded}>
      <HandKeys {...hands} />
      <div className="lesson-strip-head">
        <p className="lesson-strip-which">
          {t('training:strip.lesson', { number: lessonNumber(lesson.lesson), title })}
        </p>
        <Person lesson={lesson} view={view} folded={folded} />
        <div className="lesson-strip-acts">
          <Button
            keys="Alt+G"
            kind="quiet"
            icon={<Lightbulb size={18} aria-hidden />}
            onPress={() => setHinting(!hinting)}
          >
            {t(hinting ? 'training:strip.hint-hide' : 'training:strip.hint')}
          </Button>
          <Button
            keys="Alt+U"
            kind="quiet"
            icon={folded ? <ChevronUp size={18} aria-hidden /> : <ChevronDown size={18} aria-hidden />}
            onPress={() => setFolded(!folded)}
          >
            {t(folded ? 'training:strip.unfold' : 'training:strip.fold')}
          </Button>
          <Button kind="quiet" onPress={() => setLeaving(true)}>
            {t('training:strip.leave')}
          </Button>
        </div>
      </div>
      {!folded && <Told lesson={lesson} view={view} />}
      {!folded && <Hands {...hands} hinted={hinting ? hint.act : undefined} />}
      <div className="lesson-hint" role="status">
        {hinting && <HintWords hint={hint} />}
      </div>
      {failure && <FailureNotice code={failure.code} />}
      {leaving && <LeaveDialog onClose={() => setLeaving(false)} />}
    </section>
  )
}

function HintWords({ hint }: { readonly hint: Hint }) {
  const { t } = useTranslation()
  const fields = (hint.fields ?? []).map((field) => t(`field.${field}`).toLowerCase()).join(', ')
  return (
    <p>
      <Lightbulb size={18} aria-hidden />
      {t(`training:hint.${hint.words}`, { fields })}
    </p>
  )
}
