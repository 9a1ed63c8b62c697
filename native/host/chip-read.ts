import type { CardReader, ChipExchange, ChipProgress, ChipReading } from '#native/capability/card-reader.ts'
import type { HostCalls } from '#native/capability/host.ts'
import { readChip, type ChipCache } from '#native/chip/index.ts'
import { traced } from './chip-trace.ts'
import type { Clock } from './clock.ts'
import { isLineFailure } from './line-failure.ts'

/** Powering off is good manners; it need not hold up the answer. Milliseconds. */
const powerOffPatience = 1000

export async function readOnce(request: {
  readonly reader: CardReader
  readonly input: HostCalls['chip.read']['input']
  readonly cache?: ChipCache
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly onProgress: (progress: ChipProgress) => void
  readonly onPortrait: (portrait: NonNullable<ChipReading['portrait']>) => void
  readonly onExchange?: ((exchange: ChipExchange) => void) | undefined
}): Promise<ChipReading> {
  const { reader, input, cache, signal, clock, onProgress, onPortrait } = request
  const { access, anchors, hints, lastAttempt } = input
  try {
    const link = await reader.powerOn(signal)
    const reading = await readChip({
      transmit: traced((apdu, wanted) => reader.transmit(apdu, wanted), request.onExchange),
      access,
      signal,
      onProgress,
      onPortrait,
      link,
      ...(anchors && { anchors }),
      ...(hints && { hints }),
      ...(cache && { cache }),
      ...(lastAttempt !== undefined && { lastAttempt }),
    })
    cache?.clear()
    await powerOff(reader, clock)
    return reading
  } catch (error) {
    // A broken line is opened afresh, which resets the card as well.
    if (!isLineFailure(error)) await powerOff(reader, clock)
    throw error
  }
}

async function powerOff(reader: CardReader, clock: Clock): Promise<void> {
  const patience = new AbortController()
  const callOff = clock.after(powerOffPatience, () => patience.abort())
  await reader.powerOff(patience.signal).catch(() => {})
  callOff()
}
