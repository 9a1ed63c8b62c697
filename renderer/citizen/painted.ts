import { desk } from './view.ts'

/** Milliseconds between two reports. */
const interval = 500

let last = -Infinity
let waiting = false

/** The page looks different now: the officer's small view of it is renewed, at most twice a second, the last always. */
export function painted(): void {
  if (waiting) return
  waiting = true
  setTimeout(
    () => {
      waiting = false
      last = performance.now()
      // After the frame in which the change is drawn.
      requestAnimationFrame(() => requestAnimationFrame(() => void desk.call.reportPainted({})))
    },
    Math.max(0, last + interval - performance.now()),
  )
}

/** Reports every change of what stands on the page. What is drawn on a canvas, its own component reports. */
export function watchPainting(): void {
  new MutationObserver(painted).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  })
  document.addEventListener('scroll', painted, { capture: true, passive: true })
  window.addEventListener('resize', painted)
}
