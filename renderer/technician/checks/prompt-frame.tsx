import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PromptPictogram } from './prompt-pictograms.tsx'

/** What a person must do now, large enough to be read from beside the device, and how far the test is (0–1). */
export function PromptFrame({
  prompt,
  done,
  className = '',
  children,
}: {
  readonly prompt: Parameters<typeof PromptPictogram>[0]['prompt']
  readonly done: number
  readonly className?: string
  /** What can be answered. */
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const percent = Math.round(done * 100)
  return (
    <section className={`prompt ${className}`.trim()} aria-label={t('prompt.title')}>
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
      <div className="task-acts">{children}</div>
    </section>
  )
}
