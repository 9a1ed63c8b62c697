import { useTranslation } from 'react-i18next'
import {
  allAnsweredRight,
  wantsMark,
  type DossierState,
  type SigningException as Excepted,
} from '#domain/enrolment/index.ts'
import { groupPersonalNumber } from '#domain/person/index.ts'
import { TakeMark } from './take-mark.tsx'

/** In the place of a signature: why, the finger laid down, and the witness. */
export function SigningException({ state, exception }: { readonly state: DossierState; readonly exception: Excepted }) {
  const { t } = useTranslation()
  const { witness, mark, witnessed } = exception
  const ready = allAnsweredRight(state) && state.pageConfirmed !== undefined
  const marked = mark !== undefined || !wantsMark(state)
  return (
    <div className="excepted">
      {mark ? (
        <div className="mark-taken">
          <img src={`/blob/${mark.print.name}`} alt={t('check.mark.picture')} />
          <p>
            <strong>{t(`finger.${mark.finger}`)}</strong>
            <span className="field-note">
              {mark.score === undefined
                ? t('check.mark.not-compared')
                : t('check.mark.alike', { score: Math.round(mark.score) })}
            </span>
          </p>
        </div>
      ) : !wantsMark(state) ? (
        <p className="field-note">{t('check.mark.none')}</p>
      ) : (
        <TakeMark state={state} ready={ready} />
      )}
      <div className="witness">
        <p>
          {t('check.witness')} <strong>{witness.name}</strong>
          <span className="field-note">
            {[groupPersonalNumber(witness.number), ready && !marked && t('check.witness-later')]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </p>
        {witnessed && <img src={`/blob/${witnessed.picture.name}`} alt={t('check.witness-picture')} />}
      </div>
      {!witnessed && (!ready || marked) && (
        <p className={ready ? 'witness-now' : 'field-note'}>{t(ready ? 'check.witness-now' : 'check.mark.later')}</p>
      )}
    </div>
  )
}
