import { createContext, useContext, useLayoutEffect, useRef, useState } from 'react'
import { create } from 'zustand'

/** `Enter`, `Escape`, `Space`, `F1`, `1`, or with modifiers in this order: `Ctrl+R`, `Ctrl+Shift+R`, `Alt+1`. */
export type KeyName = string

export type KeyBinding = {
  readonly keys: KeyName
  readonly act: () => void
  readonly enabled: boolean
  readonly scope: symbol | undefined
}

const bound: { current: KeyBinding }[] = []

/** Dialogs now open, the topmost last: only the keys of that one act. */
const scopes = create<{ readonly open: readonly symbol[] }>(() => ({ open: [] }))

/** The dialog that a component is in. */
export const KeyScope = createContext<symbol | undefined>(undefined)

/** Keeps all keys for what is inside of `<KeyScope value={…}>`, for as long as the component is shown. */
export function useKeyScope(): symbol {
  const [scope] = useState(() => Symbol('dialog'))
  useLayoutEffect(() => {
    scopes.setState(({ open }) => ({ open: [...open, scope] }))
    return () => scopes.setState(({ open }) => ({ open: open.filter((each) => each !== scope) }))
  }, [scope])
  return scope
}

/** The topmost dialog, for what stands above all of them. */
export function useTopScope(): symbol | undefined {
  return scopes(({ open }) => open.at(-1))
}

/** True while any dialog is open. */
export function useDialogOpen(): boolean {
  return scopes(({ open }) => open.length > 0)
}

/**
 * Binds a key for as long as the component is shown; the newest binding of a key wins, also when it is disabled: a
 * disabled act must not let its key fall through to another. A key held down acts once.
 */
export function useKey(keys: KeyName | undefined, act: () => void, enabled = true): void {
  const scope = useContext(KeyScope)
  const binding = useRef<KeyBinding>({ keys: '', act, enabled: false, scope })
  // Both before the paint: a button that looks pressable has a key that works.
  useLayoutEffect(() => {
    binding.current = { keys: keys ?? '', act, enabled, scope }
  })
  useLayoutEffect(() => {
    bound.push(binding)
    if (bound.length === 1) window.addEventListener('keydown', handleKey)
    return () => {
      bound.splice(bound.indexOf(binding), 1)
      if (bound.length === 0) window.removeEventListener('keydown', handleKey)
    }
  }, [])
}

/** The name of a pressed key, as `useKey` wants it. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey'>): KeyName {
  const digit = /^(?:Digit|Numpad)(\d)$/u.exec(event.code)?.[1]
  const letter = /^Key([A-Z])$/u.exec(event.code)?.[1]
  const name = event.key === ' ' ? 'Space' : (letter ?? digit ?? event.key)
  const shift = event.shiftKey && (event.ctrlKey || event.altKey || name.length > 1)
  return [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', shift && 'Shift', name].filter(Boolean).join('+')
}

function handleKey(event: KeyboardEvent) {
  // An input method composing a Vietnamese letter owns the keyboard.
  if (event.defaultPrevented || event.isComposing) return
  const name = keyName(event)
  const scope = scopes.getState().open.at(-1)
  const binding = bound.findLast(({ current }) => current.keys === name && current.scope === scope)?.current
  if (!binding || belongsToTarget(name, event.target)) return
  event.preventDefault()
  if (event.repeat || !binding.enabled) return
  binding.act()
}

/**
 * Typing stays with the field; Enter, Space and arrows stay with the control that has the focus. `data-keys` changes
 * that for what is inside: `own` keeps all but the shortcuts, `screen` leaves Enter to the screen.
 */
function belongsToTarget(name: KeyName, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const claim = target.closest('[data-keys]')?.getAttribute('data-keys')
  if (/^(?:Ctrl|Alt)\+/u.test(name) || /^F\d+$/u.test(name) || name === 'Escape') return false
  if (claim === 'own') return true
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement) return name !== 'Enter'
  if (name === 'Enter' && claim === 'screen') return false
  return (
    (name === 'Enter' || name === 'Space') &&
    target.closest('button, a, summary, [role="button"], [role^="menuitem"]') !== null
  )
}
