import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { PromptPictogram } from './prompt-pictograms.tsx'
import type { Checking, Running } from './use-checking.ts'

/** What a person must do now, large enough to be read from beside the device. */
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
  const percent = Math.round(done * 100)
  return (
    <section className="prompt" aria-label={t('prompt.title')}>
      <PromptPictogram prompt={prompt} />
      <div className="prompt-words" role="status">
        <p className="prompt-do">{t(`prompt.${prompt}.do`, { defaultValue: prompt })}</p>
        <p className="prompt-how">{t(`prompt.${prompt}.how`, { defaultValue: '' })}</p>
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
        <Button keys="Escape" onPress={onStop}>
          {t('prompt.stop')}
        </Button>
        <Button keys="Enter" kind="next" isDisabled={!waits} onPress={onGoOn}>
          {t(waits ? 'prompt.goOn' : 'prompt.wait')}
        </Button>
      </div>
    </section>
  )
}
