import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { PromptFrame } from '../prompt-frame.tsx'
import type { Step, WindowCheck } from './use-window-check.ts'

/** What a person must do or say now. */
export function StepPrompt({ step, check }: { readonly step: Step; readonly check: WindowCheck }) {
  const { t } = useTranslation()
  const { prompt, done, wants } = step
  return (
    <PromptFrame prompt={prompt} done={done} className="step">
      <Button keys="Escape" onPress={check.stop}>
        {t('prompt.stop')}
      </Button>
      {wants === 'yes-or-no' && (
        <Button keys="K" onPress={() => check.answer(false)}>
          {t('prompt.no')}
        </Button>
      )}
      <Button keys="Enter" kind="next" isDisabled={wants === 'nothing'} onPress={() => check.answer(true)}>
        {t(wants === 'nothing' ? 'prompt.wait' : wants === 'go-on' ? 'prompt.goOn' : 'prompt.yes')}
      </Button>
    </PromptFrame>
  )
}
