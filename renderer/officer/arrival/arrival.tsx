import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventData } from '#contract/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { chipProgress, desk } from '../desk.ts'
import { useDraft } from '../drafts.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import type { StepProps } from '../step.ts'
import { ChipPanel } from './chip-panel.tsx'
import { CitizenStrip } from './citizen-strip.tsx'
import { CodePanel } from './code-panel.tsx'
import { DeclaredField, DeclaredSex } from './declared-field.tsx'
import { NumberField } from './number-field.tsx'
import { RepresentativeNotice } from './representative-entry.tsx'

const declaredOthers = [
  'nationality',
  'ethnicity',
  'religion',
  'origin',
  'residence',
] as const satisfies readonly DetailField[]

/** F1: who is here, by number, by code, by chip, or by what the citizen says. */
export function Arrival({ view, leave, leaving }: StepProps) {
  const { t } = useTranslation()
  const giving = useAct()
  const reading = useAct()
  const cancelling = useAct()
  const code = useDraft(view, 'code', '')
  const codeField = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [declaring, setDeclaring] = useState(false)
  const { state } = view
  const declared = Object.keys(state.declared).some((field) => field !== 'personalNumber')
  const news = chipProgress((store) => store.value)
  // While the chip is being read its own text takes the place of what would be typed.
  const told = state.chip ?? (news?.attempt === state.chipAttempt?.attempt ? news?.details : undefined)
  const formShown = !told || declaring || declared

  const give = async (text: string) => {
    if (await giving.run(() => desk.call.giveCode({ text }))) code.reset()
  }
  const takeScannerInput = (text: string) => {
    code.type(text)
    codeField.current?.focus()
  }
  return (
    <Screen
      title={t('arrival.title')}
      task={t('arrival.task')}
      focusInside
      aside={<CitizenStrip view={view} />}
      notice={
        <>
          <RepresentativeNotice view={view} />
          {giving.failure ? <FailureNotice code={giving.failure.code} /> : <ForeignCode />}
        </>
      }
      left={
        state.chip &&
        !formShown && (
          <Button keys="Ctrl+D" onPress={() => setDeclaring(true)}>
            {t('arrival.declare-more')}
          </Button>
        )
      }
      right={
        <NextButton keys="Enter" onPress={() => leave('compare')} busy={leaving}>
          {t('arrival.next')}
        </NextButton>
      }
    >
      <div className="arrival">
        <div className="arrival-side">
          <Card>
            <NumberField view={view} onCode={takeScannerInput} />
          </Card>
          <CodePanel
            state={state}
            text={code.text}
            onType={code.type}
            onGive={(text) => void give(text)}
            giving={giving}
            inputRef={codeField}
          />
        </div>
        <div className="arrival-side">
          <ChipPanel
            state={state}
            reading={reading}
            onRead={(lastAttempt) =>
              void reading.run(() => desk.call.readChip(lastAttempt === undefined ? {} : { lastAttempt }))
            }
            onCancel={() => void cancelling.run(() => desk.call.stopCapture({}))}
          />
          {formShown && (
            <Card title={t('arrival.declared')} className="declared">
              <DeclaredField view={view} field="fullName" className="declared-name" />
              <DeclaredField view={view} field="birthDate" className="declared-birth" />
              <DeclaredSex view={view} />
              {declaredOthers.map((field) => (
                <DeclaredField
                  key={field}
                  view={view}
                  field={field}
                  className={field === 'origin' || field === 'residence' ? 'declared-half' : ''}
                />
              ))}
            </Card>
          )}
        </div>
      </div>
    </Screen>
  )
}

/** A scanned code that is no card's: what stands in it, as text and nothing else. */
function ForeignCode() {
  const { t } = useTranslation()
  // Gone with this screen: it is nobody else's.
  const [scanned, setScanned] = useState<EventData<'codeScanned'>>()
  useEffect(() => desk.on.codeScanned(setScanned), [])
  if (scanned?.problem === undefined) return null
  return (
    <>
      <FailureNotice code={scanned.problem} kind="doubt" />
      {scanned.text !== undefined && (
        <p className="foreign-code">
          {t('arrival.foreign-code')} <span className="mono">{scanned.text}</span>
        </p>
      )}
    </>
  )
}
