import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { OfficerView } from '#contract/index.ts'
import type { Failure } from '#domain/failure/index.ts'
import { desk } from './desk.ts'

/** When the last keystroke reached the disk, or why it did not. */
export const lastSave = create<{ readonly at?: string; readonly failure?: Failure }>(() => ({}))

const waiting = new Map<string, string>()
let saving = false

/** Stores the text of a field as it stands; while one save is under way only the newest text of each field waits. */
export function saveDraft(field: string, text: string): void {
  waiting.set(field, text)
  if (!saving) void saveAll()
}

async function saveAll() {
  saving = true
  for (const [field, text] of waiting) {
    waiting.delete(field)
    const result = await desk.call.saveDraft({ field, text: text.slice(0, 4096) })
    lastSave.setState(result.ok ? { at: result.value.savedAt } : { failure: result.error }, true)
  }
  saving = false
}

/** The text of a field: the draft that a restart left or what is under the officer's hands, else what is stored. */
export function useDraft(view: OfficerView, field: string, stored: string) {
  const [edited, setEdited] = useState(() => view.drafts[field] || undefined)
  const settled = useRef<string>(undefined)
  useEffect(() => {
    // Letters typed while a value was on its way are kept.
    setEdited((text) => (text === settled.current ? undefined : text))
  }, [stored])
  const text = edited ?? stored
  const latest = useRef(text)
  useEffect(() => {
    latest.current = text
  })
  return {
    text,
    /** True when the text is not yet what the dossier holds. */
    changed: text !== stored,
    type: (next: string) => {
      setEdited(next)
      saveDraft(field, next)
    },
    /** After this text has become part of the dossier. */
    settle: (done: string) => {
      settled.current = done
      if (latest.current === done) saveDraft(field, '')
    },
    reset: () => {
      setEdited(stored)
      saveDraft(field, '')
    },
  }
}
