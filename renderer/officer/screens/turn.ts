import { create } from 'zustand'
import type { FailureCode } from '#domain/failure/index.ts'
import { desk, surroundings } from '../desk.ts'

/**
 * What the note says of the turned laptop: `announced` just before it happens, `own-screen` and `reopening` why it does
 * not, or what failed.
 */
export type Turning =
  | { readonly note: 'none' | 'announced' | 'own-screen' | 'reopening' }
  | { readonly note: 'failed'; readonly code: FailureCode }

export const turning = create<{ readonly value: Turning }>(() => ({ value: { note: 'none' } }))
const say = (value: Turning) => turning.setState({ value })

/** Long enough to read how the laptop is taken back; pressed again, it is turned at once. */
const announcedMs = 1500
let waiting: ReturnType<typeof setTimeout> | undefined

/** Ctrl+F9: turns the laptop to the citizen after a note, or takes it back. Never throws. */
export function requestTurn(): void {
  const screen = surroundings.getState().value?.citizenScreen
  if (screen === undefined) return
  if (screen === 'turned') void takeBack()
  else if (turning.getState().value.note === 'announced') void turn()
  else if (screen === 'shown') say({ note: 'own-screen' })
  else if (screen === 'restarting') say({ note: 'reopening' })
  else {
    say({ note: 'announced' })
    waiting = setTimeout(() => void turn(), announcedMs)
  }
}

/** The note is gone, and what it announced does not happen. */
export function dismissNote(): void {
  clearTimeout(waiting)
  say({ note: 'none' })
}

async function turn() {
  clearTimeout(waiting)
  const result = await desk.call.turnToCitizen({})
  say(result.ok ? { note: 'none' } : { note: 'failed', code: result.error.code })
}

async function takeBack() {
  const result = await desk.call.takeBack({})
  if (!result.ok) say({ note: 'failed', code: result.error.code })
}
