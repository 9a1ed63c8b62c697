import { AppError } from '#domain/failure/index.ts'
import { lrc } from './codec.ts'

/** Blocks of T=1 (ISO/IEC 7816-3 11): NAD, PCB, LEN, INF, LRC. Pure: bytes in, next step out. */

export type T1Step =
  | {
      readonly kind: 'send'
      readonly block: Uint8Array
      /** Factor on the block waiting time. */ readonly patience: number
    }
  | { readonly kind: 'done'; readonly response: Uint8Array }

export type T1Block = { readonly pcb: number; readonly inf: Uint8Array }

const retryLimit = 3
const requestLimit = 500
const longestResponse = 65538

export const pcb = {
  more: 0x20,
  rBlock: 0x80,
  resynchRequest: 0xc0,
  ifsRequest: 0xc1,
  abortRequest: 0xc2,
  wtxRequest: 0xc3,
  response: 0x20,
} as const

export function encodeBlock({ pcb: control, inf }: T1Block): Uint8Array {
  const block = Uint8Array.of(0x00, control, inf.length, ...inf, 0)
  block[block.length - 1] = lrc(block.subarray(0, -1))
  return block
}

/** Undefined when length or checksum do not hold. */
export function decodeBlock(bytes: Uint8Array): T1Block | undefined {
  const [, control, length] = bytes
  if (control === undefined || length === undefined || length === 255) return undefined
  if (bytes.length !== length + 4 || lrc(bytes) !== 0) return undefined
  return { pcb: control, inf: bytes.subarray(3, 3 + length) }
}

/** The terminal's end of one T=1 link, from reset on. A thrown error leaves it unusable: reset the card. */
export class T1Link {
  #ifsc: number
  #sendNumber = 0
  #receiveNumber = 0
  #chunks: Uint8Array[] = []
  #received: Uint8Array[] = []
  #receivedLength = 0
  #last: Uint8Array = new Uint8Array()
  #lastInformation: Uint8Array = new Uint8Array()
  #request: number | undefined
  #acknowledging = false
  #faults = 0
  #requests = 0
  #resynched = false

  constructor(ifsc: number) {
    this.#ifsc = ifsc
  }

  /** Tells the card how long its blocks may be (1 … 254). */
  announce(ifsd: number): T1Step {
    return this.#ask(pcb.ifsRequest, Uint8Array.of(ifsd))
  }

  begin(apdu: Uint8Array): T1Step {
    this.#chunks = []
    for (let at = 0; at < apdu.length; at += this.#ifsc) this.#chunks.push(apdu.subarray(at, at + this.#ifsc))
    this.#received = []
    this.#receivedLength = 0
    this.#faults = 0
    this.#requests = 0
    this.#acknowledging = false
    return this.#sendChunk()
  }

  /** Takes the card's block; undefined when nothing usable came. Gives up with DEVICE_GARBLED. */
  receive(bytes: Uint8Array | undefined): T1Step {
    const block = bytes && decodeBlock(bytes)
    if (!block) return this.#fault()
    if ((block.pcb & 0x80) === 0) return this.#information(block)
    return (block.pcb & 0x40) === 0 ? this.#acknowledge(block) : this.#supervise(block)
  }

  #information(block: T1Block): T1Step {
    const number = (block.pcb >> 6) & 1
    if (this.#request !== undefined || number !== this.#receiveNumber || this.#chunks.length > 1) return this.#fault()
    this.#faults = 0
    if (this.#chunks.length === 1) {
      // The first block of the answer also acknowledges our last one.
      this.#chunks = []
      this.#sendNumber ^= 1
    }
    this.#receiveNumber ^= 1
    this.#received.push(block.inf.slice())
    this.#receivedLength += block.inf.length
    if (this.#receivedLength > longestResponse) throw garbled('response-length')
    if ((block.pcb & pcb.more) !== 0) {
      this.#acknowledging = true
      return this.#send(this.#rBlock(0))
    }
    const response = new Uint8Array(this.#receivedLength)
    let at = 0
    for (const part of this.#received) {
      response.set(part, at)
      at += part.length
    }
    this.#received = []
    return { kind: 'done', response }
  }

  #acknowledge(block: T1Block): T1Step {
    if (this.#request !== undefined || block.inf.length > 0) return this.#fault()
    const wanted = (block.pcb >> 4) & 1
    // Our acknowledgement of a piece was lost: it is repeated.
    if (this.#acknowledging || this.#chunks.length === 0) return this.#fault()
    if (wanted === this.#sendNumber) {
      if (++this.#faults > retryLimit) return this.#resynch()
      return this.#send(this.#lastInformation)
    }
    if (this.#chunks.length === 1) return this.#fault()
    this.#faults = 0
    this.#chunks.shift()
    this.#sendNumber ^= 1
    return this.#sendChunk()
  }

  #supervise(block: T1Block): T1Step {
    if ((block.pcb & pcb.response) !== 0) return this.#answered(block)
    if (++this.#requests > requestLimit) throw garbled('requests')
    const answer = encodeBlock({ pcb: block.pcb | pcb.response, inf: block.inf })
    switch (block.pcb) {
      case pcb.wtxRequest:
        if (block.inf.length !== 1) return this.#fault()
        return { kind: 'send', block: answer, patience: Math.max(1, block.inf[0] ?? 1) }
      case pcb.ifsRequest: {
        const size = block.inf[0] ?? 0
        if (block.inf.length !== 1 || size < 1 || size > 254) return this.#fault()
        this.#ifsc = size
        return { kind: 'send', block: answer, patience: 1 }
      }
      default:
        // Only the card's abort remains; a resynchronisation is ours to ask for.
        throw garbled('aborted')
    }
  }

  #answered(block: T1Block): T1Step {
    const request = this.#request
    if (request === undefined || block.pcb !== (request | pcb.response)) return this.#fault()
    this.#request = undefined
    this.#faults = 0
    if (request === pcb.resynchRequest) {
      // Both ends are at the start again, but whether the card ran the command is not known: it is not given again.
      this.#sendNumber = 0
      this.#receiveNumber = 0
      throw garbled('resynchronised')
    }
    return { kind: 'done', response: new Uint8Array() }
  }

  #fault(): T1Step {
    if (++this.#faults > retryLimit) return this.#resynch()
    if (this.#request !== undefined) return this.#send(this.#last)
    return this.#send(this.#rBlock(1))
  }

  #resynch(): T1Step {
    if (this.#resynched || this.#request !== undefined) throw garbled('retries')
    this.#resynched = true
    this.#faults = 0
    return this.#ask(pcb.resynchRequest, new Uint8Array())
  }

  #ask(request: number, inf: Uint8Array): T1Step {
    this.#request = request
    return this.#send(encodeBlock({ pcb: request, inf }))
  }

  #sendChunk(): T1Step {
    const more = this.#chunks.length > 1 ? pcb.more : 0
    const inf = this.#chunks[0] ?? new Uint8Array()
    this.#lastInformation = encodeBlock({ pcb: (this.#sendNumber << 6) | more, inf })
    return this.#send(this.#lastInformation)
  }

  #rBlock(error: 0 | 1): Uint8Array {
    return encodeBlock({ pcb: pcb.rBlock | (this.#receiveNumber << 4) | error, inf: new Uint8Array() })
  }

  #send(block: Uint8Array): T1Step {
    this.#last = block
    return { kind: 'send', block, patience: 1 }
  }
}

function garbled(what: string): AppError {
  return new AppError('DEVICE_GARBLED', 'gempc-twin.t1', { context: { what } })
}
