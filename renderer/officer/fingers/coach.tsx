import { useTranslation } from 'react-i18next'
import { remedies, type Remedy } from '#domain/enrolment/index.ts'
import { RemedyPictogram } from './remedies.tsx'

/** Hands that do not print well: what helps, what the citizen is being shown, and that there is a slower way. */
export function Coach({
  remedy,
  offer,
}: {
  /** What the citizen's screen asks for now. */
  readonly remedy: Remedy | undefined
  /** Single fingers can be taken instead. */
  readonly offer: boolean
}) {
  const { t } = useTranslation()
  return (
    <section className="coach card" aria-labelledby="coach-title">
      <ol className="coach-remedies">
        {remedies.map((each) => (
          <li key={each} className="coach-remedy" aria-current={each === remedy ? 'true' : undefined}>
            <RemedyPictogram remedy={each} />
            <span>
              {t(`fingers.coach.${each}`)}
              {each === remedy && <span className="coach-now">{t('fingers.coach.now')}</span>}
            </span>
          </li>
        ))}
      </ol>
      <div className="coach-words">
        <h2 id="coach-title" className="card-title">
          {t('fingers.coach.title')}
        </h2>
        {remedy !== undefined && <p>{t(`fingers.coach.citizen.${remedy}`)}</p>}
        {offer && <p className="coach-offer">{t('fingers.coach.offer')}</p>}
      </div>
    </section>
  )
}
