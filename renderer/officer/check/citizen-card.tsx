import { PenLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CitizenScene, DossierState } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk, surroundings } from '../desk.ts'
import { readable } from '../words.ts'

/** What stands on the citizen's screen now, and what they signed. */
export function CitizenCard({ state, scene }: { readonly state: DossierState; readonly scene: CitizenScene }) {
  const { t } = useTranslation()
  const clearing = useAct()
  const screen = surroundings((store) => store.value?.citizenScreen)
  const { signature } = state
  return (
    <div className="check-side">
      <Card title={t('check.screen')}>
        {screen !== undefined && screen !== 'shown' ? (
          <Notice kind="doubt">{t(`check.screen-${screen}`)}</Notice>
        ) : (
          <div className="mirror" aria-live="polite">
            {scene.scene === 'check' ? (
              <>
                <p className="mirror-question">{t('check.question', { field: t(`field.${scene.detail.field}`) })}</p>
                <p className="mirror-value">{readable(scene.detail.field, scene.detail.value)}</p>
              </>
            ) : (
              <p className="mirror-question">
                {t(`check.scene.${scene.scene}`, { defaultValue: t('check.scene.wait') })}
              </p>
            )}
          </div>
        )}
      </Card>
      <Card title={t('check.signature')}>
        {signature ? (
          <img className="signature" src={`/blob/${signature.picture.name}`} alt={t('check.signature-picture')} />
        ) : (
          <p className="signature signature-none">
            <PenLine size={20} aria-hidden /> {scene.scene === 'sign' ? t('check.signing') : t('check.sign-later')}
          </p>
        )}
        {clearing.failure && <FailureNotice code={clearing.failure.code} />}
        {signature && (
          <Button
            keys="Ctrl+K"
            onPress={() => void clearing.run(() => desk.call.clearSignature({}))}
            busy={clearing.busy}
          >
            {t('check.sign-again')}
          </Button>
        )}
      </Card>
    </div>
  )
}
