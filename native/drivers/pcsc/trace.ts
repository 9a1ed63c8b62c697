import type { LineTracer } from '#native/capability/trace.ts'
import { apduMask } from '../apdu-mask.ts'
import { copyOf } from '../mask.ts'

/** APDUs to and from the card of a reader behind the system's service: one push is one of them, whole. */
export function tracePcsc(): LineTracer {
  const apdus = apduMask()
  return {
    push(way, bytes) {
      const own = copyOf(bytes)
      const { masked, text } = way === 'out' ? apdus.command(own, 'whole') : apdus.response(own, 'whole', true)
      const name = way === 'out' ? 'command' : 'response'
      return [{ way, bytes: own, name, detail: text, ...(masked > 0 && { masked }) }]
    },
    flush: () => [],
  }
}
