/** Who is where, by keys of displays. */
export type Situation = {
  /** Those that are there, the primary one first. */
  readonly displays: readonly string[]
  /** The citizen's display: undefined while nothing was ever decided, null when the officer wants none. */
  readonly bound: string | null | undefined
  /** Where the officer's window is, or was. */
  readonly officer: string | undefined
  /** Where the officer's window was before its display went. */
  readonly home: string | undefined
  /** The display on which the citizen's window hides the officer's. */
  readonly covered: string | undefined
}

export type Arrangement = {
  /** undefined: the officer's window is hidden. */
  readonly officer: string | undefined
  /** undefined: the citizen has no window. */
  readonly citizen: string | undefined
  /** The citizen's window hides the officer's. */
  readonly covered: boolean
  readonly bound: string | null | undefined
}

/**
 * Where the windows belong. The citizen's is on the bound display or nowhere; the officer's stays where it is, and when
 * its display goes it moves to one that is not the citizen's. If only the citizen's is left, it hides: what it shows is
 * for the officer's eyes, and at the display that is left sits the citizen. The officer's key brings it back there,
 * because then somebody asked.
 */
export function arrange({ displays, bound, officer, home, covered }: Situation): Arrangement {
  const there = (key: string | null | undefined): key is string => typeof key === 'string' && displays.includes(key)
  // A turned laptop stays turned, whatever else is plugged in meanwhile: it is the citizen who sits before it.
  if (there(covered) && covered !== bound) return { officer: undefined, citizen: covered, covered: true, bound }

  const others = displays.filter((key) => key !== bound)
  const place =
    [officer, home].find((key) => there(key) && key !== bound) ??
    others[0] ??
    (there(officer) && covered === undefined ? officer : undefined)
  if (place === undefined) {
    return { officer: undefined, citizen: there(bound) ? bound : undefined, covered: displays.length > 0, bound }
  }
  const strangers = displays.filter((key) => key !== place)
  // Two displays and nothing decided yet: there is only one way to use them.
  const now = bound === undefined && strangers.length === 1 ? strangers[0] : bound
  return { officer: place, citizen: there(now) && now !== place ? now : undefined, covered: false, bound: now }
}

/** Where the officer's window goes when the officer asks for it, though only the citizen's display may be there. */
export function placeForOfficer({ displays, bound, officer, home }: Situation): string | undefined {
  const free = displays.filter((key) => key !== bound)
  return [officer, home].find((key) => key !== undefined && free.includes(key)) ?? free[0] ?? displays[0]
}
