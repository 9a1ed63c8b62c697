import { ChevronDown, ChevronUp } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** What does not fit is scrolled to with two large buttons; where all fits there are none. */
export function Scroller({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  const { t } = useTranslation()
  const view = useRef<HTMLDivElement>(null)
  const { above, below, measure } = useOverflow(view)
  const scroll = (way: 1 | -1) => view.current?.scrollBy({ top: way * view.current.clientHeight * 0.7 })
  const overflows = above || below
  return (
    <div className="scroller" data-overflows={overflows}>
      <div
        className="scroller-view"
        ref={view}
        onScroll={measure}
        {...(overflows && { tabIndex: 0, role: 'region', 'aria-label': label })}
      >
        {children}
      </div>
      {overflows && (
        <div className="scroller-buttons">
          <button type="button" aria-disabled={!above} onClick={() => scroll(-1)}>
            <ChevronUp size={48} strokeWidth={3} aria-hidden />
            <span className="visually-hidden">{t('scroll.up')}</span>
          </button>
          <button type="button" aria-disabled={!below} onClick={() => scroll(1)}>
            <ChevronDown size={48} strokeWidth={3} aria-hidden />
            <span className="visually-hidden">{t('scroll.down')}</span>
          </button>
        </div>
      )}
    </div>
  )
}

function useOverflow(view: { readonly current: HTMLDivElement | null }) {
  const [state, setState] = useState({ above: false, below: false })
  const measure = useCallback(() => {
    const frame = view.current
    if (!frame) return
    const above = frame.scrollTop > 2
    const below = frame.scrollTop + frame.clientHeight < frame.scrollHeight - 2
    setState((known) => (known.above === above && known.below === below ? known : { above, below }))
  }, [view])
  useEffect(() => {
    const frame = view.current
    if (!frame) return
    const sizes = new ResizeObserver(measure)
    const watch = () => {
      sizes.disconnect()
      sizes.observe(frame)
      for (const child of frame.children) sizes.observe(child)
      measure()
    }
    const changes = new MutationObserver(watch)
    changes.observe(frame, { childList: true, subtree: true, characterData: true })
    watch()
    return () => {
      sizes.disconnect()
      changes.disconnect()
    }
  }, [measure, view])
  return { ...state, measure }
}
