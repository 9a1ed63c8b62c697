/** One line of the table. `ratio` is ours over the peer's or the limit's, unless `better` says otherwise. */
export type Figure = {
  readonly name: string
  readonly ours: string
  readonly beside: string
  readonly ratio: number
  /** The ratio that was asked for, if one was. */
  readonly wanted?: number
  readonly better: 'lower' | 'higher'
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export async function timed<T>(run: () => Promise<T> | T): Promise<{ readonly ms: number; readonly value: T }> {
  const started = performance.now()
  const value = await run()
  return { ms: performance.now() - started, value }
}

export function ms(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(1)} ms`
}
