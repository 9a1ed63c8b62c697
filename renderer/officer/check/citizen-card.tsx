import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { wasShown, type CitizenScene, type DossierState } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk, surroundings } from '../desk.ts'
import { requestTurn } from '../screens/turn.ts'
import { readable } from '../words.ts'

/** What stands on the citizen's screen now, and who found the whole page right. */
export function CitizenCard({ state, scene }: { readonly state: DossierState; readonly scene: CitizenScene }) {
  const { t } = useTranslation()
  const confirming = useAct()
  const screen = surroundings((store) => store.value?.citizenScreen)
  const { failure } = confirming
  const canTurn = screen === 'no-display' || screen === 'unchosen'
  return (
    <Card title={t('check.screen')}>
      {screen !== undefined && screen !== 'shown' ? (
        <Notice kind={screen === 'turned' ? 'info' : 'doubt'}>{t(`check.screen-${screen}`)}</Notice>
      ) : (
        <div className="asked" aria-live="polite">
          {scene.scene === 'check' ? (
            <>
              <p className="asked-question">{t('check.question', { field: t(`field.${scene.detail.field}`) })}</p>
              <p className="asked-value">{readable(scene.detail.field, scene.detail.value)}</p>
            </>
          ) : (
            <p className="asked-question">{sceneWords(state, scene, t)}</p>
          )}
        </div>
      )}
      {state.pageConfirmed && (
        <p className="page-confirmed">
          <CircleCheck size={18} aria-hidden /> {t(`check.page-by-${state.pageConfirmed.by}`)}
        </p>
      )}
      {failure && <FailureNotice code={failure.code} />}
      {(canTurn || scene.scene === 'page') && (
        <div className="side-acts">
          {canTurn && (
            <Button onPress={requestTurn}>
              {t('check.turn')} <KeyHint keys="Ctrl+F9" />
            </Button>
          )}
          {scene.scene === 'page' && (
            <Button
              keys="Ctrl+M"
              onPress={() => void confirming.run(() => desk.call.confirmPageForCitizen({}))}
              busy={confirming.busy}
            >
              {t('check.page-confirm')}
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}

function sceneWords(state: DossierState, scene: CitizenScene, t: ReturnType<typeof useTranslation>['t']): string {
  const person = state.representative ? 'representative' : 'citizen'
  switch (scene.scene) {
    case 'page':
      return t(wasShown(state, 'page') ? `check.scene.page-${person}` : 'check.scene.page-coming')
    case 'sign':
      return t(`check.scene.sign-${scene.who}`)
    case 'mark':
      return t(`check.scene.mark-${person}`)
    case 'correcting':
      return t('check.scene.correcting')
    default:
      return t('check.scene.wait')
  }
}
