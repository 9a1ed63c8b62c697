/** Rows of words as lines whose columns begin below each other. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows) for (const [at, word] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, word.length)
  return rows.map((row) =>
    row
      .map((word, at) => word.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
