import { useEffect, useSyncExternalStore } from 'react'
import { nextOf } from './turns.ts'
import { hush, isSpeaking, listenToSpeaking } from '../speech/player.ts'

/** Seconds for which a choice is lit. */
export const paces = [2, 3, 5] as const
export type Pace = (typeof paces)[number]

/** A second press of a shaking hand or a key that bounces falls into it. Milliseconds. */
const settling = 450

/**
 * The choices light up in turn; Space, Enter or a touch anywhere presses the lit one. They wait while something is
 * spoken: the question is heard first. A press ends the speech instead, and the turn begins. Signing stays free.
 */
export function useScanning(on: boolean, pace: Pace): void {
  const speaking = useSyncExternalStore(listenToSpeaking, isSpeaking)
  useEffect(() => {
    if (!on) return
    let lit: HTMLElement | undefined
    let pressedAt = -Infinity
    let timer: ReturnType<typeof setTimeout> | undefined
    const light = (next: HTMLElement | undefined) => {
      lit?.removeAttribute('data-lit')
      lit = next
      lit?.setAttribute('data-lit', 'true')
      lit?.scrollIntoView({ block: 'nearest' })
    }
    const turn = () => {
      if (!isSpeaking()) light(nextOf(choicesNow(), lit))
      // Looks again soon where there is nothing to press yet.
      timer = setTimeout(turn, lit ? pace * 1000 : 250)
    }
    const press = () => {
      const now = performance.now()
      if (now - pressedAt < settling) return
      pressedAt = now
      clearTimeout(timer)
      const chosen = lit?.isConnected && choicesNow().includes(lit) ? lit : undefined
      light(undefined)
      if (isSpeaking()) hush()
      else chosen?.click()
      timer = setTimeout(turn, settling)
    }
    const free = (target: EventTarget | null) => target instanceof Element && target.closest('.pad') !== null
    const handleKey = (event: KeyboardEvent) => {
      const ours = (event.key === ' ' || event.key === 'Enter') && !event.ctrlKey && !event.altKey
      if (!ours) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.type === 'keydown' && !event.repeat) press()
    }
    const handlePointer = (event: Event) => {
      // Presses of this program are not of a hand.
      if (!event.isTrusted || free(event.target)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.type === 'pointerdown') press()
    }
    const stop = new AbortController()
    const options = { capture: true, passive: false, signal: stop.signal }
    for (const name of ['keydown', 'keyup'] as const) window.addEventListener(name, handleKey, options)
    for (const name of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend', 'click'] as const)
      window.addEventListener(name, handlePointer, options)
    turn()
    return () => {
      stop.abort()
      clearTimeout(timer)
      light(undefined)
    }
    // Begins anew when the speech has ended.
  }, [on, pace, speaking])
}

/** What can be pressed now: of the sheet that is open, otherwise the answers first and the bar at the top last. */
function choicesNow(): HTMLElement[] {
  const sheet = [...document.querySelectorAll('dialog[open]')].at(-1)
  const places = sheet ? [sheet] : [...document.querySelectorAll('.stage, .trouble-place, .top')].toSorted(stageFirst)
  return places.flatMap((place) =>
    [...place.querySelectorAll<HTMLElement>('button, [role="button"], a[href], [data-choice]')].filter(canBePressed),
  )
}

function stageFirst(one: Element, other: Element): number {
  return Number(one.matches('.top')) - Number(other.matches('.top'))
}

function canBePressed(element: HTMLElement): boolean {
  if (element.matches(':disabled, [aria-disabled="true"]')) return false
  return element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true })
}
