export type Size = { readonly width: number; readonly height: number }

/**
 * `1366x768,1280x800` as sizes, the displays standing side by side from left to right.
 * @throws Error when an entry is not WIDTHxHEIGHT or none is there
 */
export function parseDisplays(text: string): readonly Size[] {
  const sizes = text.split(',').map((entry) => {
    const match = /^\s*([1-9]\d{1,4})x([1-9]\d{1,4})\s*$/.exec(entry)
    if (!match) throw new Error(`QCC_STANDIN_DISPLAYS: "${entry}" is not WIDTHxHEIGHT`)
    return { width: Number(match[1]), height: Number(match[2]) }
  })
  return sizes
}
