import { useTranslation } from 'react-i18next'
import { remedies, type Remedy } from '#domain/enrolment/index.ts'
import { Button } from '../../ui/button.tsx'
import { RemedyPictogram } from './remedies.tsx'

/** Hands that do not print well: what helps, what the citizen is being shown, and the slower way. */
export function Coach({
  remedy,
  onBedside,
}: {
  /** What the citizen's screen asks for now. */
  readonly remedy: Remedy | undefined
  /** Without when single fingers are taken already. */
  readonly onBedside: (() => void) | undefined
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
        {onBedside && <p className="coach-offer">{t('fingers.coach.offer')}</p>}
      </div>
      {onBedside && (
        <Button keys="Ctrl+B" onPress={onBedside}>
          {t('fingers.coach.offer-do')}
        </Button>
      )}
    </section>
  )
}
