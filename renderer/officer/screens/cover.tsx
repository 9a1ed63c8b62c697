import { useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint.tsx'
import { curtain } from './curtain.ts'

/** Nothing of anybody: over the whole window, dialogs included, which stay as they are beneath. */
export function Cover({ kind }: { readonly kind: 'curtain' | 'turned' }) {
  const { t } = useTranslation()
  const cover = useRef<HTMLDivElement>(null)
  const failed = curtain((store) => store.failed)
  useLayoutEffect(() => {
    if (cover.current) return coverAll(cover.current)
    return undefined
  }, [])
  return createPortal(
    // The attribute keeps react-aria's dialogs from taking the focus back.
    <div
      ref={cover}
      className="cover"
      role="dialog"
      aria-modal="true"
      aria-labelledby="cover-words"
      tabIndex={-1}
      data-react-aria-top-layer="true"
    >
      <p id="cover-words" className="cover-words">
        {t(`curtain.${kind}`)} <KeyHint keys={kind === 'turned' ? 'Ctrl+F9' : 'F8'} />
      </p>
      {failed && (
        <p className="cover-failed" role="alert">
          {t('curtain.failed')}
        </p>
      )}
    </div>,
    document.body,
  )
}

/** Makes all else in the page inert and unread, also what comes later; undone, the focus is where it was. */
function coverAll(cover: HTMLElement): () => void {
  const focused = document.activeElement
  const covered = new Map<Element, readonly (readonly [string, string | null])[]>()
  const attributes = ['inert', 'aria-hidden'] as const
  const coverNew = () => {
    for (const element of document.body.children) {
      // The band of the training program says nothing of anybody, and is said on every screen.
      if (element === cover || covered.has(element) || element.matches('.training-band')) continue
      covered.set(
        element,
        attributes.map((name) => [name, element.getAttribute(name)] as const),
      )
      element.setAttribute('inert', '')
      element.setAttribute('aria-hidden', 'true')
    }
  }
  coverNew()
  const watching = new MutationObserver(coverNew)
  watching.observe(document.body, { childList: true })
  cover.focus({ preventScroll: true })
  return () => {
    watching.disconnect()
    for (const [element, before] of covered)
      for (const [name, value] of before) {
        if (value === null) element.removeAttribute(name)
        else element.setAttribute(name, value)
      }
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true })
  }
}
