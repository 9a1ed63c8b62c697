import type { EventEmitter } from 'node:events'

export type StandinEvent = { defaultPrevented: boolean; preventDefault: () => void }

/** An Electron event object with further properties. */
export function createEvent<T extends object>(properties: T): T & StandinEvent {
  const event = Object.assign(properties, {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  })
  return event
}

/** Emits with an event object in front. False when a listener prevented the default. */
export function emitEvent(emitter: EventEmitter, name: string, properties: object = {}, ...args: unknown[]): boolean {
  const event = createEvent(properties)
  emitter.emit(name, event, ...args)
  return !event.defaultPrevented
}
