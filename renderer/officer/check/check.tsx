import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { answerTo, citizenScene, shownDetails, type Answer } from '#domain/enrolment/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import { CheckList } from './check-list.tsx'
import { CitizenCard } from './citizen-card.tsx'
import { SigningCard } from './signing-card.tsx'

const answers = ['right', 'wrong', 'unsure'] as const satisfies readonly Answer[]

/** F6: the citizen answers detail by detail, then sees everything, then signs; what is wrong is corrected here at once. */
export function Check({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const { state } = view
  const answering = useAct()
  const details = shownDetails(state)
  const fields = details.map(({ field }) => field)
  const scene = citizenScene(state)
  const asked = scene.scene === 'check' ? scene.detail.field : undefined
  const wrong = details
    .filter((detail) => ['wrong', 'unsure'].includes(answerTo(state, detail) ?? ''))
    .map(({ field }) => field)
  const [firstWrong] = wrong
  const [picked, setPicked] = useState<DetailField>()
  const [editing, setEditing] = useState<DetailField>()
  const list = useRef<HTMLOListElement>(null)
  const selected = picked ?? firstWrong ?? asked ?? fields[0]

  // While the citizen goes on by themselves the selection follows them; to what is wrong above all.
  useEffect(() => setPicked(undefined), [asked, firstWrong])
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
  const toCorrect = wrong.find((field) => field === selected) ?? firstWrong
  return (
    <Screen
      title={t('check.title')}
      task={t(state.representative ? 'check.task-representative' : 'check.task')}
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
              {t(state.representative ? 'check.wrong-representative' : 'check.wrong', {
                fields: wrong.map((field) => t(`field.${field}`).toLowerCase()).join(', '),
              })}
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
          {toCorrect === undefined ? (
            <NextButton
              key="next"
              keys="Enter"
              onPress={() => leave('review')}
              isDisabled={editing !== undefined}
              busy={leaving}
            >
              {t('check.next')}
            </NextButton>
          ) : (
            <NextButton
              key="correct"
              keys="Enter"
              onPress={() => {
                setPicked(toCorrect)
                setEditing(toCorrect)
              }}
              isDisabled={editing !== undefined || answering.busy}
            >
              {t('check.correct-field', { field: t(`field.${toCorrect}`).toLowerCase() })}
            </NextButton>
          )}
        </>
      }
    >
      <div className="check">
        <CheckList
          view={view}
          fields={fields}
          asked={asked}
          selected={selected}
          editing={editing}
          onPick={setPicked}
          onKey={handleKey}
          onEditEnd={() => setEditing(undefined)}
          listRef={list}
        />
        <div className="check-side">
          <CitizenCard state={state} scene={scene} />
          <SigningCard view={view} />
        </div>
      </div>
    </Screen>
  )
}
