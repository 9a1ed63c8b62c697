import { useCallback, useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import './answers.css'

type Props = {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}

/** The part of the scene's height that buttons may take: what they are about needs the rest. */
const part = 0.34
/** px, at any text size: smaller is not read at arm's length. */
const least = 24

/** The buttons below a scene, their words as large as they fit whole. */
export function Answers({ label, className = 'answers', children }: Props) {
  const group = useRef<HTMLDivElement>(null)
  const fit = useCallback(() => {
    const buttons = group.current
    const room = buttons?.closest('.scene')
    if (!buttons || !room) return
    buttons.style.fontSize = ''
    const most = Math.floor(parseFloat(getComputedStyle(buttons).fontSize))
    const fits = (size: number) => {
      buttons.style.fontSize = `${size}px`
      if (buttons.offsetHeight > Math.max(130, room.clientHeight * part)) return false
      return [...buttons.querySelectorAll('button, .big-button-words')].every(
        ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth + 1,
      )
    }
    buttons.dataset['broken'] = 'false'
    for (let size = most; size >= least; size -= 2) if (fits(size)) return
    // Words that are too long in any type are broken.
    buttons.dataset['broken'] = 'true'
    fits(least)
  }, [])
  useLayoutEffect(fit)
  useEffect(() => {
    void document.fonts.ready.then(fit)
    window.addEventListener('resize', fit)
    const beside = new ResizeObserver(fit)
    const room = group.current?.parentElement
    if (room) beside.observe(room)
    return () => {
      window.removeEventListener('resize', fit)
      beside.disconnect()
    }
  }, [fit])
  return (
    <div className={className} ref={group} role="group" aria-label={label}>
      {children}
    </div>
  )
}
