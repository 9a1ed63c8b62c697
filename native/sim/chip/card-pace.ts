import { randomBytes } from 'node:crypto'
import { generateKeyPair, type KeyAgreementPair } from '#native/chip/agreement/group.ts'
import { mapGeneric, mapIntegrated, nonceLength } from '#native/chip/agreement/mapping.ts'
import type { Command } from '#native/chip/apdu.ts'
import type { KeyPair } from '#native/chip/bac.ts'
import { deriveKey, deriveKeys, encrypt, keyUse, suiteOf } from '#native/chip/cipher.ts'
import { paceToken, type PaceOffer } from '#native/chip/pace.ts'
import { encodeTlv, readAll, readOne } from '#native/chip/tlv.ts'
import { CardMessaging } from './card-messaging.ts'
import { ok, type Reply } from './reply.ts'

export type CardPace = {
  /** MSE:Set AT. */
  choose(data: Uint8Array): Reply
  /** One GENERAL AUTHENTICATE. The last gives the channel that begins after its answer. */
  step(command: Command): { readonly reply: Reply; readonly channel?: CardMessaging; readonly work: number }
  /** Forgets a run that has begun, not the attempts that were lost. */
  reset(): void
}

type Run = {
  readonly offer: PaceOffer
  readonly secret: Uint8Array
  nonce?: Uint8Array
  generator?: Uint8Array
  keys?: KeyPair
  own?: KeyAgreementPair
  other?: Uint8Array
}

const refused: Reply = { sw: 0x6985 }

/**
 * The chip's end of PACE (ICAO 9303-11 4.4). `attempts` wrong passwords block it for good; without, it never blocks.
 * `work` counts the operations in the group, which is what takes a chip its time.
 */
export function cardPace(setup: {
  readonly offers: readonly PaceOffer[]
  /** By reference: 1 the zone, 2 the access number. */
  readonly secrets: ReadonlyMap<number, Uint8Array>
  readonly attempts?: number | undefined
}): CardPace {
  let left = setup.attempts
  let run: Run | undefined

  const fail = (): Reply => {
    run = undefined
    if (left === undefined) return { sw: 0x6300 }
    left = Math.max(0, left - 1)
    return { sw: left === 0 ? 0x6983 : 0x63c0 | left }
  }

  const answer = (tag: number, value: Uint8Array): Reply => ({
    sw: 0x9000,
    data: encodeTlv(0x7c, encodeTlv(tag, value)),
  })

  const nonce = (current: Run) => {
    const { cipher } = current.offer.protocol
    current.nonce = new Uint8Array(randomBytes(nonceLength(cipher)))
    return answer(0x80, encrypt(cipher, deriveKey(cipher, current.secret, keyUse.password), current.nonce))
  }

  const map = (current: Run, given: Uint8Array): { reply: Reply; work: number } => {
    const { group, protocol } = current.offer
    if (!current.nonce) return { reply: refused, work: 0 }
    if (protocol.mapping === 'integrated') {
      current.generator = mapIntegrated(group, protocol.cipher, current.nonce, given)
      return { reply: answer(0x82, new Uint8Array()), work: 1 }
    }
    const own = generateKeyPair(group)
    current.generator = mapGeneric(group, current.nonce, group.power(given, own.secret))
    return { reply: answer(0x82, own.publicKey), work: 3 }
  }

  const agree = (current: Run, given: Uint8Array): Reply => {
    const { group, protocol } = current.offer
    if (!current.generator) return refused
    current.own = generateKeyPair(group, current.generator)
    current.other = given
    current.keys = deriveKeys(protocol.cipher, group.secretOf(group.power(given, current.own.secret)))
    return answer(0x84, current.own.publicKey)
  }

  return {
    reset() {
      run = undefined
    },
    choose(data) {
      const objects = readAll(data)
      const value = (tag: number) => objects.find((object) => object.tag === tag)?.value
      const oid = Buffer.from(value(0x80) ?? [])
      const id = value(0x84)?.[0]
      const offer = setup.offers.find(
        ({ protocol, parameterId }) => oid.equals(protocol.oid) && (id === undefined || parameterId === id),
      )
      const secret = setup.secrets.get(value(0x83)?.[0] ?? 0)
      run = undefined
      if (!offer) return { sw: 0x6a80 }
      if (!secret) return { sw: 0x6a88 }
      if (left === 0) return { sw: 0x6983 }
      run = { offer, secret }
      return left !== undefined && left < (setup.attempts ?? 0) ? { sw: 0x63c0 | left } : ok
    },
    step({ data = new Uint8Array() }) {
      const current = run
      if (!current) return { reply: refused, work: 0 }
      try {
        const [object] = readAll(readOne(data, 0x7c).value)
        if (!object) return { reply: nonce(current), work: 0 }
        if (object.tag === 0x81) return map(current, object.value)
        if (object.tag === 0x83) return { reply: agree(current, object.value), work: 2 }
        const { own, other, keys } = current
        if (object.tag !== 0x85 || !own || !other || !keys) return { reply: { sw: 0x6a80 }, work: 0 }
        const { protocol } = current.offer
        if (!Buffer.from(object.value).equals(paceToken(protocol, keys.mac, own.publicKey)))
          return { reply: fail(), work: 0 }
        run = undefined
        left = setup.attempts
        const channel = new CardMessaging(suiteOf(protocol.cipher, keys))
        return { reply: answer(0x86, paceToken(protocol, keys.mac, other)), channel, work: 0 }
      } catch {
        run = undefined
        return { reply: { sw: 0x6a80 }, work: 0 }
      }
    },
  }
}
