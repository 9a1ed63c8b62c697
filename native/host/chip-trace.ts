import type { ChipExchange } from '#native/capability/card-reader.ts'
import type { Transmit } from '#native/chip/index.ts'
import { traceExchange } from '#native/chip/trace.ts'

/** The same line, telling every exchange, masked; also one that ended in an error. Without a listener: the line itself. */
export function traced(transmit: Transmit, onExchange?: (exchange: ChipExchange) => void): Transmit {
  if (!onExchange) return transmit
  let number = 0
  return async (apdu, signal) => {
    const started = performance.now()
    let response: Uint8Array | undefined
    try {
      response = await transmit(apdu, signal)
      return response
    } finally {
      onExchange({ number: ++number, ...traceExchange(apdu, response, performance.now() - started) })
    }
  }
}
