/**
 * A reader of printed codes (QR, bar code, machine readable zone) that speaks by itself whenever a code lies before it.
 * Its text is what the code holds, with nothing of the scanner's layout but an AIM id where the line cannot tell one.
 *
 * Errors: DEVICE_GONE, DEVICE_ABSENT, DEVICE_BUSY, TRANSPORT_MISSING, USAGE (settings that do not exist), CANCELLED.
 */
export interface CodeScanner {
  readonly kind: 'code-scanner'
  acquire(signal: AbortSignal): Promise<{ readonly model: string }>
  /** Whole codes only, each once: a code that breaks off, and one that came garbled, is not told. */
  onCode(listener: (text: string) => void): () => void
  onGone(listener: () => void): () => void
  release(): Promise<void>
}
