import { createHash } from 'node:crypto'
import { allFingers, captureSteps, fingerPositions, type CaptureStep } from '#domain/biometrics/index.ts'
import { planOf, usedTries, type BlobRef, type DossierState, type SlapTry } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import {
  isExchangeable,
  itlOf,
  writeItl,
  type ItlException,
  type ItlPerson,
  type ItlPortrait,
  type ItlSource,
  type ItlTry,
} from './itl/index.ts'
import type { SealEntry } from './seal.ts'

type Source = Pick<ItlSource, 'station' | 'createdAt' | 'program' | 'training'> & { readonly state: DossierState }

const name = 'biometrics/dossier.an2'

/**
 * The biometrics of a dossier as one ANSI/NIST-ITL file, and how dossier.json describes it. `bytesOf` gives the checked
 * bytes of a capture. A portrait that the format has no record for is left to dossier.json. Throws SEAL_FAILED.
 */
export function exchangeRecord({ state, ...source }: Source, bytesOf: (ref: BlobRef) => Uint8Array) {
  const portrait = portraitOf(state, bytesOf)
  const record = itlOf({
    ...source,
    number: state.number,
    day: state.day,
    person: personOf(state),
    ...(portrait && { portrait }),
    tries: (Object.keys(captureSteps) as CaptureStep[]).flatMap((step) =>
      usedTries(state, step).flatMap((taken) => triesOf(step, taken, bytesOf)),
    ),
    planned: planOf(state).steps,
    exceptions: exceptionsOf(state),
  })
  const bytes = writeItl(record)
  const described = {
    file: name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    mediaType: 'application/octet-stream',
    standard: 'ANSI/NIST-ITL 1-2011 Update 2015',
    portrait: portrait !== undefined,
    prints: record.prints.length,
  }
  return { entry: { name, bytes } satisfies SealEntry, described }
}

function personOf({ confirmed }: DossierState): ItlPerson {
  const { fullName, personalNumber, birthDate, sex } = confirmed ?? {}
  const known = fullName !== undefined && personalNumber !== undefined && birthDate !== undefined
  if (!known || (sex !== 'Nam' && sex !== 'Nữ')) {
    throw new AppError('SEAL_FAILED', 'seal.exchange', { context: { reason: 'person' } })
  }
  return { fullName, personalNumber, birthDate, sex }
}

function portraitOf({ portrait }: DossierState, bytesOf: (ref: BlobRef) => Uint8Array): ItlPortrait | undefined {
  if (!portrait) return undefined
  const { mediaType, width, height } = portrait
  const found = { bytes: bytesOf(portrait), mediaType, width, height }
  return isExchangeable(found) ? found : undefined
}

/** The picture of the platen; or, where the device cut the fingers itself, each finger as a capture of its own. */
function triesOf(
  step: CaptureStep,
  { slap, dpi, fingers, composed }: SlapTry,
  bytesOf: (ref: BlobRef) => Uint8Array,
): readonly ItlTry[] {
  const perInch = Math.round(dpi)
  if (!composed) {
    const { width, height } = slap
    const found = fingers.map(({ position, quality, box }) => ({ fgp: fingerPositions[position], quality, box }))
    return [{ step, png: bytesOf(slap), width, height, dpi: perInch, fingers: found }]
  }
  const isSlap = captureSteps[step].fingers.length > 1
  return fingers.map(({ position, quality, print }): ItlTry => {
    const { width, height } = print
    const whole = { fgp: fingerPositions[position], quality, box: { x: 0, y: 0, width, height } }
    const own = isSlap ? (`flat-${position}` as const) : step
    return { step: own, png: bytesOf(print), width, height, dpi: perInch, fingers: [whole] }
  })
}

function exceptionsOf({ exceptions }: DossierState): readonly ItlException[] {
  return allFingers.flatMap((finger) => {
    const exception = exceptions[finger]
    if (!exception) return []
    const { reason, approved } = exception
    return [{ fgp: fingerPositions[finger], reason, ...(approved && { approvedBy: approved.badge }) }]
  })
}
