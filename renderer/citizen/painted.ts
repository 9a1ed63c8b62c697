import { useEffect } from 'react'
import { desk } from './view.ts'

/** Milliseconds between two reports. */
const interval = 500

let last = -Infinity
let waiting: ReturnType<typeof setTimeout> | undefined

/** The page looks different now: the officer's small view of it is renewed, at most twice a second, the last always. */
export function painted(): void {
  if (waiting !== undefined) return
  const due = Math.max(0, last + interval - performance.now())
  waiting = setTimeout(() => {
    waiting = undefined
    last = performance.now()
    // After the frame in which the change is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => void desk.call.reportPainted({})))
  }, due)
}

/** Reports whenever something that is visible has changed. */
export function usePainted(...visible: readonly unknown[]): void {
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the caller says what is visible
  useEffect(painted, visible)
}
