import { AppError } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { decodeCommand } from '#native/chip/apdu.ts'
import type { Transport } from '#native/transport/transport.ts'
import { systemClock, type Clock } from '../gempc-twin/clock.ts'
import { contactlessReader, type Surroundings } from '../pn532/contactless-reader.ts'
import { Pn532Field, type Execute } from '../pn532/field.ts'
import { AcsSession, type Answer, type Ask } from './session.ts'

export type OpenTransport = (binding: DeviceBinding, settings: { readonly baudRate: number }) => Transport

const message = { powerOn: 0x62, powerOff: 0x63, slotStatus: 0x65, escape: 0x6b, transfer: 0x6f } as const

const slow = 9600
const fast = 115_200
const controlMs = 1000
const powerOnMs = 4000
/** The reader runs the card's protocol inside one command. Asked for its answer too early it says nothing, and then gives it. */
const transferMs = 3000

/** What differs between the two readers while the line is set up. */
type Model = {
  readonly name: string
  /** Asks for the firmware's name. */
  readonly identify: Ask
  readonly nameIn: (answer: Answer) => string | undefined
  /** Asks for 115200 bit/s. */
  readonly hurry: Ask
  readonly hurries: (answer: Answer) => boolean
}

const pseudoApdu = (p1: number, p2: number): Ask => ({
  type: message.transfer,
  data: Uint8Array.of(0xff, 0x00, p1, p2, 0x00),
})

const acr122: Model = {
  name: 'ACR122S',
  identify: pseudoApdu(0x48, 0x00),
  nameIn: ({ data }) => asciiFrom(data, 'ACR122'),
  hurry: pseudoApdu(0x44, 0x01),
  hurries: ({ data }) => data[0] === 0x90 && data[1] === 0x01,
}

const acr1281: Model = {
  name: 'ACR1281S',
  identify: { type: message.escape, data: Uint8Array.of(0xe0, 0x00, 0x00, 0x18, 0x00) },
  nameIn: ({ data }) => asciiFrom(data.subarray(5), 'ACR1281'),
  // Bit 7: notices when a card comes or goes.
  hurry: { type: message.escape, data: Uint8Array.of(0x44, 0x84) },
  hurries: ({ data }) => data[0] === 0x90 && data[1] === 0x84,
}

type Line = { readonly session: AcsSession; readonly model: string; close(): Promise<void> }

/** ACS ACR122S: a PN532 behind the reader's direct transmit. See docs/protocols/acr122s.md. `clock` is for tests. */
export function acr122s(binding: DeviceBinding, openTransport: OpenTransport, clock: Clock = systemClock): CardReader {
  return contactlessReader('acr122s', clock, async (signal, surroundings) => {
    const line = await openLine(acr122, (baudRate) => openTransport(binding, { baudRate }), clock, surroundings, signal)
    const execute: Execute = async (command, { signal: wanted, timeoutMs }) => {
      const data = Uint8Array.of(0xff, 0x00, 0x00, 0x00, command.length + 1, 0xd4, ...command)
      const answer = await line.session.exchange({ type: message.transfer, data }, { signal: wanted, timeoutMs })
      return unwrap(answer, command[0] ?? 0)
    }
    try {
      // Lc has one byte: 255 less D4, code and target; answers have 261 bytes less D5, code, status and SW.
      const field = new Pn532Field(execute, { exchange: 252, frame: 255 }, clock)
      await field.prepare(signal)
      return {
        model: line.model,
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

/** ACS ACR1281S: runs the card's protocol itself and takes APDUs. See docs/protocols/acr122s.md. */
export function acr1281s(binding: DeviceBinding, openTransport: OpenTransport, clock: Clock = systemClock): CardReader {
  return contactlessReader('acr1281s', clock, async (signal, surroundings) => {
    const line = await openLine(
      acr1281,
      (baudRate) => openTransport(binding, { baudRate }),
      clock,
      surroundings,
      signal,
    )
    const ask = (request: Ask, wanted: AbortSignal, timeoutMs: number) =>
      line.session.exchange(request, { signal: wanted, timeoutMs })
    let powered = false
    return {
      model: line.model,

      async connect(wanted) {
        powered = false
        const answer = await ask({ type: message.powerOn }, wanted, powerOnMs)
        if (answer.card === 'absent') throw new AppError('CARD_ABSENT', 'acr1281s.power-on')
        if (answer.failed || answer.data.length === 0) throw new AppError('CARD_MUTE', 'acr1281s.power-on')
        powered = true
        return { atr: answer.data, maxResponse: 256 }
      },

      async transmit(apdu, wanted) {
        if (apdu.length > 261 || (decodeCommand(apdu)?.le ?? 0) > 256) {
          throw new AppError('DEVICE_REFUSED', 'acr1281s.transmit', { context: { what: 'extended-length' } })
        }
        const answer = await ask({ type: message.transfer, data: apdu }, wanted, transferMs)
        if (!answer.failed) return answer.data
        // A card under the reader's own protocol that gives no answer after all retries is not there any more.
        if (answer.card !== 'active' || answer.error === 0xfe) throw new AppError('CARD_REMOVED', 'acr1281s.transmit')
        throw new AppError('DEVICE_REFUSED', 'acr1281s.transmit', { context: { error: answer.error } })
      },

      async disconnect(wanted) {
        powered = false
        await ask({ type: message.powerOff }, wanted, controlMs)
      },

      async present(wanted) {
        const { card } = await ask({ type: message.slotStatus }, wanted, controlMs)
        // A card that we powered and that has no power now was swapped faster than we looked.
        const swapped = powered && card === 'inactive'
        powered &&= card === 'active'
        return card !== 'absent' && !swapped
      },

      close: () => line.close(),
    }
  })
}

/**
 * The readers start at 9600 bit/s and keep 115200 until they lose their power, which may be longer than this program
 * lives. So both are tried, and a slow one is asked to hurry; a reader that does not is used as it is.
 */
async function openLine(
  model: Model,
  open: (baudRate: number) => Transport,
  clock: Clock,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Line> {
  const at = async (baudRate: number): Promise<Line | AppError> => {
    const transport = open(baudRate)
    const session = new AcsSession(transport, clock)
    let settled = false
    session.onSlotHint(() => settled && surroundings.hint())
    transport.onClose((reason) => {
      if (reason !== 'asked' && settled) surroundings.gone()
    })
    try {
      await transport.open(signal)
      const answer = await session.exchange(model.identify, { signal, timeoutMs: controlMs, tries: 1 })
      const name = model.nameIn(answer)
      if (name === undefined) throw new AppError('DEVICE_REFUSED', 'acr122s.open', { context: { wanted: model.name } })
      settled = true
      return { session, model: name === model.name ? name : `${model.name} (${name})`, close: () => transport.close() }
    } catch (error) {
      await transport.close()
      if (error instanceof AppError && (error.code === 'DEVICE_SILENT' || error.code === 'DEVICE_GARBLED')) return error
      throw error
    }
  }
  const atFirst = await at(slow)
  if (atFirst instanceof AppError) {
    const quick = await at(fast)
    // Of two failures the one that heard anything says more.
    if (quick instanceof AppError) throw quick.code === 'DEVICE_SILENT' ? atFirst : quick
    return quick
  }
  const hurries = await atFirst.session.exchange(model.hurry, { signal, timeoutMs: controlMs }).then(model.hurries)
  if (!hurries) return atFirst
  await atFirst.close()
  const quick = await at(fast)
  if (!(quick instanceof AppError)) return quick
  const again = await at(slow)
  if (again instanceof AppError) throw again
  return again
}

/** `D5`, the code of the response and what follows, before SW 9000. 63xx: the chip did not take the command. */
function unwrap(answer: Answer, command: number): Uint8Array {
  const { data } = answer
  const sw = ((data.at(-2) ?? 0) << 8) | (data.at(-1) ?? 0)
  if (!answer.failed && sw === 0x9000 && data[0] === 0xd5 && data[1] === command + 1) return data.subarray(2, -2)
  throw new AppError('DEVICE_REFUSED', 'acr122s.direct-transmit', { context: { command, sw } })
}

/** The firmware's name if it begins as it should; only what can be printed. */
function asciiFrom(bytes: Uint8Array, beginning: string): string | undefined {
  const text = Buffer.from(bytes.subarray(0, 40))
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
  return text.startsWith(beginning) ? text : undefined
}
