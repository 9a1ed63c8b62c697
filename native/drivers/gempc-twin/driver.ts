import { AppError } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { Transport } from '#native/transport/transport.ts'
import { bitRate, blockWaitingMs, parseAtr, type Atr } from './atr.ts'
import { systemClock, type Clock } from './clock.ts'
import { lrc } from './codec.ts'
import { isLineFault, TwinSession, type Answer, type Ask } from './session.ts'
import { exchangeT0 } from './t0.ts'
import { T1Link, type T1Step } from './t1.ts'

export type OpenTransport = (
  binding: DeviceBinding,
  settings: { readonly baudRate: number; readonly dataBits: 8; readonly stopBits: 2 },
) => Transport

/** CCID 6.1: messages to the reader. */
const message = {
  powerOn: 0x62,
  powerOff: 0x63,
  slotStatus: 0x65,
  setParameters: 0x61,
  escape: 0x6b,
  transfer: 0x6f,
} as const

const lineSettings = { baudRate: 115_200, dataBits: 8, stopBits: 2 } as const
const controlMs = 1000
const powerOnMs = 3000
/** The reader adds its own time to the card's; the longest block takes 52 ms on the line. */
const transferMarginMs = 700
/** What the reader's clock generator can do. */
const fastestBitRate = 344_086
const ownFieldSize = 254
const muteError = 0xfe
const parityError = 0xfd
/** Tries after silence or damage between reader and us, within one transfer. */
const lineRetries = 2

type Link = {
  readonly atr: Atr
  readonly t1: T1Link | undefined
  readonly waitingMs: number
}

/**
 * GemPC Twin: CCID over a serial line, 115200 8N2, TPDU level. See docs/protocols/gempc-twin.md.
 * `clock` is for tests; its milliseconds pace the time-outs.
 */
export function gempcTwin(
  binding: DeviceBinding,
  openTransport: OpenTransport,
  clock: Clock = systemClock,
): CardReader {
  const cardListeners = new Set<(present: boolean) => void>()
  const goneListeners = new Set<() => void>()
  let transport: Transport | undefined
  let session: TwinSession | undefined
  let link: Link | undefined
  let cardPresent = false
  let transferring = false
  let hinted = false
  let confirming = false

  const ask = async (
    request: Ask,
    signal: AbortSignal,
    timeoutMs = controlMs,
    repeats = lineRetries,
  ): Promise<Answer> => {
    if (!session) throw new AppError('DEVICE_GONE', 'gempc-twin')
    const answer = await session.exchange(request, { signal, timeoutMs, repeats })
    noteCard(answer.card)
    return answer
  }

  const noteCard = (state: Answer['card']) => {
    // A card that we powered and that has no power now was swapped faster than we looked.
    const swapped = state === 'inactive' && link !== undefined
    if (state !== 'active') link = undefined
    if (swapped) tellCard(false)
    tellCard(state !== 'absent')
  }

  const tellCard = (present: boolean) => {
    if (present === cardPresent) return
    cardPresent = present
    for (const listener of cardListeners) listener(present)
  }

  /** However often the reader says so, it is asked once, and once more for what came meanwhile. */
  const confirmSlot = () => {
    hinted = true
    if (confirming) return
    confirming = true
    void (async () => {
      while (hinted && session) {
        hinted = false
        // A failure here shows at the next command anyway.
        await ask({ type: message.slotStatus }, new AbortController().signal).catch(() => {})
      }
      confirming = false
    })()
  }

  /** One TPDU or block to the card; undefined when nothing usable came back from it. */
  const transfer = async (data: Uint8Array, signal: AbortSignal, current: Pick<Link, 'waitingMs'>, patience = 1) => {
    const step = 'gempc-twin.transfer'
    const request: Ask = { type: message.transfer, parameters: [Math.min(patience, 255), 0, 0], data }
    const answer = await ask(request, signal, transferMarginMs + current.waitingMs * patience, 0)
    if (answer.card === 'absent') throw new AppError('CARD_REMOVED', step)
    if (!answer.failed) return answer.data
    // A card that lost its power was pulled and put back.
    if (answer.card === 'inactive') throw new AppError('CARD_REMOVED', step)
    if (answer.error === muteError || answer.error === parityError) return undefined
    throw new AppError('DEVICE_REFUSED', step, { context: { error: answer.error } })
  }

  const runT1 = async (first: T1Step, signal: AbortSignal, current: Link, t1: T1Link): Promise<Uint8Array> => {
    let step = first
    let mutes = 0
    let lineFaults = 0
    while (step.kind === 'send') {
      let reply: Uint8Array | undefined
      try {
        reply = await transfer(step.block, signal, current, step.patience)
        mutes = reply ? 0 : mutes + 1
        lineFaults = 0
      } catch (error) {
        // The reader's answer was lost; the card repeats its block when T=1 asks for it.
        if (!isLineFault(error) || ++lineFaults > lineRetries) throw error
      }
      if (mutes > lineRetries) throw new AppError('CARD_MUTE', 'gempc-twin.t1')
      step = t1.receive(reply)
    }
    return step.response
  }

  const reset = async (signal: AbortSignal): Promise<Uint8Array> => {
    // 5 V, then 3 V: a card that stands only the lower voltage stays mute at the higher one.
    for (const voltage of [1, 2]) {
      const answer = await ask({ type: message.powerOn, parameters: [voltage, 0, 0] }, signal, powerOnMs)
      if (answer.card === 'absent') throw new AppError('CARD_ABSENT', 'gempc-twin.power-on')
      if (!answer.failed) return answer.data
      if (answer.error !== muteError && answer.error !== parityError) {
        throw new AppError('DEVICE_REFUSED', 'gempc-twin.power-on', { context: { error: answer.error } })
      }
    }
    throw new AppError('CARD_MUTE', 'gempc-twin.power-on')
  }

  /** PPS (ISO/IEC 7816-3 9): true when the card agreed on the speed it offered. */
  const agreeOnSpeed = async (atr: Atr, signal: AbortSignal): Promise<boolean> => {
    const request = Uint8Array.of(0xff, 0x10 | atr.protocol, atr.speed)
    const pps = Uint8Array.of(...request, lrc(request))
    const reply = await transfer(pps, signal, { waitingMs: controlMs })
    return reply !== undefined && Buffer.from(reply).equals(pps)
  }

  const setParameters = async (atr: Atr, speed: number, signal: AbortSignal) => {
    const convention = atr.inverse ? 2 : 0
    const data =
      atr.protocol === 1
        ? [speed, 0x10 | convention, atr.extraGuardTime, atr.waitingIntegers, 0, atr.ifsc, 0]
        : [speed, convention, atr.extraGuardTime, atr.waitingInteger, 0]
    const answer = await ask(
      { type: message.setParameters, parameters: [atr.protocol, 0, 0], data: Uint8Array.from(data) },
      signal,
    )
    if (answer.failed)
      throw new AppError('DEVICE_REFUSED', 'gempc-twin.parameters', { context: { error: answer.error } })
  }

  const exclusively = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    if (transferring) throw new AppError('DEVICE_BUSY', step)
    transferring = true
    try {
      return await act()
    } catch (error) {
      // The block numbers of both ends may differ now: only a reset makes the card usable again.
      const neverSent = error instanceof AppError && error.context['what'] === 'extended-length'
      if (!neverSent) link = undefined
      throw error
    } finally {
      transferring = false
    }
  }

  return {
    kind: 'card-reader',

    async acquire(signal) {
      if (transport) throw new AppError('DEVICE_BUSY', 'gempc-twin.acquire')
      const line = openTransport(binding, lineSettings)
      transport = line
      session = new TwinSession(line, clock)
      session.onSlotHint(confirmSlot)
      line.onClose((reason) => {
        if (transport !== line) return
        transport = undefined
        session = undefined
        link = undefined
        if (reason === 'asked') return
        for (const listener of goneListeners) listener()
      })
      try {
        await line.open(signal)
        const firmware = await ask({ type: message.escape, data: Uint8Array.of(0x02) }, signal)
        // Asks for a word when a card comes or goes.
        await ask({ type: message.escape, data: Uint8Array.of(0x01, 0x01, 0x01) }, signal)
        await ask({ type: message.slotStatus }, signal)
        return { model: modelOf(firmware), cardPresent }
      } catch (error) {
        transport = undefined
        session = undefined
        await line.close()
        throw error
      }
    },

    powerOn(signal) {
      return exclusively('gempc-twin.power-on', async () => {
        link = undefined
        let bytes = await reset(signal)
        let atr = parseAtr(bytes)
        if (atr.crc) throw new AppError('DEVICE_REFUSED', 'gempc-twin.power-on', { context: { what: 'crc' } })
        const rate = bitRate(atr.speed)
        let speed = 0x11
        if (atr.fixed) {
          speed = atr.speed
        } else if (rate > bitRate(0x11) && rate <= fastestBitRate) {
          if (await agreeOnSpeed(atr, signal)) {
            speed = atr.speed
          } else {
            bytes = await reset(signal)
            atr = parseAtr(bytes)
          }
        }
        await setParameters(atr, speed, signal)
        if (atr.protocol === 0) {
          link = { atr, t1: undefined, waitingMs: 2000 }
          return { atr: bytes, maxResponse: 256 }
        }
        const t1 = new T1Link(atr.ifsc)
        const opened = { atr, t1, waitingMs: blockWaitingMs(atr) }
        await runT1(t1.announce(ownFieldSize), signal, opened, t1)
        link = opened
        return { atr: bytes, maxResponse: 65536 }
      })
    },

    transmit(apdu, signal) {
      return exclusively('gempc-twin.transmit', async () => {
        const current = link
        if (!current) throw new AppError(transport ? 'CARD_REMOVED' : 'DEVICE_GONE', 'gempc-twin.transmit')
        if (current.t1) return runT1(current.t1.begin(apdu), signal, current, current.t1)
        return exchangeT0(apdu, async (tpdu) => {
          const reply = await transfer(tpdu, signal, current)
          if (!reply) throw new AppError('CARD_MUTE', 'gempc-twin.t0')
          return reply
        })
      })
    },

    async powerOff(signal) {
      link = undefined
      await ask({ type: message.powerOff }, signal)
    },

    onCard(listener) {
      cardListeners.add(listener)
      return () => cardListeners.delete(listener)
    },

    onGone(listener) {
      goneListeners.add(listener)
      return () => goneListeners.delete(listener)
    },

    async release() {
      const line = transport
      transport = undefined
      session = undefined
      link = undefined
      await line?.close()
    },
  }
}

/** The firmware names itself in ASCII; anything else is not shown. */
function modelOf(answer: Answer): string {
  const name = Buffer.from(answer.data.subarray(0, 40))
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
  return answer.failed || name === '' ? 'GemPC Twin' : `GemPC Twin (${name})`
}
