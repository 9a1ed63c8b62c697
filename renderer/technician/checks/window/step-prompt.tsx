import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { PromptPictogram } from '../prompt-pictograms.tsx'
import type { Step, WindowCheck } from './use-window-check.ts'

/** What a person must do or say now. */
export function StepPrompt({ step, check }: { readonly step: Step; readonly check: WindowCheck }) {
  const { t } = useTranslation()
  const { prompt, done, wants } = step
  const percent = Math.round(done * 100)
  return (
    <section className="prompt step" aria-label={t('prompt.title')}>
      <PromptPictogram prompt={prompt} />
      <div className="prompt-words" role="status">
        <p className="prompt-do">{t(`prompt.${prompt}.do`)}</p>
        <p className="prompt-how">{t(`prompt.${prompt}.how`)}</p>
      </div>
      <div
        className="prompt-line"
        role="progressbar"
        aria-label={t('prompt.progress')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className="prompt-fill" style={{ width: `${percent}%` }} />
      </div>
      <div className="task-acts">
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
      </div>
    </section>
  )
}
