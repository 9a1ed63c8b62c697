/** Many short texts, looked for in one pass. A needle between two `\b` characters stands alone: no letter or digit beside it. */
export type Needles = { isIn(haystack: string): boolean }

type Needle = { readonly text: string; readonly alone: boolean }

const start = 4

/** Needles shorter than four characters are left out: they are everywhere. */
export function needles(wanted: readonly string[]): Needles {
  const byStart = new Map<string, Needle[]>()
  const starts = new Uint8Array(65_536)
  for (const each of new Set(wanted)) {
    const alone = each.startsWith('\b')
    const text = alone ? each.slice(1, -1) : each
    if (text.length < start) continue
    const key = text.slice(0, start)
    const known = byStart.get(key)
    if (known) known.push({ text, alone })
    else byStart.set(key, [{ text, alone }])
    starts[hashAt(text, 0)] = 1
  }
  return {
    isIn(haystack) {
      if (byStart.size === 0) return false
      for (let at = 0; at + start <= haystack.length; at++) {
        if (starts[hashAt(haystack, at)] === 0) continue
        const found = byStart.get(haystack.slice(at, at + start))
        if (found?.some((needle) => fits(haystack, at, needle))) return true
      }
      return false
    },
  }
}

function fits(haystack: string, at: number, { text, alone }: Needle): boolean {
  if (!haystack.startsWith(text, at)) return false
  return !alone || !(isWord(haystack.charAt(at - 1)) || isWord(haystack.charAt(at + text.length)))
}

function isWord(letter: string): boolean {
  return /[\p{L}\p{N}]/u.test(letter)
}

function hashAt(text: string, at: number): number {
  let hash = 0
  for (let n = 0; n < start; n++) hash = (Math.imul(hash, 31) + text.charCodeAt(at + n)) & 0xffff
  return hash
}
