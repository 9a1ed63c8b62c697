import type { TracedPiece } from '#native/capability/trace.ts'

const none = new Uint8Array()

/** A question to a service: verb, path and length, never its body. */
export function tracedQuestion(method: string, path: string, length: number): TracedPiece {
  return { way: 'out', bytes: none, name: `${method} ${path}`, detail: `${length} bytes` }
}

/** An answer: status and length. A stream has no length. */
export function tracedAnswer(status: number, length?: number): TracedPiece {
  return { way: 'in', bytes: none, name: String(status), detail: length === undefined ? 'stream' : `${length} bytes` }
}

/** What such pieces look like. */
export const sbiPatterns = {
  out: { name: /^(SBIDISC|MOSIPDISC|MOSIPDINFO|SBIINFO|RCAPTURE|STREAM) \/(device|info|capture|stream)$/u },
  in: { name: /^\d{3}$/u },
  detail: /^(\d{1,9} bytes|stream)$/u,
} as const
