import { useTranslation } from 'react-i18next'
import type { LessonView, OfficerView } from '#contract/index.ts'
import { detailFields, groupPersonalNumber } from '#domain/person/index.ts'
import { readable } from '../words.ts'
import { bringsCard } from './about.ts'

type Props = { readonly lesson: LessonView; readonly view: OfficerView | null }

/** Who sits at the desk, what they bring and, until they are received, say. Folded: the name alone. */
export function Person({ lesson, view, folded }: Props & { readonly folded: boolean }) {
  const { t } = useTranslation()
  const { person } = lesson
  const who = <strong>{t('training:strip.person', { name: person.fullName, age: person.age })}</strong>
  if (folded) return <p className="lesson-who">{who}</p>
  const words = `training:lesson.${lesson.lesson}`
  const scene = lesson.lesson === 'child' && !person.companion ? `${words}.scene-alone` : `${words}.scene`
  return (
    <p className="lesson-who">
      {who} <span className="lesson-number">· {groupPersonalNumber(person.personalNumber)}</span>{' '}
      <span className="lesson-scene">
        · {t(scene, { name: person.fullName, companion: person.companion?.fullName })}
        {isArriving(view) && ` ${t(`${words}.says`)}`}
      </span>
    </p>
  )
}

/** Who came along, and what is told when asked, while the officer may have to ask for it. */
export function Told({ lesson, view }: Props) {
  const { t } = useTranslation()
  const { says, companion } = lesson.person
  const told = detailFields.filter((field) => field !== 'personalNumber' && says[field] !== undefined)
  const wanted = view?.state.step === 'compare' || (isArriving(view) && !bringsCard(lesson.lesson))
  const asking = told.length > 0 && wanted
  if (!asking && !(companion && isArriving(view))) return null
  return (
    <p className="lesson-told">
      {companion && isArriving(view) && (
        <span>
          {t('training:strip.companion', {
            name: companion.fullName,
            number: groupPersonalNumber(companion.personalNumber),
          })}
          {asking && '. '}
        </span>
      )}
      {asking && t('training:strip.when-asked')}{' '}
      {asking &&
        told.map((field, index) => (
          <span key={field}>
            {index > 0 && ' · '}
            {t(`field.${field}`)}: <strong>{readable(field, says[field] ?? '')}</strong>
          </span>
        ))}
    </p>
  )
}

function isArriving(view: OfficerView | null): boolean {
  return view === null || view.state.step === 'arrival'
}
