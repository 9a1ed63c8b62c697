import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import type { Shooting } from './use-shooting.ts'

/** A picture that could not be stored: it is still here, to be stored again, as it is, or given up. */
export function UnsentPicture({ shooting }: { readonly shooting: Shooting }) {
  const { t } = useTranslation()
  return (
    <FailureNotice
      code={shooting.failure?.code ?? 'INTERNAL'}
      acts={
        <>
          {shooting.sendPlain && (
            <Button keys="Ctrl+Shift+S" onPress={shooting.sendPlain} busy={shooting.busy}>
              {t('camera.send-plain')}
            </Button>
          )}
          <Button keys="Ctrl+S" onPress={shooting.sendAgain} busy={shooting.busy}>
            {t('camera.send-again')}
          </Button>
          <Button onPress={shooting.discard} isDisabled={shooting.busy}>
            {t('camera.discard')}
          </Button>
        </>
      }
    />
  )
}
