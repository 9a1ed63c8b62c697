import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '../../ui/button.tsx'

const Settled = createContext(true)

/** Long enough for the second half of a double press or double click, too short to be waited for. */
const settlingMs = 300

export type ScreenProps = {
  readonly title: ReactNode
  /** One sentence that says what to do. */
  readonly task: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** What went wrong or is to be known, above the acts. */
  readonly notice?: ReactNode
  readonly left?: ReactNode
  readonly right?: ReactNode
  readonly className?: string
  /** A field of the screen takes the focus itself. */
  readonly focusInside?: boolean
}

/** One step's sheet: what it is, what to do, the work, and the acts with the next one at the lower right. */
export function Screen(props: ScreenProps) {
  const { title, task, aside, children, notice, left, right, className = '', focusInside = false } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settlingMs)
    if (!focusInside) heading.current?.focus({ preventScroll: true })
    return () => clearTimeout(timer)
  }, [focusInside])
  return (
    <Settled value={settled}>
      <div className={`screen ${className}`}>
        <header className="screen-head">
          <div className="screen-what">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            <p className="screen-task">{task}</p>
          </div>
          {aside}
        </header>
        <div className="screen-work">{children}</div>
        {notice && <div className="screen-notice">{notice}</div>}
        <div className="screen-acts">
          <div className="acts-left">{left}</div>
          <div className="acts-right">{right}</div>
        </div>
      </div>
    </Settled>
  )
}

/** The green act. It wakes a moment after its screen appears, so that a doubled press of the last one does nothing here. */
export function NextButton(props: Omit<ButtonProps, 'kind'>) {
  const settled = useContext(Settled)
  return <Button {...props} kind="next" isDisabled={props.isDisabled ?? false} settling={!settled} />
}
