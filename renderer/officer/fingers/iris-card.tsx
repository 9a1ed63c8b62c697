import { useTranslation } from 'react-i18next'
import { eyes, type DossierState } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk, surroundings } from '../desk.ts'

/** Both irises, where the station has a camera for them; without it there is nothing to see. */
export function IrisCard({ state, isDisabled }: { readonly state: DossierState; readonly isDisabled: boolean }) {
  const { t } = useTranslation()
  const act = useAct()
  const camera = surroundings((store) => store.value?.devices.some(({ kind }) => kind === 'iris-camera') ?? false)
  const taken = eyes.filter((eye) => state.irises[eye])
  if (!camera && taken.length === 0) return null
  return (
    <Card className="iris-card" title={t('fingers.iris.title')}>
      <div className="iris-acts">
        {taken.map((eye) => {
          const { picture, quality } = state.irises[eye]!
          return (
            <figure key={eye} className="iris">
              <img src={`/blob/${picture.name}`} alt={t(`fingers.iris.${eye}`)} />
              <figcaption>{Math.round(quality)}</figcaption>
            </figure>
          )
        })}
        {camera && !act.busy && (
          <Button keys="Ctrl+I" onPress={() => void act.run(() => desk.call.captureIrises({}))} isDisabled={isDisabled}>
            {t(taken.length > 0 ? 'retake' : 'fingers.iris.do')}
          </Button>
        )}
        {act.busy && (
          <>
            <p role="status">{t('fingers.iris.busy')}</p>
            <Button onPress={() => void desk.call.stopOfficerCapture({})}>{t('fingers.stop')}</Button>
          </>
        )}
      </div>
      {act.failure && (
        <FailureNotice code={act.failure.code} kind={act.failure.code === 'CANCELLED' ? 'info' : 'danger'} />
      )}
    </Card>
  )
}
