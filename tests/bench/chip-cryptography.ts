import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { standardGroup } from '#native/chip/agreement/domain-parameters.ts'
import type { Command } from '#native/chip/apdu.ts'
import { decodeCommand } from '#native/chip/apdu.ts'
import { bacSeed, bacSession, bacToken, tripleDesKeys } from '#native/chip/bac.ts'
import { suiteOf } from '#native/chip/cipher.ts'
import { paceProtocol, paceSecret, runPace, type PaceOffer } from '#native/chip/pace.ts'
import { SecureChannel } from '#native/chip/secure-messaging.ts'
import { concat } from '#native/chip/tlv.ts'
import { encrypt3Des, retailMac } from '#native/chip/triple-des.ts'
import { CardMessaging } from '#native/sim/chip/card-messaging.ts'
import { cardPace } from '#native/sim/chip/card-pace.ts'
import type { Figure } from './figure.ts'

/** How long each kind of work is done for. */
const measureMs = 1000

/**
 * The terminal's cryptography a second, beside what `openssl speed` would do with nothing but the same primitives, one
 * after the other. Nobody named a ratio to be reached.
 */
export async function chipCryptography(): Promise<readonly Figure[]> {
  return [
    await pace('brainpoolP256r1', 13, 'ecdhbrp256r1'),
    await pace('nistp256', 12, 'ecdhp256'),
    bac(),
    messaging(223),
    messaging(4096),
  ]
}

/** Two key pairs, the mapping's product and secret, and the agreement: five multiplications of a point. */
const multiplications = 5

async function pace(curve: string, parameters: number, primitive: string): Promise<Figure> {
  const protocol = paceProtocol('04007f000702020402' + '02')
  const group = standardGroup(parameters)
  if (!protocol || !group) throw new Error('no such protocol')
  const offer: PaceOffer = { protocol, group, parameterId: undefined }
  const access = { kind: 'can', can: '000123' } as const
  const card = cardPace({ offers: [offer], secrets: new Map([[2, paceSecret(access)]]) })
  let theirs = 0
  const send = async (command: Command) => {
    const started = performance.now()
    const reply = command.ins === 0x22 ? card.choose(command.data ?? new Uint8Array()) : card.step(command).reply
    theirs += performance.now() - started
    return { data: reply.data ?? new Uint8Array(), sw: reply.sw }
  }
  const run = async () => {
    if ((await runPace({ send, offer, access })) === 'refused') throw new Error('the card refused')
  }
  for (let round = 0; round < 5; round++) await run()
  theirs = 0
  const started = performance.now()
  let runs = 0
  while (performance.now() - started < measureMs) {
    await run()
    runs += 1
  }
  const rate = (runs * 1000) / (performance.now() - started - theirs)
  const bound = opensslOperations(primitive) / multiplications
  return figure(`PACE (ECDH ${curve}, terminal's side) over ${multiplications} × openssl ECDH`, rate, bound)
}

function bac(): Figure {
  const inputs = { documentNumber: '190000123', birthDate: '900315', expiryDate: '300315' }
  const nonces = { chip: randomBytes(8), terminal: randomBytes(8), terminalKey: randomBytes(16) }
  const cardKeys = tripleDesKeys(bacSeed(inputs))
  const sealed = encrypt3Des(cardKeys.encryption, concat(nonces.chip, nonces.terminal, randomBytes(16)))
  const answer = concat(sealed, retailMac(cardKeys.mac, sealed))
  const rate = perSecond(() => {
    const keys = tripleDesKeys(bacSeed(inputs))
    bacToken(keys, nonces)
    bacSession(keys, nonces, answer)
  })
  // Five hashes of one block; 32 bytes each way; two MACs of five blocks, single DES but for the last.
  const hash = 1 / (opensslBytes('sha1', 16) / 16)
  const tripleDes = (64 + (2 * 8 * 7) / 3) / opensslBytes('des-ede3-cbc', 64)
  return figure('BAC (terminal’s side) over openssl SHA-1 and 3DES', rate, 1 / (5 * hash + tripleDes))
}

/** Read commands and their answers of `length` bytes under AES-128: protected, checked and opened. */
function messaging(length: number): Figure {
  const suite = suiteOf('aes128', { encryption: randomBytes(16), mac: randomBytes(16) })
  const terminal = new SecureChannel(suite, new Uint8Array(suite.blockLength))
  const card = new CardMessaging(suite)
  const file = randomBytes(length)
  let ours = 0
  const exchange = () => {
    const started = performance.now()
    const protectedCommand = terminal.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: length < 256 ? 256 : length })
    ours += performance.now() - started
    const command = decodeCommand(protectedCommand)
    if (!command || typeof card.open(command) === 'number') throw new Error('the card refused')
    const response = card.seal(file, 0x9000)
    const arrived = performance.now()
    const { data } = terminal.unprotect(response)
    ours += performance.now() - arrived
    if (data.length !== length) throw new Error('bytes are missing')
  }
  for (let round = 0; round < 500; round++) exchange()
  ours = 0
  let exchanges = 0
  const started = performance.now()
  while (performance.now() - started < 2 * measureMs) {
    exchange()
    exchanges += 1
  }
  // Each byte is deciphered once and goes through the MAC once.
  const bound = opensslBytes('aes-128-cbc', length < 256 ? 256 : length) / (2 * length)
  return figure(
    `AES secure messaging, reads of ${length} bytes, over openssl AES-128-CBC twice`,
    (exchanges * 1000) / ours,
    bound,
  )
}

function perSecond(act: () => void): number {
  for (let round = 0; round < 200; round++) act()
  const started = performance.now()
  let runs = 0
  while (performance.now() - started < measureMs) {
    act()
    runs += 1
  }
  return (runs * 1000) / (performance.now() - started)
}

function figure(name: string, ours: number, bound: number): Figure {
  const rate = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)}/s`
  return { name, ours: rate(ours), beside: rate(bound), ratio: ours / bound, better: 'higher' }
}

/** Bytes a second with messages of this size. */
function opensslBytes(algorithm: string, size: number): number {
  return lastNumber(['-bytes', `${size}`, '-evp', algorithm], /^\+F:.*:([\d.]+)$/m)
}

/** Key agreements a second. */
function opensslOperations(algorithm: string): number {
  return lastNumber([algorithm], /^\+F5:\d+:\d+:([\d.]+):/m)
}

function lastNumber(words: readonly string[], line: RegExp): number {
  const { stdout } = spawnSync('openssl', ['speed', '-seconds', '1', '-mr', ...words], { encoding: 'utf8' })
  const value = Number(line.exec(stdout)?.[1])
  if (!(value > 0)) throw new Error(`openssl speed said nothing of ${words.join(' ')}`)
  return value
}
