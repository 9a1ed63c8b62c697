import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioSentence } from '#contract/index.ts'
import type { FailureCode } from '#domain/failure/index.ts'
import { Field } from '../../ui/field.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'

/** The sentence in the language itself. Saved when it is left, by whatever: key, press, another sentence, closing. */
export function OwnText({
  language,
  sentence,
  onSaved,
}: {
  readonly language: string
  readonly sentence: StudioSentence
  readonly onSaved: () => void
}) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<FailureCode>()
  const { key } = sentence
  const [text, setText] = useState(sentence.text ?? '')
  const [typing, setTyping] = useState(false)
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const now = useRef(text)
  const stored = useRef(text)
  const save = useCallback(async () => {
    const next = oneLine(now.current)
    if (next === stored.current) return
    const before = stored.current
    stored.current = next
    const result = await desk.call.saveSentenceText({ language, key, text: next })
    if (result.ok) return onSaved()
    stored.current = before
    setFailure(result.error.code)
  }, [language, key, onSaved])
  useEffect(() => () => void save(), [save])
  return (
    <div className="own-text" onFocus={() => setTyping(true)} onBlur={() => setTyping(false)}>
      {typing && <Leaving onLeave={() => leave(input.current)} />}
      <Field
        label={t('studio.text')}
        value={text}
        onChange={(next) => {
          setFailure(undefined)
          now.current = next
          setText(next)
        }}
        onBlur={() => void save()}
        onEnter={() => {
          leave(input.current)
          return true
        }}
        inputRef={input}
        note={t('studio.text-note')}
        maxLength={300}
      />
      {failure && <FailureNotice code={failure} />}
    </div>
  )
}

/** Back to the list: a focus that goes nowhere is brought back by the dialog. */
function leave(field: HTMLElement | null): void {
  field?.closest('.studio-recording')?.querySelector<HTMLElement>('[role="listbox"]')?.focus()
}

/** In the field, the key that closes the studio only leaves the field. */
function Leaving({ onLeave }: { readonly onLeave: () => void }) {
  useKey('Escape', onLeave)
  return null
}

/** Joiners and zero-width spaces stay: Khmer is written with them. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').normalize('NFC').trim()
}
