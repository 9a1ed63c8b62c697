import { ChevronDown, ChevronUp } from 'lucide-react'
import { useCallback, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useKey } from '../../ui/keys.ts'
import { BigButton } from '../big-button.tsx'
import { useWords } from '../words.ts'
import './reading.css'

export type ReadingProps = {
  readonly children: ReactNode
  /** Which words these are: others have to be seen anew. */
  readonly what: string
  /** What is read here, for a screen reader. */
  readonly label: string
  readonly frame?: RefObject<HTMLDivElement | null>
  readonly className?: string
  /** All of `what` was on the screen, its end too. */
  readonly onSeen?: (what: string) => void
}

type Place = { readonly above: boolean; readonly below: boolean }
const everything: Place = { above: false, below: false }

/** What may be longer than its place: then two large buttons beside it turn it, a part at a time. */
export function Reading({ children, what, label, frame: given, className = '', onSeen }: ReadingProps) {
  const { t } = useWords()
  const own = useRef<HTMLDivElement>(null)
  const frame = given ?? own
  const [place, setPlace] = useState(everything)
  const [seen, setSeen] = useState<string>()
  const look = useCallback(() => {
    const pane = frame.current
    if (!pane || pane.clientHeight === 0) return
    const above = pane.scrollTop > 2
    const below = pane.scrollTop + pane.clientHeight < pane.scrollHeight - 2
    setPlace((before) => (before.above === above && before.below === below ? before : { above, below }))
    // In letters that are still being fetched it may be longer than it looks.
    if (!below && document.fonts.status === 'loaded') setSeen(what)
  }, [frame, what])
  // Before the paint: a question that is whole never looks as if it were not.
  useLayoutEffect(() => {
    const pane = frame.current
    const words = pane?.firstElementChild
    if (!pane || !words) return
    const watch = new ResizeObserver(look)
    watch.observe(pane)
    watch.observe(words)
    look()
    void document.fonts.ready.then(look)
    pane.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      pane.removeEventListener('scroll', look)
    }
  }, [frame, look])
  useLayoutEffect(() => {
    if (seen !== undefined) onSeen?.(seen)
  }, [seen, onSeen])
  const turn = (down: boolean) => {
    const pane = frame.current
    // A line of the last part stays, so that nobody loses the place.
    pane?.scrollBy({ top: (down ? 1 : -1) * Math.max(48, pane.clientHeight - 64), behavior: 'instant' })
  }
  const turns = place.above || place.below
  useKey('ArrowDown', () => turn(true), place.below)
  useKey('PageDown', () => turn(true), place.below)
  useKey('ArrowUp', () => turn(false), place.above)
  useKey('PageUp', () => turn(false), place.above)
  return (
    <div className={`reading ${className}`}>
      <div
        className="reading-frame"
        ref={frame}
        {...(turns && { role: 'region', tabIndex: 0, 'aria-label': label })}
        data-turns={turns}
      >
        <div className="reading-words">{children}</div>
      </div>
      {turns && (
        <div className="reading-turns">
          <BigButton
            className="turn"
            label={t('page.up')}
            asleep={!place.above}
            icon={<ChevronUp size={48} strokeWidth={3} aria-hidden />}
            onPress={() => turn(false)}
          />
          <BigButton
            className={seen === what ? 'turn' : 'turn turn-unseen'}
            label={t('page.down')}
            asleep={!place.below}
            icon={<ChevronDown size={48} strokeWidth={3} aria-hidden />}
            onPress={() => turn(true)}
          />
        </div>
      )}
    </div>
  )
}
