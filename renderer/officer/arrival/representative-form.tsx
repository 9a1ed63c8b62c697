import { useState, type KeyboardEvent } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import {
  relations,
  representationReasons,
  tidyText,
  type Relation,
  type RepresentationReason,
} from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { useDraft } from '../drafts.ts'
import { lacksRepresentative } from './representative.ts'
import { isOfNumber, StandInFields } from './stand-in-fields.tsx'

/** Who confirms and signs for a child or a ward. */
export function RepresentativeForm({ view, onClose }: { readonly view: OfficerView; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { state } = view
  const known = state.representative
  const name = useDraft(view, 'representative.name', known?.name ?? '')
  const number = useDraft(view, 'representative.number', known?.number ?? '')
  const [relation, setRelation] = useState<Relation | undefined>(known?.relation)
  const [reason, setReason] = useState<RepresentationReason>(
    known?.reason ?? (lacksRepresentative(state) ? 'under-14' : 'ward'),
  )
  const naming = useAct()
  const dropping = useAct()
  const tidy = tidyText(name.text)
  const complete = tidy !== '' && number.text.length === 12 && relation !== undefined
  const busy = naming.busy || dropping.busy
  const submit = async () => {
    if (!complete || busy) return
    const named = { name: tidy, number: number.text, relation, reason }
    if (!(await naming.run(() => desk.call.nameRepresentative(named)))) return
    name.settle(name.text)
    number.settle(number.text)
    onClose()
  }
  const drop = async () => {
    if (!(await dropping.run(() => desk.call.dropRepresentative({})))) return
    name.reset()
    number.reset()
    onClose()
  }
  const cancel = () => {
    name.reset()
    number.reset()
    onClose()
  }
  const failure = dropping.failure ?? (isOfNumber(naming.failure) ? undefined : naming.failure)
  return (
    <Dialog title={t('citizen.representative')} onClose={cancel} className="stand-in-dialog">
      <p className="dialog-task">{t(reason === 'under-14' ? 'citizen.who-child' : 'citizen.who-ward')}</p>
      <StandInFields
        name={name}
        number={number}
        failure={naming.failure}
        onEnter={() => void submit()}
        onType={naming.clear}
      />
      <Reasons
        label={t('citizen.relation-label')}
        options={relations}
        value={relation}
        words={(each) => t(`citizen.relation.${each}`)}
        onChoose={setRelation}
        onEnter={() => void submit()}
      />
      <Reasons
        label={t('citizen.reason-label')}
        options={representationReasons}
        value={reason}
        words={(each) => t(`citizen.reason.${each}`)}
        onChoose={setReason}
        onEnter={() => void submit()}
      />
      {Object.keys(state.answers).length > 0 && <Notice kind="doubt">{t('citizen.asks-again')}</Notice>}
      {failure && <FailureNotice code={failure.code} />}
      <div className="dialog-acts">
        {known && (
          <Button className="dialog-drop" onPress={() => void drop()} busy={busy}>
            {t('citizen.representative-drop')}
          </Button>
        )}
        <Button keys="Escape" onPress={cancel} isDisabled={busy}>
          {t('cancel')}
        </Button>
        <Button kind="next" keys="Enter" onPress={() => void submit()} isDisabled={!complete} busy={busy}>
          {t('citizen.representative-do')}
        </Button>
      </div>
    </Dialog>
  )
}

/** One of a few, with arrows; Enter is the form's, though a radio would keep it. */
export function Reasons<Each extends string>({
  label,
  options,
  value,
  words,
  onChoose,
  onEnter,
}: {
  readonly label: string
  readonly options: readonly Each[]
  readonly value: Each | undefined
  readonly words: (each: Each) => string
  readonly onChoose: (each: Each) => void
  readonly onEnter: () => void
}) {
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.repeat) return
    event.preventDefault()
    event.stopPropagation()
    onEnter()
  }
  return (
    <div onKeyDownCapture={handleKey}>
      <RadioGroup
        className="reasons"
        value={value ?? null}
        onChange={(chosen) => {
          const found = options.find((each) => each === chosen)
          if (found !== undefined) onChoose(found)
        }}
      >
        <Label className="field-label">{label}</Label>
        <div className="reasons-choice">
          {options.map((each) => (
            <Radio key={each} value={each} className="reason">
              {words(each)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
    </div>
  )
}
