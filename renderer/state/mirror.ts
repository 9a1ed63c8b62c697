import type { Result } from '#domain/failure/index.ts'
import { create, type StoreApi, type UseBoundStore } from 'zustand'

export type Latest<T> = UseBoundStore<StoreApi<{ readonly value: T | undefined }>>
/** `fetch` asks again, for when an earlier answer was a refusal. */
export type Mirror<T> = Latest<T> & { readonly fetch: () => Promise<void> }

/**
 * A window's copy of something main owns: filled by the first answer, then by every event. `undefined` until the first
 * arrives; an event that overtakes an answer wins.
 */
export function mirror<T>(
  ask: () => Promise<Result<T>>,
  listen: (listener: (value: T) => void) => () => void,
): Mirror<T> {
  const store = create<{ readonly value: T | undefined }>(() => ({ value: undefined }))
  let events = 0
  listen((value) => {
    events++
    store.setState({ value })
  })
  const fetch = async () => {
    const before = events
    const result = await ask()
    if (result.ok && events === before) store.setState({ value: result.value })
  }
  void fetch()
  return Object.assign(store, { fetch })
}

/** The last event of a kind; `undefined` before the first. */
export function latest<T>(listen: (listener: (value: T) => void) => () => void): Latest<T> {
  const store = create<{ readonly value: T | undefined }>(() => ({ value: undefined }))
  listen((value) => store.setState({ value }))
  return store
}
