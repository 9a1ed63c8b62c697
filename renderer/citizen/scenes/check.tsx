import { Check as Tick, CircleQuestionMark, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../../state/act.ts'
import { BigButton } from '../big-button.tsx'
import { useFittingType } from '../fit.ts'
import { Listen, useHeard, type Said } from '../speech/listen.tsx'
import { desk } from '../view.ts'
import { labelKey, shownValue, useWords, valueSaid } from '../words.ts'
import { Answers } from './answers.tsx'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import { useSettled } from './settled.ts'
import { useShown } from './shown.ts'
import { Trouble } from './trouble.tsx'
import './check.css'

export type Answer = 'right' | 'wrong' | 'unsure'

export const answerIcons = {
  right: <Tick size={52} strokeWidth={3.5} aria-hidden />,
  wrong: <X size={52} strokeWidth={3.5} aria-hidden />,
  unsure: <CircleQuestionMark size={46} strokeWidth={2.25} aria-hidden />,
} as const

const answers = [
  ['right', '1'],
  ['wrong', '2'],
  ['unsure', '3'],
] as const

/** One detail, one question, one answer; it counts once main has on record that the question is on the screen. */
export function Check({ view: { address, about, detail, place, of } }: { readonly view: SceneView<'check'> }) {
  const { say, langOf, t, language, direction } = useWords()
  const { field, value } = detail
  const [chosen, setChosen] = useState<Answer>()
  const [seen, setSeen] = useState<string>()
  const { failure, busy, run } = useAct()
  const question = useRef<HTMLHeadingElement>(null)
  useEffect(() => question.current?.focus(), [])

  const label = t(labelKey(field, value))
  const key = `check.question.${labelKey(field, value).replace('field.', '')}`
  const asked =
    about === undefined ? t('check.question', { field: label, address }) : t('check.about', { field: label, about })
  const sentence = say(key, asked)
  const shown = shownValue(field, value)
  const meaning = field === 'sex' ? t(`meaning.${value}`, { defaultValue: '' }) : ''
  const lines = [sentence, shown, ...(meaning === '' ? [] : [meaning])]
  const said: Said = [{ keys: [key], text: asked }, ...valueSaid(field, value)]
  const { frame, words } = useFittingType<HTMLParagraphElement>(shown, 32, 104)

  const what = JSON.stringify([language, lines])
  const whole = seen === what
  const heard = useHeard(said)
  const showing = useShown({ what: { kind: 'detail', field, value }, language, lines, heard }, whole)
  const settled = useSettled(what)

  // Once an answer is on its way nothing more is accepted until the next view, or until it has failed.
  const live = settled && showing.recorded && !busy && (chosen === undefined || failure !== undefined)
  const answer = (given: Answer) => {
    setChosen(given)
    void run(() => desk.call.answerDetail({ field, value, answer: given }))
  }
  return (
    <section className="scene scene-whole check" dir={direction}>
      <Reading what={what} label={label} frame={frame} onSeen={setSeen} className="check-asked">
        <h1 className="check-question" ref={question} tabIndex={-1} lang={langOf(key)} aria-live="polite">
          {sentence}
          <span className="visually-hidden"> {t('check.place', { place, of })}</span>
        </h1>
        <p className="check-value" ref={words} lang="vi" data-field={field}>
          {field === 'personalNumber' ? shown.split(' ').map((group, at) => <span key={at}>{group} </span>) : shown}
        </p>
        {meaning !== '' && <p className="line">{meaning}</p>}
        <Listen said={said} />
      </Reading>
      {failure !== undefined && (
        <Trouble line={t('check.failed', { address })} onPress={() => answer(chosen ?? 'unsure')} live={live} />
      )}
      {failure === undefined && showing.failed && (
        <Trouble line={t('check.unrecorded', { address })} onPress={showing.tryAgain} />
      )}
      <Answers label={t('check.answers')}>
        {answers.map(([name, digit]) => (
          <BigButton
            key={name}
            kind={name}
            icon={answerIcons[name]}
            digit={digit}
            live={live}
            asleep={!whole}
            chosen={chosen === name}
            onPress={() => answer(name)}
            lang={langOf(`answer.${name}`)}
          >
            {say(`answer.${name}`, t(`check.${name}`))}
          </BigButton>
        ))}
      </Answers>
    </section>
  )
}
