import { useTranslation } from 'react-i18next'
import type { CallInput, EventData } from '#contract/index.ts'
import { Button } from '../../ui/button.tsx'

type Answer = CallInput<'answerPart'>['answer']

/** A question to the person who looks at the citizen's screen, or at what came out of the printer. */
export function PartPrompt({
  question,
  onAnswer,
  onStop,
}: {
  /** Undefined while something is measured or drawn. */
  readonly question: EventData<'partQuestion'> | undefined
  readonly onAnswer: (answer: Answer) => void
  readonly onStop: () => void
}) {
  const { t } = useTranslation()
  const ask = question?.ask ?? 'nothing'
  const { picture, place = 1, of = 1 } = question ?? {}
  const colour = picture === undefined ? '' : t(`partAsk.picture.${picture}`, { defaultValue: '' })
  return (
    <section className="prompt part-prompt" aria-label={t('prompt.title')}>
      {ask === 'colour' && <div className="part-swatch" data-picture={picture} aria-hidden />}
      <div className="prompt-words" role="status">
        <p className="prompt-do">{t(`partAsk.${ask}.do`, { place, of, colour })}</p>
        <p className="prompt-how">{t(`partAsk.${ask}.how`, { place, of, colour })}</p>
        {of > 1 && <p className="part-place">{t('partAsk.place', { place, of })}</p>}
      </div>
      {ask === 'print' && (
        <div className="part-answers">
          {(['crooked', 'pale', 'nothing'] as const).map((answer) => (
            <Button key={answer} onPress={() => onAnswer(answer)}>
              {t(`partAsk.print.${answer}`)}
            </Button>
          ))}
        </div>
      )}
      <div className="task-acts">
        <Button keys="Escape" onPress={onStop}>
          {t('prompt.stop')}
        </Button>
        {question && ask !== 'print' && (
          <Button keys="K" onPress={() => onAnswer('no')}>
            {t(`partAsk.${ask}.no`)}
          </Button>
        )}
        {question && ask !== 'cross' && (
          <Button keys="Enter" kind="next" onPress={() => onAnswer(ask === 'print' ? 'right' : 'yes')}>
            {t(`partAsk.${ask}.yes`)}
          </Button>
        )}
      </div>
    </section>
  )
}
