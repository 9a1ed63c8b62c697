import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { surroundings } from '../desk.ts'
import { dismissNote, turning } from './turn.ts'

/** Before the laptop is turned: how it is taken back. Or why it is not turned. Nothing waits for it. */
export function TurnNote() {
  const { t } = useTranslation()
  const value = turning((store) => store.value)
  const screen = surroundings((store) => store.value?.citizenScreen)
  useEffect(() => dismissNote, [screen])
  if (value.note === 'none') return null
  const close = (
    <Button keys="Escape" onPress={dismissNote}>
      {t(value.note === 'announced' ? 'screens.turn.not' : 'close')}
    </Button>
  )
  return (
    <div className="turn-note">
      {value.note === 'failed' ? (
        <FailureNotice code={value.code} acts={close} kind="doubt" />
      ) : (
        <Notice kind="info" acts={close} urgent>
          {t(`screens.turn.${value.note}`)}
        </Notice>
      )}
    </div>
  )
}
