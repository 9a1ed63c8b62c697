import { ChevronDown, ChevronUp, Lightbulb } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LessonView, OfficerView } from '#contract/index.ts'
import { detailFields, groupPersonalNumber } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { readable } from '../words.ts'
import { lessonNumber } from './about.ts'
import { Hands } from './hands.tsx'
import { hintOf } from './hint.ts'
import { LeaveDialog } from './leave-dialog.tsx'

/** During a lesson, above the footer: who is there, the officer's hands, and on demand what comes next. */
export function LessonStrip({ lesson, view }: { readonly lesson: LessonView; readonly view: OfficerView | null }) {
  const { t } = useTranslation()
  const act = useAct()
  const [folded, setFolded] = useState(false)
  const [hinting, setHinting] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const hint = hintOf(lesson, view)
  const number = lessonNumber(lesson.lesson)
  const title = t(`training:lesson.${lesson.lesson}.title`)
  return (
    <section className="lesson-strip" aria-label={t('training:strip.label')} data-folded={folded}>
      <div className="lesson-strip-head">
        <p className="lesson-strip-which">{t('training:strip.lesson', { number, title })}</p>
        {folded ? <Name lesson={lesson} /> : <Person lesson={lesson} view={view} />}
        <div className="lesson-strip-acts">
          <Button
            keys="Alt+H"
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
      <Hands lesson={lesson} hinted={hinting ? hint.act : undefined} act={act} />
      <div className="lesson-hint" role="status">
        {hinting && <HintWords words={hint.words} fields={hint.fields ?? []} />}
      </div>
      {act.failure && <FailureNotice code={act.failure.code} />}
      {leaving && <LeaveDialog onClose={() => setLeaving(false)} />}
    </section>
  )
}

function HintWords({
  words,
  fields,
}: {
  readonly words: string
  readonly fields: NonNullable<ReturnType<typeof hintOf>['fields']>
}) {
  const { t } = useTranslation()
  return (
    <p>
      <Lightbulb size={18} aria-hidden />
      {t(`training:hint.${words}`, { fields: fields.map((field) => t(`field.${field}`).toLowerCase()).join(', ') })}
    </p>
  )
}

function Name({ lesson: { person } }: { readonly lesson: LessonView }) {
  const { t } = useTranslation()
  return (
    <p className="lesson-who">
      <strong>{t('training:strip.person', { name: person.fullName, age: person.age })}</strong>
    </p>
  )
}

/** Until the details are accepted, also what the person says when asked. */
function Person({ lesson, view }: { readonly lesson: LessonView; readonly view: OfficerView | null }) {
  const { t } = useTranslation()
  const { person } = lesson
  const { companion } = person
  const words = `training:lesson.${lesson.lesson}`
  const scene = lesson.lesson === 'child' && !companion ? `${words}.scene-alone` : `${words}.scene`
  const told = detailFields.filter((field) => person.says[field] !== undefined)
  const asking = told.length > 0 && (view === null || view.state.step === 'arrival' || view.state.step === 'compare')
  return (
    <div className="lesson-who">
      <p>
        <strong>{t('training:strip.person', { name: person.fullName, age: person.age })}</strong>
        <span className="lesson-number"> · {groupPersonalNumber(person.personalNumber)}</span>{' '}
        <span className="lesson-scene">
          {t(scene, { name: person.fullName, companion: companion?.fullName })} {t(`${words}.says`)}
        </span>
      </p>
      {companion && (
        <p className="lesson-scene">
          {t('training:strip.companion', {
            name: companion.fullName,
            number: groupPersonalNumber(companion.personalNumber),
          })}
        </p>
      )}
      {asking && (
        <p className="lesson-says">
          {t('training:strip.when-asked')}{' '}
          {told.map((field, index) => (
            <span key={field}>
              {index > 0 && ' · '}
              {t(`field.${field}`)}: <strong>{readable(field, person.says[field] ?? '')}</strong>
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
