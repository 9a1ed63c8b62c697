/**
 * Simulated time of a device: what its line and its insides would have taken. Always counted, and waited for by `pace`:
 * 1 as real, 0 not at all.
 */
export class Pacer {
  readonly #msPerByte: number
  readonly #pace: number
  #total = 0
  #due = 0
  #overslept = 0

  constructor(line: { readonly bitsPerSecond: number; readonly bitsPerByte: number }, pace: number) {
    this.#msPerByte = (1000 * line.bitsPerByte) / line.bitsPerSecond
    this.#pace = pace
  }

  get totalMs(): number {
    return this.#total
  }

  chargeBytes(count: number): void {
    this.chargeMs(count * this.#msPerByte)
  }

  chargeMs(ms: number): void {
    this.#total += ms
    this.#due += ms
  }

  /** Waits for what was charged since the last time. Timers overrun; the next wait is shorter by as much. */
  async settle(since = performance.now()): Promise<void> {
    const wanted = this.#due * this.#pace
    this.#due = 0
    if (this.#pace === 0) return
    const end = since + wanted - this.#overslept
    const remaining = end - performance.now()
    if (remaining > 0) await new Promise((resolve) => setTimeout(resolve, remaining))
    this.#overslept = Math.max(0, Math.min(performance.now() - end, 5))
  }
}
