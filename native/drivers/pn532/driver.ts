import type { CardReader } from '#native/capability/card-reader.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { Transport } from '#native/transport/transport.ts'
import { systemClock, type Clock } from '../gempc-twin/clock.ts'
import { wakeUp } from './codec.ts'
import { contactlessReader } from './contactless-reader.ts'
import { Pn532Field } from './field.ts'
import { Pn532Session } from './session.ts'

export type OpenTransport = (binding: DeviceBinding, settings: { readonly baudRate: number }) => Transport

const lineSettings = { baudRate: 115_200 } as const
/** 262 bytes of data in one command; blocks of 256 with CRC. */
const limits = { exchange: 262, frame: 256 } as const
const setUpMs = 1000
const samConfiguration = 0x14

/** A PN532 on its high speed UART, 115200 8N1. See docs/protocols/pn532.md. `clock` is for tests. */
export function pn532(binding: DeviceBinding, openTransport: OpenTransport, clock: Clock = systemClock): CardReader {
  return contactlessReader('pn532', clock, async (signal, { gone }) => {
    const line = openTransport(binding, lineSettings)
    const session = new Pn532Session(line, clock)
    line.onClose((reason) => {
      if (reason !== 'asked') gone()
    })
    try {
      await line.open(signal)
      await line.write(wakeUp, signal)
      // Normal mode, no SAM: also what ends the low battery mode that the chip wakes up in.
      const sam = Uint8Array.of(samConfiguration, 0x01, 0x14, 0x00)
      await session.execute(sam, { signal, timeoutMs: setUpMs })
      const field = new Pn532Field((command, options) => session.execute(command, options), limits, clock)
      const firmware = await field.prepare(signal)
      return {
        model: `PN532 (${firmware})`,
        connect: (wanted) => field.connect(wanted),
        transmit: (apdu, wanted) => field.transmit(apdu, wanted),
        disconnect: (wanted) => field.disconnect(wanted),
        present: (wanted) => field.present(wanted),
        close: () => line.close(),
      }
    } catch (error) {
      await line.close()
      throw error
    }
  })
}
