import { canonicalJson } from '#core/audit/index.ts'
import type { StoredEvent } from '#core/store/index.ts'
import { allFingers, captureSteps, fingerPositions, type CaptureStep } from '#domain/biometrics/index.ts'
import { bestFingers, compareSources, planOf, type BlobRef, type DossierState } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { exchangeOf } from '#domain/enrolment/exchange-of.ts'
import { describeCheck } from './check.ts'
import { exchangeRecord } from './exchange-record.ts'
import { Files } from './files.ts'
import type { SealEntry } from './seal.ts'
import { shownRecord } from './shown.ts'

export type SealStation = { readonly code: string; readonly name: string }

/** A device that took part. `simulated` is true for anything that is not a real device. */
export type SealDevice = {
  readonly kind: string
  readonly driver: string
  readonly transport: string
  readonly simulated: boolean
}

export type DossierSource = {
  readonly state: DossierState
  /** The whole chain, oldest first. */
  readonly events: readonly StoredEvent[]
  readonly getBlob: (ref: BlobRef) => Promise<Uint8Array>
  readonly station: SealStation
  readonly devices: readonly SealDevice[]
  readonly createdAt: Date
  readonly program: { readonly name: string; readonly version: string }
  /** Made by the training program: nobody real, for nobody's use. */
  readonly training?: true
}

/**
 * The files of a dossier, `dossier.json` first (docs/protocols/dossier.schema.json): what the state refers to, each
 * capture checked against its SHA-256. Throws BLOB_DAMAGED; SEAL_FAILED without events or for an unknown media type.
 */
export async function composeDossier(source: DossierSource): Promise<readonly SealEntry[]> {
  const { state, events, station, devices, createdAt, program, training } = source
  const marked = training === true ? { training } : {}
  const head = events.at(-1)
  if (!head) throw new AppError('SEAL_FAILED', 'seal.compose', { context: { reason: 'events' } })
  const files = new Files(source.getBlob)
  const captures = describeCaptures(state, files)
  const check = describeCheck(state, files)
  const loaded = await files.load()
  const exchange = exchangeRecord({ state, station, createdAt, program, ...marked }, (ref) => files.bytesOf(ref))
  const pictures = new Map(state.portraits.map(({ picture }, at) => [picture.name, captures.portraits[at]?.file ?? '']))
  const shown = shownRecord(events, pictures)
  const dossier = {
    format: 'quay-can-cuoc/dossier/1',
    ...marked,
    number: state.number,
    station,
    day: state.day,
    createdAt: createdAt.toISOString(),
    program,
    procedure: exchangeOf(state),
    person: person(state),
    ...check,
    shown: shown.described,
    ...captures,
    records: { exchange: exchange.described },
    devices,
    events: { file: 'events.jsonl', count: events.length, head: head.hash },
  }
  return [
    { name: 'dossier.json', bytes: Buffer.from(JSON.stringify(dossier, null, 2)) },
    { name: 'events.jsonl', bytes: Buffer.from(events.map((event) => `${canonicalJson(event)}\n`).join('')) },
    shown.entry,
    exchange.entry,
    ...loaded,
  ]
}

/** The confirmed values, each with the source it was taken from and what the other sources say. */
function person(state: DossierState) {
  const lines = compareSources(state).flatMap(({ field, source, values, differs }) => {
    const value = state.confirmed?.[field]
    if (value === undefined || source === undefined) return []
    const said = Object.fromEntries(Object.entries(values).map(([name, each]) => [name, each.value]))
    return [[field, { value, source, differs, values: said }] as const]
  })
  return Object.fromEntries(lines)
}

function describeCaptures(state: DossierState, files: Files) {
  const { chip, qr, mrz } = state
  const plan = planOf(state)
  const portraits = state.portraits.map(({ picture, original, findings, because, judged }, index, all) => ({
    ...files.add(`images/portrait-${index + 1}`, picture),
    used: index === all.length - 1,
    ...(original && { original: files.add(`images/portrait-${index + 1}-original`, original) }),
    ...(findings && { findings }),
    ...(because !== undefined && { usedBecause: because }),
    ...(judged && { samePersonAsChip: judged }),
  }))
  return {
    ...(chip && {
      chip: {
        trust: chip.trust,
        access: chip.access,
        details: chip.details,
        ...(chip.oldNumber !== undefined && { oldNumber: chip.oldNumber }),
        ...(chip.issued !== undefined && { issued: chip.issued }),
        ...(chip.expires !== undefined && { expires: chip.expires }),
        ...(chip.portrait && { portrait: files.add('images/chip-portrait', chip.portrait) }),
        ...(chip.portraitOriginal && {
          portraitOriginal: files.add('images/chip-portrait-original', chip.portraitOriginal),
        }),
      },
    }),
    ...(qr && { qr }),
    ...(mrz && { mrz }),
    documents: state.documents.map(({ kind, picture, original, ...about }, index) => {
      const name = `images/document-${index + 1}-${kind}`
      return {
        kind,
        ...about,
        picture: files.add(name, picture),
        ...(original && { original: files.add(`${name}-original`, original) }),
      }
    }),
    portraits,
    fingers: describeFingers(state, files),
    exceptions: describeExceptions(state, files),
    irises: Object.values(state.irises).map(({ eye, quality, picture }) => {
      return { eye, quality, picture: files.add(`images/iris-${eye}`, picture) }
    }),
    capturePlan: { id: plan.id, minimumQuality: plan.minimumQuality, source: plan.source },
    ...(state.bedside !== undefined && { bedsideBecause: state.bedside }),
  }
}

/** Every try of every capture; the best flat and the best rolled impression of each finger are marked. */
function describeFingers(state: DossierState, files: Files) {
  const best = { flat: bestFingers(state, 'flat'), rolled: bestFingers(state, 'rolled') }
  return (Object.keys(captureSteps) as CaptureStep[]).flatMap((step) => {
    const { fgp, impression } = captureSteps[step]
    const tries = (state.tries[step] ?? []).map((taken, index) => {
      const { slap, dpi, problem, composed, doubts, dismissed, dropped } = taken
      const base = `images/${step}-${index + 1}`
      const found = taken.fingers.map((finger) => {
        const { position, quality, box, angle, print, template, minutiae } = finger
        const name = `${step}-${index + 1}-${position}`
        return {
          position,
          fgp: fingerPositions[position],
          quality,
          box,
          angle,
          print: files.add(`images/${name}`, print),
          ...(template && { template: files.add(`templates/${name}`, template) }),
          ...(minutiae !== undefined && { minutiae }),
          best: best[impression][position] === finger,
        }
      })
      return {
        dpi,
        slap: files.add(base, slap),
        fingers: found,
        ...(problem && { problem }),
        ...(composed && { composed }),
        ...(doubts && { doubts }),
        ...(dismissed !== undefined && { usedBecause: dismissed }),
        ...(dropped && { dropped }),
      }
    })
    const accepted = state.accepted[step]
    if (tries.length === 0 && accepted === undefined) return []
    return [{ step, fgp, impression, tries, ...(accepted !== undefined && { acceptedBecause: accepted }) }]
  })
}

/** Fingers that could not be taken, and what proves it. */
function describeExceptions(state: DossierState, files: Files) {
  return allFingers.flatMap((position) => {
    const exception = state.exceptions[position]
    if (!exception) return []
    const { reason, photo, approved } = exception
    return [
      {
        position,
        fgp: fingerPositions[position],
        reason,
        ...(photo && { photo: files.add(`images/exception-${position}`, photo) }),
        ...(approved && { approved }),
      },
    ]
  })
}
