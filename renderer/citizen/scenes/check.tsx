import { Check as Tick, CircleQuestionMark, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { BigButton } from '../big-button.tsx'
import { useFittingType } from '../fit.ts'
import { Listen } from '../speech.tsx'
import { desk } from '../view.ts'
import { labelKey, shownValue, spokenValue } from '../words.ts'
import type { SceneView } from './scene.ts'

type Answer = 'right' | 'wrong' | 'unsure'

const answers = [
  ['right', '1', <Tick key="right" size={52} strokeWidth={3.5} aria-hidden />],
  ['wrong', '2', <X key="wrong" size={52} strokeWidth={3.5} aria-hidden />],
  ['unsure', '3', <CircleQuestionMark key="unsure" size={46} strokeWidth={2.25} aria-hidden />],
] as const

/** Nobody has read a question in less; the second tap of a double tap falls into it. Milliseconds. */
const settling = 450

/** One detail, one question, one answer. */
export function Check({ view: { address, detail, place, of } }: { readonly view: SceneView<'check'> }) {
  const { t, i18n } = useTranslation()
  const { field, value } = detail
  const [settled, setSettled] = useState(false)
  const [chosen, setChosen] = useState<Answer>()
  const { failure, busy, run } = useAct()
  const question = useRef<HTMLHeadingElement>(null)
  const shown = shownValue(field, value)
  const { frame, words } = useFittingType<HTMLParagraphElement>(shown, 24, 104)

  useEffect(() => {
    question.current?.focus()
    const timer = setTimeout(() => setSettled(true), settling)
    return () => clearTimeout(timer)
  }, [])

  // Once an answer is on its way nothing more is accepted until the next view, or until it has failed.
  const live = settled && !busy && (chosen === undefined || failure !== undefined)
  const answer = (given: Answer) => {
    setChosen(given)
    void run(() => desk.call.answerDetail({ field, value, answer: given }))
  }
  const sentence = t('check.question', { field: t(labelKey(field, value)), address })
  const meaning = field === 'sex' ? t(`meaning.${value}`, { defaultValue: '' }) : ''
  return (
    <section className="scene scene-check">
      <div className="asked">
        <h1 className="question" ref={question} tabIndex={-1}>
          {sentence}
          <span className="visually-hidden"> {t('check.place', { place, of })}</span>
        </h1>
        <div className="value-frame" ref={frame} role="region" tabIndex={0} aria-label={t(labelKey(field, value))}>
          <p className="value" ref={words} lang="vi" data-field={field}>
            {field === 'personalNumber' ? shown.split(' ').map((group, at) => <span key={at}>{group} </span>) : shown}
          </p>
        </div>
        {meaning !== '' && <p className="line">{meaning}</p>}
        {failure === undefined ? (
          <Listen sentence={`${sentence} ${i18n.language === 'vi' ? spokenValue(field, value) : shown}`} />
        ) : (
          <p className="trouble" role="alert">
            {t('check.failed', { address })}
            <BigButton onPress={() => answer(chosen ?? 'unsure')} live={live}>
              {t('tryAgain')}
            </BigButton>
          </p>
        )}
      </div>
      <div className="answers" role="group" aria-label={t('check.answers')}>
        {answers.map(([name, digit, icon]) => (
          <BigButton
            key={name}
            kind={name}
            icon={icon}
            digit={digit}
            live={live}
            chosen={chosen === name}
            onPress={() => answer(name)}
          >
            {t(`check.${name}`)}
          </BigButton>
        ))}
      </div>
    </section>
  )
}
