import { captureSteps, type FingerPosition, type SlapStep } from '#domain/biometrics/index.ts'
import { chainHash } from '#native/drivers/sbi/hash-chain.ts'
import { eyeNames, fingerNames } from '#native/drivers/sbi/names.ts'
import { drawFinger } from '../hands/index.ts'
import { makeMaker, type DeviceKey } from './authority.ts'
import type { SbiFault } from './faults.ts'
import { serveHttp, type Exchange } from './http-server.ts'
import { drawEye, expose, previewFrame } from './pictures.ts'
import { fingerRecord, irisRecord, type Coding } from './records.ts'

export type { SbiFault } from './faults.ts'

export type SbiSimulator = {
  /** `127.0.0.1:port` */
  readonly address: string
  /** What a binding needs beside the address. */
  readonly settings: Readonly<Record<'anchors' | 'env', string>>
  /** Another hand or another pair of eyes, or none. */
  place(person: number | null): void
  /** Returns the function that takes the fault off. */
  addFault(fault: SbiFault): () => void
  /** Verbs that came, in order, with what they asked. */
  requests(): readonly { readonly method: string; readonly body: unknown }[]
  /** Bytes of 200 MB answers that were really written. */
  flooded(): number
  stop(): Promise<void>
}

export type SbiOptions = {
  readonly kind: 'Finger' | 'Iris'
  /** A scanner for four fingers or for one. Irrelevant for eyes. */
  readonly subType?: 'Slap' | 'Single'
  /** The seed of an invented person. */
  readonly person?: number
  readonly faults?: readonly SbiFault[]
  readonly coding?: Coding
  /** Milliseconds between frames of the preview. */
  readonly frameMs?: number
  /** Frames that show an empty platen before the hand comes. */
  readonly emptyFrames?: number
  /** How many ways the fingers and eyes are held out, in turn; the sensor's noise is always another. */
  readonly impressions?: number
  readonly now?: () => Date
}

type Wanted = {
  readonly env: string
  readonly specVersion: string
  readonly transactionId: string
  readonly bio: readonly [
    {
      readonly deviceSubId: number
      readonly bioSubType?: string[]
      readonly exception: string[]
      readonly previousHash: string
      readonly requestedScore: number
    },
  ]
}

const env = 'Developer'
const flood = 200_000_000
const slapOf: Readonly<Record<number, SlapStep>> = { 1: 'left-four', 2: 'right-four', 3: 'two-thumbs' }
const errors: Partial<Record<SbiFault, string>> = {
  'error-101': '101',
  'error-102': '102',
  'error-103': '103',
  'error-105': '105',
  'error-106': '106',
  'error-110': '110',
  busy: '111',
}

/** Starts a simulated SBI service on this machine: a slap scanner or an iris camera with a maker of its own. */
export async function startSbi(options: SbiOptions): Promise<SbiSimulator> {
  const { kind, subType = 'Slap', coding = 'png', frameMs = 100, emptyFrames = 3, impressions = 3 } = options
  const now = options.now ?? (() => new Date())
  const faults = new Set(options.faults)
  const log: { method: string; body: unknown }[] = []
  const maker = makeMaker(now)
  const stranger = makeMaker(now)
  const serialNo = `4501-${kind}-000000`
  const keys = {
    own: maker.deviceKey(serialNo),
    ended: maker.deviceKey(serialNo, { ended: true }),
    other: maker.deviceKey('4501-other-000001'),
    unknown: stranger.deviceKey(serialNo),
  }
  let person: number | null = options.person ?? 1
  let captures = 0
  let flooded = 0
  let last: unknown
  let lastPictures = 0
  let capturing = 0

  const keyNow = (): DeviceKey =>
    faults.has('expired-certificate')
      ? keys.ended
      : faults.has('unknown-root')
        ? keys.unknown
        : faults.has('other-device')
          ? keys.other
          : keys.own

  const identity = () => ({
    serialNo,
    make: 'Invented',
    model: kind === 'Finger' ? `${subType} 4501` : 'Eyes 4501',
    type: kind,
    deviceSubType: kind === 'Finger' ? subType : 'Double',
    deviceProvider: 'invented maker of devices',
    deviceProviderId: 'INVENTED',
    dateTime: now().toISOString(),
  })

  const status = () => ({
    deviceStatus: 'Ready',
    certification: 'SBI 1.0',
    serviceVersion: '1.0.0',
    deviceSubId: kind === 'Finger' && subType === 'Single' ? ['0'] : ['1', '2', '3'],
    callbackId: `http://127.0.0.1:${server.port}/`,
    specVersion: ['1.0'],
    purpose: 'Registration',
    serialNo,
  })

  async function handle(exchange: Exchange): Promise<void> {
    const { method, body } = exchange.request
    log.push({ method, body })
    if (faults.has('garbage'))
      return void exchange.socket.end(Buffer.from('\x00\x17garbage\r\n\r\n\xff'.repeat(40), 'latin1'))
    switch (method) {
      case 'SBIDISC':
        if (faults.has('old-verbs')) return exchange.answer({ error: { errorCode: '500' } })
        return discover(exchange)
      case 'MOSIPDISC':
        return discover(exchange)
      case 'MOSIPDINFO':
        return info(exchange)
      case 'RCAPTURE':
        capturing++
        exchange.socket.once('close', () => capturing--)
        return capture(exchange, body as Wanted)
      case 'STREAM':
        return stream(exchange, body as { readonly deviceSubId: number })
      default:
        return exchange.answer({ error: { errorCode: '500' } }, 404)
    }
  }

  function discover(exchange: Exchange) {
    const { type } = exchange.request.body as { readonly type: string }
    if (type !== kind && type !== 'Biometric Device') return exchange.answer([])
    const digitalId = Buffer.from(JSON.stringify(identity())).toString('base64url')
    exchange.answer([{ ...status(), digitalId, error: { errorCode: '0', errorInfo: '' } }])
  }

  async function info(exchange: Exchange) {
    if (faults.has('huge-info')) return pour(exchange)
    const key = keyNow()
    const payload = { ...status(), env, firmware: '1.0.0', digitalId: await key.sign(identity()) }
    const deviceInfo = faults.has('unsigned')
      ? Buffer.from(JSON.stringify(payload)).toString('base64url')
      : await key.sign(payload)
    exchange.answer([{ deviceInfo, error: { errorCode: '0', errorInfo: '' } }])
  }

  async function capture(exchange: Exchange, wanted: Wanted) {
    const failing = [...faults].map((fault) => errors[fault]).find(Boolean) ?? (person === null ? '101' : undefined)
    if (faults.has('silence')) return
    if (faults.has('huge-capture')) return pour(exchange)
    if (failing)
      return exchange.answer({
        biometrics: [{ specVersion: '1.0', data: '', hash: '', error: { errorCode: failing, errorInfo: 'asked for' } }],
      })
    const answer = faults.has('replay') && last !== undefined ? last : { biometrics: await biometrics(wanted) }
    last = answer
    if (faults.has('late')) return void exchange.socket.once('close', () => exchange.answer(answer))
    if (!faults.has('cut')) return exchange.answer(answer)
    const text = JSON.stringify(answer)
    exchange.socket.write(
      `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text.slice(0, text.length / 2)}`,
      () => exchange.socket.destroy(),
    )
  }

  async function biometrics(wanted: Wanted) {
    const [{ exception, previousHash }] = wanted.bio
    const attempt = faults.has('previous-image') ? lastPictures : ++captures
    lastPictures = attempt
    const key = keyNow()
    const parts: object[] = []
    let previous = previousHash
    for (const { name, record } of await records(wanted, exception, attempt)) {
      const hash = chainHash(previous, record)
      previous = hash
      const payload = {
        digitalId: await key.sign(identity()),
        bioType: kind,
        deviceServiceVersion: '1.0.0',
        bioSubType: name,
        purpose: 'Registration',
        env: faults.has('wrong-environment') ? 'Staging' : wanted.env,
        bioValue: Buffer.from(record).toString('base64url'),
        transactionId: faults.has('wrong-transaction') ? 'another' : wanted.transactionId,
        timestamp: now().toISOString(),
        requestedScore: String(wanted.bio[0].requestedScore),
        qualityScore: '83.0',
      }
      const signed = await key.sign(payload)
      const bare = Buffer.from(JSON.stringify(payload)).toString('base64url')
      parts.push({
        specVersion: wanted.specVersion,
        data: faults.has('wrong-signature') ? flipped(signed) : faults.has('unsigned') ? bare : signed,
        hash: faults.has('wrong-hash') ? hash.replace(/./u, (digit) => (digit === '0' ? '1' : '0')) : hash,
        error: { errorCode: '0', errorInfo: 'Success' },
      })
    }
    return parts
  }

  async function records(wanted: Wanted, exception: readonly string[], attempt: number) {
    const [{ deviceSubId, bioSubType }] = wanted.bio
    const seed = person ?? 1
    const how = { coding: faults.has('wsq') ? ('wsq' as const) : coding, quality: 83, taken: now() }
    if (kind === 'Iris') {
      const eyes = (['left', 'right'] as const).filter((_, index) => deviceSubId === 3 || deviceSubId === index + 1)
      const seen = eyes.filter((eye) => !exception.includes(eyeNames[eye]))
      return Promise.all(
        seen.map(async (eye) => ({
          name: eyeNames[eye],
          record: await irisRecord(eye, expose(drawEye(seed, eye, attempt % impressions), attempt), how),
        })),
      )
    }
    const fingers = fingersOf(deviceSubId, bioSubType)
    const laid = fingers.filter((finger) => !exception.includes(fingerNames[finger]))
    const seen = faults.has('three-fingers') ? laid.slice(0, -1) : laid
    return Promise.all(
      seen.map(async (finger) => ({
        name: fingerNames[finger],
        record: await fingerRecord(finger, expose(printOf(seed, finger, attempt % impressions), attempt), how),
      })),
    )
  }

  async function stream(exchange: Exchange, { deviceSubId }: { readonly deviceSubId: number }) {
    if (faults.has('no-stream')) return exchange.answer({ error: { errorCode: '500' } }, 404)
    const { socket } = exchange
    const step = slapOf[deviceSubId] ?? 'right-four'
    await exchange.write(
      'HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=--BoundaryString\r\n\r\n',
    )
    for (let number = 0; !socket.destroyed; number++) {
      await new Promise((resolve) => setTimeout(resolve, frameMs))
      // No frames while it captures.
      if (capturing > 0) continue
      const seed = number < emptyFrames ? null : person
      const missing: FingerPosition[] = faults.has('three-fingers') ? captureSteps[step].fingers.slice(-1) : []
      const frame = faults.has('garbled-frames') ? Buffer.alloc(2000, 0x5a) : previewFrame(seed, step, missing, number)
      const head = `--BoundaryString\r\nContent-Type: image/jpeg\r\nContent-Length: ${frame.length}\r\n\r\n`
      if (!(await exchange.write(Buffer.concat([Buffer.from(head), frame, Buffer.from('\r\n')])))) return
      if (faults.has('frozen-stream')) return
    }
  }

  /** JSON without end, as fast as it is taken. */
  async function pour(exchange: Exchange) {
    const chunk = Buffer.from('"00000000000000000000000000000",'.repeat(2048))
    await exchange.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"biometrics":[')
    for (let written = 0; written < flood; written += chunk.length) {
      if (!(await exchange.write(chunk))) return
      flooded += chunk.length
    }
    exchange.socket.end('""]}')
  }

  const server = await serveHttp(handle)
  return {
    address: `127.0.0.1:${server.port}`,
    settings: { anchors: maker.anchor, env },
    place(next) {
      person = next
    },
    addFault(fault) {
      faults.add(fault)
      return () => faults.delete(fault)
    },
    requests: () => log,
    flooded: () => flooded,
    stop: server.stop,
  }
}

/** As a slap scanner cuts it out: alone, and nearly upright. */
const printOf = (seed: number, finger: FingerPosition, attempt: number) =>
  drawFinger({ seed, finger, impression: 'flat', attempt })

function fingersOf(subId: number, subTypes: readonly string[] | undefined): readonly FingerPosition[] {
  const step = slapOf[subId]
  if (step) return captureSteps[step].fingers
  return (Object.keys(fingerNames) as FingerPosition[]).filter((finger) => subTypes?.includes(fingerNames[finger]))
}

/** The signature with one bit changed. */
function flipped(jws: string): string {
  const at = jws.lastIndexOf('.') + 1
  const signature = Buffer.from(jws.slice(at), 'base64url')
  signature.writeUInt8(signature.readUInt8(0) ^ 1, 0)
  return jws.slice(0, at) + signature.toString('base64url')
}
