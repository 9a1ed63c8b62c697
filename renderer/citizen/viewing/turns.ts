/** The choice after the lit one; the first when none is lit, or when the lit one is gone. */
export function nextOf<Choice>(choices: readonly Choice[], lit: Choice | undefined): Choice | undefined {
  const at = lit === undefined ? -1 : choices.indexOf(lit)
  return choices[(at + 1) % Math.max(1, choices.length)]
}
