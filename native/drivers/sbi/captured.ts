import type { X509Certificate } from 'node:crypto'
import { AppError } from '#domain/failure/index.ts'
import { chainHash } from './hash-chain.ts'
import { biometricData, digitalId, parseJson, refusal, type BiometricData, type DigitalId } from './messages.ts'
import type { CaptureAnswer, CaptureWish, Kind } from './service.ts'
import { openSigned, untrusted } from './trust.ts'

/** The device as its verified info told: whose signature, and who it says it is. */
export type KnownDevice = {
  readonly id: DigitalId
  /** SHA-256 of the certificate with which it signs. */
  readonly fingerprint: string
}

export type Sample = {
  readonly subType: string
  /** ISO/IEC 19794 record. */
  readonly record: Uint8Array
  readonly quality: number | undefined
}

const step = 'sbi.capture'
/** A device's clock may be off by so much. Milliseconds. */
const clockError = 5 * 60_000

/**
 * What an answer holds, after everything that can be checked was: signature and certificate of each part and of the
 * device identity inside it, that it is the same device and belongs to this request, and the chain of hashes.
 * Parts with an error of their own are left out; an answer of errors only is the first of them. DEVICE_UNTRUSTED.
 */
export async function checkCaptured(request: {
  readonly answer: CaptureAnswer
  readonly wish: CaptureWish
  readonly kind: Kind
  readonly device: KnownDevice
  readonly anchors: readonly X509Certificate[]
  readonly now: Date
}): Promise<{ readonly samples: readonly Sample[]; readonly hash: string }> {
  const { answer, wish, kind, device, anchors, now } = request
  const whole = refusal(answer.error, step, kind)
  if (whole) throw whole
  const samples: Sample[] = []
  let problem: AppError | undefined
  let previous = wish.previousHash
  for (const { data, hash, error } of answer.biometrics ?? []) {
    const own = refusal(error, step, kind)
    problem ??= own
    if (own) continue
    const { payload, signer } = await openSigned(data ?? '', anchors, now, step)
    const part = parseJson(biometricData, payload, step)
    if (signer.fingerprint256 !== device.fingerprint) throw untrusted('device', step)
    await checkIdentity(part.digitalId, device.id, anchors, now)
    checkRequest(part, wish, kind, now)
    const record = Buffer.from(part.bioValue, 'base64url')
    const expected = chainHash(previous, record)
    if (hash?.toUpperCase() !== expected) throw untrusted('hash', step)
    previous = expected
    samples.push({ subType: part.bioSubType, record, quality: part.qualityScore })
  }
  if (samples.length === 0)
    throw problem ?? new AppError('DEVICE_GARBLED', step, { context: { reason: 'no-biometrics' } })
  return { samples, hash: previous }
}

/** Verifies a signed device identity and returns it. DEVICE_UNTRUSTED. */
export async function readIdentity(jws: string, anchors: readonly X509Certificate[], now: Date): Promise<DigitalId> {
  return parseJson(digitalId, (await openSigned(jws, anchors, now, step)).payload, step)
}

async function checkIdentity(jws: string, expected: DigitalId, anchors: readonly X509Certificate[], now: Date) {
  const told = await readIdentity(jws, anchors, now)
  const same = (['serialNo', 'make', 'model', 'type', 'deviceSubType'] as const).every(
    (name) => told[name] === expected[name],
  )
  if (!same) throw untrusted('device', step)
}

function checkRequest(part: BiometricData, wish: CaptureWish, kind: Kind, now: Date): void {
  const at = Date.parse(part.timestamp)
  const inTime = at >= Date.parse(wish.captureTime) - clockError && at <= now.getTime() + clockError
  const asAsked = part.env === wish.env && part.purpose === 'Registration' && part.bioType === kind
  if (part.transactionId !== wish.transactionId || !inTime || !asAsked) throw untrusted('transaction', step)
}
