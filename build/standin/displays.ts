export type Size = { readonly width: number; readonly height: number }

/** A display as told: without a name it is known by its place. */
export type ToldDisplay = Size & {
  readonly name?: string
  /** Its left side, in place of standing beside the one before: two in one place show the same. */
  readonly x?: number
}

/**
 * `1366x768,1280x800`, or with names `laptop=1366x768,hall=1280x800`: displays standing side by side from left to right,
 * the first one primary.
 * @throws Error when an entry is not WIDTHxHEIGHT or NAME=WIDTHxHEIGHT (with `@X` where its left side is), a name is there twice, or none is there
 */
export function parseDisplays(text: string): readonly ToldDisplay[] {
  const names = new Set<string>()
  return text.split(',').map((entry) => {
    const match = /^\s*(?:([a-z][a-z0-9-]{0,30})=)?([1-9]\d{1,4})x([1-9]\d{1,4})(?:@(\d{1,5}))?\s*$/.exec(entry)
    if (!match) throw new Error(`QCC_STANDIN_DISPLAYS: "${entry}" is not WIDTHxHEIGHT`)
    const place = match[4] === undefined ? {} : { x: Number(match[4]) }
    const size = { width: Number(match[2]), height: Number(match[3]), ...place }
    const name = match[1]
    if (name === undefined) return size
    if (names.has(name)) throw new Error(`QCC_STANDIN_DISPLAYS: there are two named "${name}"`)
    names.add(name)
    return { ...size, name }
  })
}
