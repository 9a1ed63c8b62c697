import { UserRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DossierState, SamePerson } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Card } from '../../ui/card.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import type { Shooting } from '../camera/use-shooting.ts'
import { desk } from '../desk.ts'

const answers = ['yes', 'no', 'unsure'] as const satisfies readonly SamePerson[]

/** The portrait beside the chip's, how alike they are, and what the officer says of it. */
export function Faces({ state, shooting }: { readonly state: DossierState; readonly shooting: Shooting }) {
  const { t } = useTranslation()
  const { portrait, chip } = state
  const taken = shooting.pending?.url ?? (portrait && `/blob/${portrait.name}`)
  const comparable = !shooting.pending && portrait && chip?.portrait
  return (
    <Card title={t('portrait.compare')} className="faces">
      <div className="faces-pair">
        <Face
          src={taken}
          words={
            shooting.pending ? t(shooting.failure ? 'documents.not-stored' : 'documents.storing') : t('portrait.taken')
          }
          none={t('portrait.none')}
        />
        <Face
          src={chip?.portrait && `/blob/${chip.portrait.name}`}
          words={t('portrait.of-chip')}
          none={t('portrait.none-chip')}
        />
      </div>
      {comparable && <SameFace key={portrait.name} state={state} portrait={portrait.name} />}
    </Card>
  )
}

/** The figure is a hint; the answer is the officer's. */
function SameFace({ state, portrait }: { readonly state: DossierState; readonly portrait: string }) {
  const { t } = useTranslation()
  const judging = useAct()
  const likeness = useLikeness()
  const judged = state.portraits.at(-1)?.judged
  const figure = typeof likeness === 'number' ? likeness : judged?.likeness
  const judge = (same: SamePerson) =>
    void judging.run(() =>
      desk.call.judgePortrait({ name: portrait, same, ...(figure !== undefined && { likeness: figure }) }),
    )
  useKey('1', () => judge('yes'))
  useKey('2', () => judge('no'))
  useKey('3', () => judge('unsure'))
  return (
    <div className="same-face">
      <p className="likeness">
        {figure === undefined ? (
          t(likeness === 'failed' ? 'portrait.likeness-failed' : 'portrait.likeness-asked')
        ) : (
          <>
            {t('portrait.likeness')} <b>{Math.round(figure)}</b>/100
          </>
        )}
        <span className="likeness-note">{t('portrait.likeness-note')}</span>
      </p>
      <p className="same-question" id="same-person">
        {t('portrait.same')}
      </p>
      <ToggleButtonGroup
        className="toggle"
        aria-labelledby="same-person"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={judged ? [judged.same] : []}
        onSelectionChange={([next]) => {
          const same = answers.find((each) => each === next)
          if (same) judge(same)
        }}
      >
        {answers.map((each, index) => (
          <ToggleButton key={each} id={each} className="toggle-part">
            {t(`portrait.same-${each}`)} <kbd className="key-hint">{index + 1}</kbd>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {judging.failure && <FailureNotice code={judging.failure.code} />}
    </div>
  )
}

/** Asked once for each portrait; undefined while it is asked. */
function useLikeness(): number | 'failed' | undefined {
  const [likeness, setLikeness] = useState<number | 'failed'>()
  useEffect(() => {
    let gone = false
    void desk.call.compareWithChip({}).then((result) => {
      if (!gone) setLikeness(result.ok ? result.value.likeness : 'failed')
    })
    return () => {
      gone = true
    }
  }, [])
  return likeness
}

function Face({
  src,
  words,
  none,
}: {
  readonly src: string | undefined
  readonly words: string
  readonly none: string
}) {
  return (
    <figure className="face">
      <div className="face-picture">
        {src === undefined ? <UserRound size={40} aria-hidden /> : <img src={src} alt={words} />}
      </div>
      <figcaption>{src === undefined ? none : words}</figcaption>
    </figure>
  )
}
