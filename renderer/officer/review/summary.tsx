import { useTranslation } from 'react-i18next'
import { allFingers } from '#domain/biometrics/index.ts'
import { fingerProgress, proposedDetails, type DossierState } from '#domain/enrolment/index.ts'
import { detailFields } from '#domain/person/index.ts'
import { Card } from '../../ui/card.tsx'
import { Hands } from '../fingers/hands.tsx'
import { useFingerWords } from '../fingers/words.ts'
import { readable } from '../words.ts'
import { Confirmed } from './confirmed.tsx'

/** Everything that goes into the file, on one page. */
export function Summary({ state }: { readonly state: DossierState }) {
  const { t } = useTranslation()
  const details = state.confirmed ?? proposedDetails(state)
  const fingers = fingerProgress(state)
  const words = useFingerWords()
  const { signingException: exception } = state
  const excepted = allFingers.flatMap((finger) => {
    const reason = state.exceptions[finger]?.reason
    return reason ? [`${words.finger(finger)} (${t(`fingers.exception.reason.${reason}`).toLowerCase()})`] : []
  })
  return (
    <div className="summary">
      <Card title={t('review.details')} className="summary-details">
        <dl>
          {detailFields.map((field) => (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>{details[field] === undefined ? '—' : readable(field, details[field])}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title={t('review.confirming')} className="summary-confirmed">
        <Confirmed state={state} />
        <div className="summary-ink">
          {state.signature && <img src={`/blob/${state.signature.picture.name}`} alt={t('check.signature-picture')} />}
          {exception?.mark && <img src={`/blob/${exception.mark.print.name}`} alt={t('check.mark.picture')} />}
          {exception?.witnessed && (
            <img src={`/blob/${exception.witnessed.picture.name}`} alt={t('check.witness-picture')} />
          )}
        </div>
      </Card>
      <Card title={t('review.portrait')} className="summary-portrait">
        {state.portrait ? (
          <img src={`/blob/${state.portrait.name}`} alt={t('portrait.taken')} />
        ) : (
          <p className="empty">{t('review.none')}</p>
        )}
      </Card>
      <Card title={t('review.documents', { count: state.documents.length })} className="summary-documents">
        {state.documents.length === 0 && <p className="empty">{t('review.none')}</p>}
        <ul>
          {state.documents.map(({ kind, picture }) => (
            <li key={picture.name}>
              <img src={`/blob/${picture.name}`} alt={t(`documents.kind.${kind}`)} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('review.fingers')} className="summary-fingers">
        <Hands standings={fingers} />
        <p className="field-note">
          {fingers.plan.steps.length === 0
            ? t('fingers.nothing')
            : fingers.missing > 0
              ? t('fingers.missing', { count: fingers.missing })
              : t('fingers.complete')}
        </p>
        {excepted.length > 0 && (
          <p className="field-note">{t('review.exceptions', { fingers: excepted.join(', ') })}</p>
        )}
        {state.bedside !== undefined && <p className="field-note">{t('review.bedside', { reason: state.bedside })}</p>}
      </Card>
    </div>
  )
}
