import type { Display } from 'electron'

/** What a display is known by, as Electron told it when it was last there. Sizes in physical pixels, the longer one first. */
export type Marks = {
  readonly id: number
  readonly label: string
  readonly internal: boolean
  readonly long: number
  readonly short: number
}

/** A display that is there now, under the key it keeps when it is plugged in again. */
export type KnownDisplay = { readonly key: string; readonly display: Display }

export type Registry = {
  /** The displays in Electron's order, each under its key. Remembers those it has not met before. */
  recognise(displays: readonly Display[]): readonly KnownDisplay[]
  /** Electron said that this one went: twins of it that are left keep their keys. */
  unplugged(display: Display): void
  marksOf(key: string): Marks | undefined
}

/**
 * Tells displays apart by what they are, not by where they stand in the list.
 *
 * Electron promises of `Display.id` only that it is unique, and not even that holds everywhere: on Windows it is a hash
 * of the device's path, another one on another connector and, once, in another version of Electron (electron#43355); on
 * X11 it comes from the EDID, the same for two displays of one model (electron#20779); docks and Wayland number anew. So
 * the id counts together with the label (the name in the EDID), and where the id is unknown, a display is still known if
 * label, size and kind fit one display only. A laptop's own panel is known by being that.
 * Where two displays fit alike nobody is recognised: better a blank screen, and a question, than the wrong one. Only
 * twins that say the very same of themselves keep their keys by where they stand, as long as both are there.
 */
export function displayRegistry(remembered: readonly { readonly key: string; readonly marks: Marks }[]): Registry {
  const known = new Map<string, Marks>(remembered.map(({ key, marks }) => [key, marks]))
  let present: readonly KnownDisplay[] = []

  /** The key that a display had a moment ago. */
  const stillThere = (display: Display, alike: number): string | undefined => {
    const before = present.filter((each) => sameIdentity(marksOf(each.display), marksOf(display)))
    if (before.length === 1 && alike === 1) return before[0]!.key
    const here = before.filter((each) => samePlace(each.display, display))
    return here.length === 1 && alike >= before.length ? here[0]!.key : undefined
  }

  return {
    marksOf: (key) => known.get(key),
    unplugged(display) {
      const gone = (each: KnownDisplay) =>
        sameIdentity(marksOf(each.display), marksOf(display)) && samePlace(each.display, display)
      present = present.filter((each) => !gone(each))
    },
    recognise(displays) {
      const keys = new Map<Display, string>()
      for (const display of displays) {
        const alike = displays.filter((other) => sameIdentity(marksOf(other), marksOf(display))).length
        const key = stillThere(display, alike)
        if (key !== undefined) keys.set(display, key)
      }
      for (const same of [sameIdentity, sameModel, samePanel]) {
        const open = displays.filter((display) => !keys.has(display))
        const taken = new Set(keys.values())
        const free = [...known].filter(([key]) => !taken.has(key))
        for (const display of open) {
          const marks = marksOf(display)
          const fitting = free.filter(([, old]) => same(old, marks))
          const rivals = open.filter((other) => same(marksOf(other), marks))
          if (rivals.length === 1 && fitting.length === 1) keys.set(display, fitting[0]![0])
        }
      }
      for (const display of displays) {
        if (!keys.has(display)) keys.set(display, freeKey(display, known))
        known.set(keys.get(display)!, marksOf(display))
      }
      present = displays.map((display) => ({ key: keys.get(display)!, display }))
      return present
    },
  }
}

/** Without a name an id alone is too little. */
const sameIdentity = (a: Marks, b: Marks) =>
  a.id === b.id && a.internal === b.internal && a.label === b.label && (a.label !== '' || sameSize(a, b))
const sameModel = (a: Marks, b: Marks) =>
  a.label !== '' && a.label === b.label && a.internal === b.internal && sameSize(a, b)
const samePanel = (a: Marks, b: Marks) => a.internal && b.internal
const samePlace = ({ bounds: a }: Display, { bounds: b }: Display) => a.x === b.x && a.y === b.y
const sameSize = (a: Marks, b: Marks) => a.long === b.long && a.short === b.short

function marksOf({ id, label, internal, size, scaleFactor }: Display): Marks {
  const sides = [size.width, size.height].map((side) => Math.round(side * scaleFactor)).toSorted((a, b) => b - a)
  return { id, label: label.slice(0, 200), internal, long: sides[0]!, short: sides[1]! }
}

/** Made of the marks of the first meeting, so that it is the same in every run; a number sets twins apart. */
function freeKey(display: Display, known: ReadonlyMap<string, Marks>): string {
  const { id, label, internal, long, short } = marksOf(display)
  const key = [internal ? 'internal' : 'external', label, `${long}x${short}`, id].join('/')
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? key : `${key}/${number}`
    if (!known.has(numbered)) return numbered
  }
}
