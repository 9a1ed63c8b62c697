// The few pieces of the DOM used here: the project's main type check knows no window.
declare class MouseEvent extends Event {
  constructor(type: string, init: { relatedTarget: EventTarget })
  readonly relatedTarget: EventTarget | null
}
declare const window: EventTarget
declare const document: { createElement(name: string): EventTarget }

export type Bridge = { expose: (key: string, api: unknown) => void }
type Detail = { k: string; i: number; ok?: boolean; v?: unknown; key?: string }

/**
 * One end of the bridge between a page and its preload's isolated world. Both worlds share the DOM's nodes but none of
 * its JavaScript objects, and an event's `detail` is cloned on the way. So one mouse event under a random name hands
 * over a detached node, and all else are synchronous events on that node. Functions and promises travel as numbers.
 * Sent to the page as text: may use nothing from outside itself.
 */
export function createBridge(secret: string, inPage: boolean): Bridge {
  const [mine, theirs] = inPage ? ['page', 'preload'] : ['preload', 'page']
  const tag = `$${secret}`
  const cloneable = [
    'ArrayBuffer',
    'Blob',
    'Date',
    'DOMException',
    'Error',
    'File',
    'ImageData',
    'Map',
    'RegExp',
    'Set',
  ]
  const functions: ((...args: unknown[]) => unknown)[] = []
  const numbers = new WeakMap<object, number>()
  const proxies = new Map<number, unknown>()
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>()
  const early: Detail[] = []
  let node: EventTarget | undefined
  let answer: Detail | undefined
  let promises = 0

  const refused = (): Error => new Error('An object could not be cloned.')
  const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

  function pack(value: unknown, path: readonly object[]): unknown {
    if (typeof value === 'symbol') throw refused()
    if (typeof value === 'function') {
      let number = numbers.get(value)
      if (number === undefined) {
        number = functions.push(value as (...args: unknown[]) => unknown) - 1
        numbers.set(value, number)
      }
      return { [tag]: 'function', i: number }
    }
    if (typeof value !== 'object' || value === null) return value
    if (path.includes(value)) throw new Error('An object could not be cloned: the stand-in carries no cycles.')
    const inner = [...path, value]
    if (Array.isArray(value)) return value.map((entry) => pack(entry, inner))
    const kind = kindOf(value)
    if (kind === 'Promise') {
      const i = ++promises
      const settle = (ok: boolean) => (result: unknown) => {
        try {
          send({ k: 'settle', i, ok, v: pack(result, []) })
        } catch (error) {
          send({ k: 'settle', i, ok: false, v: error })
        }
      }
      ;(value as Promise<unknown>).then(settle(true), settle(false))
      return { [tag]: 'promise', i }
    }
    if (kind !== 'Object') {
      if (ArrayBuffer.isView(value) || cloneable.includes(kind)) return value
      throw refused()
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, pack(entry, inner)]))
  }

  function unpack(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(unpack)
    if (kindOf(value) !== 'Object') return value
    const entry = value as Record<string, unknown>
    const i = entry['i'] as number
    if (entry[tag] === 'promise') return new Promise((resolve, reject) => pending.set(i, { resolve, reject }))
    if (entry[tag] === 'function') {
      if (!proxies.has(i)) proxies.set(i, (...args: unknown[]) => call(i, args))
      return proxies.get(i)
    }
    return Object.fromEntries(Object.entries(entry).map(([key, inner]) => [key, unpack(inner)]))
  }

  function send(detail: Detail): void {
    if (node) node.dispatchEvent(new CustomEvent(theirs, { detail }))
    else early.push(detail)
  }

  function call(i: number, args: unknown[]): unknown {
    answer = undefined
    send({ k: 'call', i, v: pack(args, []) })
    const { ok, v } = (answer ?? { ok: false, v: refused() }) as Detail
    answer = undefined
    if (ok) return unpack(v)
    throw v
  }

  function run(i: number, args: unknown): void {
    let reply: Detail
    try {
      reply = { k: 'answer', i, ok: true, v: pack(functions[i]!(...(unpack(args) as unknown[])), []) }
    } catch (error) {
      reply = { k: 'answer', i, ok: false, v: error }
    }
    send(reply)
  }

  function freeze(value: unknown): unknown {
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) Object.values(value).forEach(freeze)
    return ArrayBuffer.isView(value) ? value : Object.freeze(value)
  }

  function handle(event: Event): void {
    const detail = (event as CustomEvent<Detail | null>).detail
    if (detail === null) {
      // The other side sent something which cannot be cloned.
      answer = { k: 'answer', i: 0, ok: false, v: refused() }
      return
    }
    if (detail.k === 'call') run(detail.i, detail.v)
    else if (detail.k === 'answer') answer = detail
    else if (detail.k === 'expose') {
      const value = freeze(unpack(detail.v))
      Object.defineProperty(globalThis, detail.key!, { value, enumerable: true, configurable: false, writable: false })
    } else {
      const waiter = pending.get(detail.i)
      pending.delete(detail.i)
      if (detail.ok) waiter?.resolve(unpack(detail.v))
      else waiter?.reject(detail.v)
    }
  }

  function meet(shared: EventTarget): void {
    if (node) return
    node = shared
    node.addEventListener(mine, handle)
    early.splice(0).forEach(send)
  }

  // Whichever world starts second finds the other already listening.
  if (inPage) {
    const shared = document.createElement('i')
    meet(shared)
    const offer = (): void => void window.dispatchEvent(new MouseEvent(`${secret}-node`, { relatedTarget: shared }))
    window.addEventListener(`${secret}-ask`, offer, { once: true })
    offer()
  } else {
    window.addEventListener(`${secret}-node`, (event) => meet((event as MouseEvent).relatedTarget!), { once: true })
    window.dispatchEvent(new Event(`${secret}-ask`))
  }

  return { expose: (key, api) => send({ k: 'expose', i: 0, key, v: pack(api, []) }) }
}
