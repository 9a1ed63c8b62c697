import { useCallback, useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CitizenView } from '#contract/index.ts'
import { usualViewing, type Viewing } from '#domain/enrolment/index.ts'
import { useWordsOf } from '../packs.ts'
import { desk, type ViewingChoice } from '../view.ts'

type Pending = {
  readonly viewing: Viewing
  /** View that main had sent when it was accepted. */ readonly until?: CitizenView
}

/** The viewing of the view; what was chosen here is shown at once, until main has sent it back or refused it. */
export function useViewingChoice(view: CitizenView): ViewingChoice {
  const [pending, setPending] = useState<Pending>()
  const kept = 'viewing' in view ? view.viewing : undefined
  const overtaken = pending?.until !== undefined && pending.until !== view
  const viewing = kept === undefined ? usualViewing : pending && !overtaken ? pending.viewing : kept
  const choose = useCallback(
    (change: Partial<Viewing>) => {
      if (kept === undefined) return
      const next = { ...viewing, ...change }
      setPending({ viewing: next })
      void desk.call.chooseViewing(next).then(({ ok }) => {
        setPending((now) => {
          // A later choice is under way: it decides.
          if (now?.viewing !== next) return now
          return ok ? { viewing: next, until: view } : undefined
        })
      })
    },
    [kept, viewing, view],
  )
  return useMemo(() => ({ viewing, choose }), [viewing, choose])
}

/** Puts the viewing where the style sheets and the words find it. */
export function useShownViewing({ language, textSize, contrast, hand, scanning }: Viewing): void {
  const { i18n } = useTranslation()
  const words = useWordsOf(language)
  const written = words !== undefined && Object.keys(words.texts).length > 0
  const direction = (written && words.direction) || 'ltr'
  useLayoutEffect(() => {
    void i18n.changeLanguage(language === 'en' ? 'en' : 'vi')
  }, [i18n, language])
  useLayoutEffect(() => {
    const root = document.documentElement
    root.dir = direction
    Object.assign(root.dataset, { text: String(textSize), contrast, hand, scanning: String(scanning), language })
    // Type that is fitted by measuring is fitted anew.
    window.dispatchEvent(new Event('resize'))
  }, [direction, textSize, contrast, hand, scanning, language])
}
