import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { citizenScene, type Answer, type DossierState } from '#domain/enrolment/index.ts'
import { detailFields, type DetailField } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { CorrectField } from '../compare/correct-field.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { readable } from '../words.ts'
import { CitizenCard } from './citizen-card.tsx'

const tones: Readonly<Record<Answer, Tone>> = { right: 'good', wrong: 'danger', unsure: 'doubt' }
const answers = ['right', 'wrong', 'unsure'] as const satisfies readonly Answer[]

/** F6: the citizen answers detail by detail; what is wrong is corrected here and asked again. */
export function Check({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { state } = view
  const answering = useAct()
  const fields = detailFields.filter((field) => state.confirmed?.[field] !== undefined)
  const scene = citizenScene(state)
  const asked = scene.scene === 'check' ? scene.detail.field : undefined
  const wrong = fields.filter((field) => ['wrong', 'unsure'].includes(answerTo(state, field)?.answer ?? ''))
  const [picked, setPicked] = useState<DetailField>()
  const [editing, setEditing] = useState<DetailField>()
  const list = useRef<HTMLOListElement>(null)
  const selected = picked ?? wrong[0] ?? asked ?? fields[0]

  // While the citizen goes on by themselves the selection follows them.
  useEffect(() => setPicked(undefined), [asked])
  const select = (field: DetailField | undefined) => {
    if (field === undefined) return
    setPicked(field)
    list.current?.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus()
  }
  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || selected === undefined || editing !== undefined) return
    event.preventDefault()
    select(fields[fields.indexOf(selected) + step])
  }
  const answer = (given: Answer) => {
    const value = selected === undefined ? undefined : state.confirmed?.[selected]
    if (selected === undefined || value === undefined) return
    void answering.run(() => desk.call.answerForCitizen({ field: selected, value, answer: given }))
  }
  const cannotAnswer = selected === undefined || editing !== undefined || answering.busy
  return (
    <Screen
      title={t('check.title')}
      task={t('check.task')}
      notice={
        answering.failure ? (
          <FailureNotice code={answering.failure.code} />
        ) : !state.confirmed ? (
          <Notice kind="doubt" acts={<Button onPress={() => leave('compare')}>{t('step.compare')}</Button>}>
            {t('check.not-compared')}
          </Notice>
        ) : (
          wrong.length > 0 && (
            <Notice kind="doubt">
              {t('check.wrong', { fields: wrong.map((field) => t(`field.${field}`).toLowerCase()).join(', ') })}
            </Notice>
          )
        )
      }
      left={
        <>
          <span className="acts-label">{t('check.for-citizen')}</span>
          {answers.map((given, index) => (
            <Button key={given} keys={String(index + 1)} onPress={() => answer(given)} isDisabled={cannotAnswer}>
              {t(`check.answer.${given}`)}
            </Button>
          ))}
          <Button keys="Ctrl+D" onPress={() => setEditing(selected)} isDisabled={cannotAnswer}>
            {t('check.correct')}
          </Button>
        </>
      }
      right={
        <>
          <Button
            keys="Escape"
            onPress={() => leave(stepBefore('check'))}
            isDisabled={editing !== undefined}
            busy={leaving}
          >
            {t('back')}
          </Button>
          <NextButton keys="Enter" onPress={() => leave('review')} isDisabled={editing !== undefined} busy={leaving}>
            {t('check.next')}
          </NextButton>
        </>
      }
    >
      <div className="check">
        <ol className="check-list" ref={list} onKeyDown={handleKey} data-keys="screen">
          {fields.map((field) => (
            <li
              key={field}
              className="check-item"
              data-answer={answerTo(state, field)?.answer}
              data-asked={field === asked}
              data-selected={field === selected}
            >
              {editing === field ? (
                <div className="check-row">
                  <span className="check-field">{t(`field.${field}`)}</span>
                  <CorrectField
                    view={view}
                    field={field}
                    from={state.confirmed?.[field] ?? ''}
                    after={() => desk.call.confirmComparison({})}
                    onDone={() => setEditing(undefined)}
                    onCancel={() => setEditing(undefined)}
                  />
                </div>
              ) : (
                <button
                  type="button"
                  className="check-row"
                  data-field={field}
                  aria-current={field === selected}
                  tabIndex={field === selected ? 0 : -1}
                  onClick={() => setPicked(field)}
                  onFocus={() => setPicked(field)}
                >
                  <span className="check-field">{t(`field.${field}`)}</span>
                  <span className="check-value">{readable(field, state.confirmed?.[field] ?? '')}</span>
                  <AnswerPill state={state} field={field} asked={field === asked} />
                </button>
              )}
            </li>
          ))}
        </ol>
        <CitizenCard state={state} scene={scene} />
      </div>
    </Screen>
  )
}

function AnswerPill({
  state,
  field,
  asked,
}: {
  readonly state: DossierState
  readonly field: DetailField
  readonly asked: boolean
}) {
  const { t } = useTranslation()
  const given = answerTo(state, field)
  if (!given) return <Pill tone={asked ? 'info' : 'quiet'}>{t(asked ? 'check.asking' : 'check.later')}</Pill>
  return (
    <Pill tone={tones[given.answer]}>
      {t(given.by === 'officer' ? 'check.by-officer' : 'check.by-citizen', {
        answer: t(`check.given.${given.answer}`),
      })}
    </Pill>
  )
}

/** The answer to what is confirmed now; an answer to an earlier value no longer counts. */
function answerTo(state: DossierState, field: DetailField) {
  const given = state.answers[field]
  return given !== undefined && given.value === state.confirmed?.[field] ? given : undefined
}
