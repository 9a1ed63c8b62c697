import { useTranslation } from 'react-i18next'
import type { LessonView, OfficerView } from '#contract/index.ts'
import { detailFields, groupPersonalNumber } from '#domain/person/index.ts'
import { readable } from '../words.ts'

type Props = {
  readonly lesson: LessonView
  readonly view: OfficerView | null
  /** The name alone. */
  readonly folded: boolean
}

/** Who sits at the desk, what they bring and say; until the details are accepted also what they tell when asked. */
export function Person({ lesson, view, folded }: Props) {
  const { t } = useTranslation()
  const { person } = lesson
  const { companion } = person
  const who = <strong>{t('training:strip.person', { name: person.fullName, age: person.age })}</strong>
  if (folded) return <p className="lesson-who">{who}</p>
  const words = `training:lesson.${lesson.lesson}`
  const scene = lesson.lesson === 'child' && !companion ? `${words}.scene-alone` : `${words}.scene`
  const told = detailFields.filter((field) => field !== 'personalNumber' && person.says[field] !== undefined)
  const step = view?.state.step
  const arriving = step === undefined || step === 'arrival'
  const asking = told.length > 0 && (arriving || step === 'compare')
  return (
    <div className="lesson-who">
      <p>
        {who} <span className="lesson-number">· {groupPersonalNumber(person.personalNumber)}</span>{' '}
        <span className="lesson-scene">
          · {t(scene, { name: person.fullName, companion: companion?.fullName })}
          {arriving && ` ${t(`${words}.says`)}`}
        </span>
      </p>
      {companion && (
        <p className="lesson-says">
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
