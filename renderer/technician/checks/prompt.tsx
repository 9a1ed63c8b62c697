import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { PromptFrame } from './prompt-frame.tsx'
import type { Checking, Running } from './use-checking.ts'

/** The prompt of a test that the device process makes. */
export function Prompt({
  running,
  onGoOn,
  onStop,
}: {
  readonly running: Extract<Running, { what: 'device' }>
  readonly onGoOn: Checking['goOn']
  readonly onStop: Checking['stop']
}) {
  const { t } = useTranslation()
  const { prompt = 'nothing', done = 0 } = running.prompt ?? {}
  const waits = prompt !== 'nothing'
  return (
    <PromptFrame prompt={prompt} done={done}>
      <Button keys="Escape" onPress={onStop}>
        {t('prompt.stop')}
      </Button>
      <Button keys="Enter" kind="next" isDisabled={!waits} onPress={onGoOn}>
        {t(waits ? 'prompt.goOn' : 'prompt.wait')}
      </Button>
    </PromptFrame>
  )
}
