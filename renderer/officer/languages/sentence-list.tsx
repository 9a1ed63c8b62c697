import { Check, Circle } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioSentence } from '#contract/index.ts'
import { useKey } from '../../ui/keys.ts'
import { moved, type Group } from './order.ts'
import { tenths } from './recorder-panel.tsx'

type SentenceListProps = {
  readonly groups: readonly Group[]
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
  readonly isDisabled: boolean
}

/** All sentences by the part of the visit; arrow keys go through them from anywhere in the studio. */
export function SentenceList({ groups, chosen, onChoose, isDisabled }: SentenceListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const ordered = groups.flatMap(({ sentences }) => sentences)
  const go = (by: number) => {
    const key = moved(ordered, chosen, by)
    if (key !== undefined) onChoose(key)
  }
  useKey('ArrowDown', () => go(1), !isDisabled)
  useKey('ArrowUp', () => go(-1), !isDisabled)
  useKey('PageDown', () => go(8), !isDisabled)
  useKey('PageUp', () => go(-8), !isDisabled)
  useKey('Home', () => go(-ordered.length), !isDisabled)
  useKey('End', () => go(ordered.length), !isDisabled)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, groups])
  return (
    <div
      ref={list}
      className="sentences"
      role="listbox"
      aria-label={t('studio.sentences')}
      aria-disabled={isDisabled}
      aria-activedescendant={chosen === undefined ? undefined : idOf(chosen)}
      tabIndex={0}
    >
      {groups.map(({ name, sentences }) => (
        <div key={name} role="group" aria-labelledby={`sentences-${name}`}>
          <p id={`sentences-${name}`} className="sentences-group" role="presentation">
            <span>{t(`studio.group.${name}`)}</span>
            <span>
              {sentences.filter(({ recording }) => recording).length}/{sentences.length}
            </span>
          </p>
          {sentences.map((sentence) => (
            <Row
              key={sentence.key}
              sentence={sentence}
              isChosen={sentence.key === chosen}
              onChoose={() => !isDisabled && onChoose(sentence.key)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

function idOf(key: string): string {
  return `sentence-${key.replaceAll('.', '_')}`
}

function Row({
  sentence: { key, vietnamese, text, recording, missed },
  isChosen,
  onChoose,
}: {
  readonly sentence: StudioSentence
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const { t } = useTranslation()
  return (
    <div id={idOf(key)} className="sentence" role="option" aria-selected={isChosen} onClick={onChoose}>
      {recording ? (
        <Check className="sentence-sign sentence-there" size={16} strokeWidth={3} aria-hidden />
      ) : (
        <Circle className="sentence-sign" size={14} aria-hidden />
      )}
      <span className="sentence-words">
        <span lang="vi">{vietnamese}</span>
        {text !== undefined && <span className="sentence-text">{text}</span>}
      </span>
      <span className="sentence-state">
        {recording
          ? t('studio.row.seconds', { seconds: tenths(recording.seconds) })
          : missed > 0
            ? t('studio.row.missed', { count: missed })
            : t('studio.row.missing')}
      </span>
    </div>
  )
}
