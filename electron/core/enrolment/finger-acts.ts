import { slapTry } from '#contract/dossier-schema.ts'
import { trainingCode, type Store } from '#core/store/index.ts'
import { captureSteps, type CaptureStep, type FingerDoubt, type FingerPosition } from '#domain/biometrics/index.ts'
import {
  fingerProgress,
  foldEvents,
  planOf,
  usedTries,
  type DossierState,
  type FingerTaken,
  type PictureRef,
  type SlapTry,
} from '#domain/enrolment/index.ts'
import { AppError, toFailure } from '#domain/failure/index.ts'
import type { Devices } from './chip-act.ts'
import { localDay, type Desk, type LastingEffect } from './desk.ts'

/** Captures one slap or finger and puts the whole picture, each finger and its minutiae into the dossier. */
export async function captureFingers(
  effect: LastingEffect & { type: 'capture-fingers' },
  desk: Desk,
  signal: AbortSignal,
  { host, store }: Devices,
): Promise<void> {
  const { attempt, device, step } = effect
  try {
    const { state } = desk.open()
    const { minimumQuality, framesBeforeShot, patienceMs } = planOf(state)
    const absent = captureSteps[step].fingers.filter((finger) => state.exceptions[finger] !== undefined)
    const demand = { minimumQuality, framesBeforeShot, patienceMs, absent }
    const capture = await host.call('finger.capture', { attempt, device, step, ...demand }, signal)
    const keep = async (png: Uint8Array, width: number, height: number): Promise<PictureRef> => ({
      ...(await store.putBlob(png, 'image/png')),
      width,
      height,
    })
    const [slap, ...fingers] = await Promise.all([
      keep(capture.png, capture.width, capture.height),
      ...capture.fingers.map(
        async ({ png, template, minutiae, position, quality, box, angle }): Promise<FingerTaken> => ({
          position,
          quality,
          box,
          angle,
          print: await keep(png, pngSize(png, 16), pngSize(png, 20)),
          template: await store.putBlob(template, templateType),
          minutiae,
        }),
      ),
    ])
    const taken = {
      attempt,
      slap,
      dpi: capture.dpi,
      fingers,
      ...(capture.problem && { problem: capture.problem }),
      ...(capture.composed && { composed: true }),
    }
    if (!slapTry.safeParse(taken).success)
      throw new AppError('DEVICE_GARBLED', 'finger.capture', { context: { reason: 'capture' } })
    desk.apply({ type: 'fingersTaken', ...taken }, 'program')
  } catch (error) {
    const { code } = toFailure(error, 'finger.capture')
    desk.fail({ type: 'fingerCaptureFailed', attempt, code })
    throw error
  }
}

/** Of a finger minutiae record of ISO/IEC 19794-2. */
export const templateType = 'application/vnd.iso.19794-2'

/**
 * Compares the prints of a try with the person's other prints, with the officers' and with those of the other dossiers
 * of the day, and tells what is odd. Without a device process nothing is told; the try stays as it is.
 */
export async function compareFingers(
  effect: LastingEffect & { type: 'compare-fingers' },
  desk: Desk,
  signal: AbortSignal,
  { host, store }: Devices,
): Promise<void> {
  const { id, state } = desk.open()
  const [step, taken] = findTry(state, effect.attempt)
  const load = async ({ template }: FingerTaken) => template && (await store.getBlob(template))
  const probed = taken.fingers.filter(({ template }) => template)
  const probes = (await Promise.all(probed.map(load))).filter((template) => template !== undefined)
  const kin = printsOf(state).filter(({ attempt }) => attempt !== effect.attempt)
  // To a training station the same few people come again all day.
  const strangers = state.station === trainingCode ? [] : printsOfToday(store, id, state.day)
  const templates = async (prints: readonly Print[], name: (print: Print) => string) =>
    await Promise.all(
      prints.map(async (print) => ({ key: name(print), template: await store.getBlob(print.finger.template!) })),
    )
  const gallery = [
    ...(await templates(kin, ({ attempt, finger }) => JSON.stringify(['own', attempt, finger.position]))),
    ...store.officerPrints().map(({ badge, finger, template }) => {
      return { key: JSON.stringify(['officer', badge, finger]), template }
    }),
    ...(await templates(strangers, ({ number, finger }) => JSON.stringify(['dossier', number, finger.position]))),
  ]
  const { hits } = await host.call('finger.compare', { probes, gallery }, signal)
  const doubts: FingerDoubt[] = taken.problem ? [{ kind: 'wrong-hand' }] : []
  for (const { probe, key, score } of hits) {
    const position = probed[probe]!.position
    const [kind, name, other] = JSON.parse(key) as [string, string, FingerPosition]
    if (kind === 'own' && other !== position) doubts.push({ kind: 'repeated', position, other, score })
    if (kind !== 'own' && score < strangerScore) continue
    if (kind === 'officer') doubts.push({ kind: 'officer', position, badge: name, score })
    if (kind === 'dossier') doubts.push({ kind: 'other-dossier', position, dossier: name, score })
  }
  doubts.push(...unlikeTheOtherImpression(state, step, taken, kin, hits, probed))
  if (signal.aborted || desk.open().id !== id) return
  desk.apply({ type: 'fingersCompared', attempt: effect.attempt, doubts: oncePerPair(doubts) }, 'program')
}

type Print = {
  readonly number: string
  readonly attempt: string
  readonly step: CaptureStep
  readonly finger: FingerTaken
}

/** Among hundreds of strangers chance looks alike more often than between two fingers: more is asked for. */
const strangerScore = 55

/** With fewer minutiae on either side, a pair that does not match proves nothing. */
const minutiaeToTellApart = 18

/** A roll that matches no flat print of the same finger, though both are good. */
function unlikeTheOtherImpression(
  state: DossierState,
  step: CaptureStep,
  taken: SlapTry,
  kin: readonly Print[],
  hits: readonly { readonly probe: number; readonly key: string }[],
  probed: readonly FingerTaken[],
): FingerDoubt[] {
  const { minimumQuality } = fingerProgress(state).plan
  const clear = (finger: FingerTaken) =>
    finger.quality >= minimumQuality && (finger.minutiae ?? 0) >= minutiaeToTellApart
  return taken.fingers.flatMap((finger): FingerDoubt[] => {
    const other = kin.filter(
      (print) =>
        print.finger.position === finger.position &&
        captureSteps[print.step].impression !== captureSteps[step].impression &&
        clear(print.finger),
    )
    if (!clear(finger) || other.length === 0) return []
    const probe = probed.indexOf(finger)
    const matches = hits.some((hit) => {
      const [kind, , position] = JSON.parse(hit.key) as [string, string, FingerPosition]
      return hit.probe === probe && kind === 'own' && position === finger.position
    })
    return matches ? [] : [{ kind: 'roll-differs', position: finger.position }]
  })
}

function findTry(state: DossierState, attempt: string): readonly [CaptureStep, SlapTry] {
  for (const [step, tries] of Object.entries(state.tries)) {
    const taken = tries.find((each) => each.attempt === attempt)
    if (taken) return [step as CaptureStep, taken]
  }
  throw new AppError('EVENT_NOT_ALLOWED', 'finger.compare')
}

function printsOf(state: DossierState): Print[] {
  return (Object.keys(state.tries) as CaptureStep[]).flatMap((step) =>
    usedTries(state, step).flatMap(({ attempt, fingers }) =>
      fingers.flatMap((finger) => (finger.template ? [{ number: state.number, attempt, step, finger }] : [])),
    ),
  )
}

/**
 * One print of each finger of the other people of the day; only their dossiers are read, the station keeps all it ever
 * had. A damaged dossier is left out: it says so when opened.
 */
function printsOfToday(store: Store, own: string, day: string): Print[] {
  return store
    .dossiers({ status: ['open', 'sealing', 'sealed', 'closed'] })
    .filter(({ id, openedAt }) => id !== own && localDay(new Date(openedAt)) === day)
    .flatMap(({ id }) => {
      try {
        const state = foldEvents(store.events(id).map(({ event }) => event))
        const best = new Map<FingerPosition, Print>()
        for (const print of printsOf(state)) {
          const known = best.get(print.finger.position)
          if (!known || print.finger.quality > known.finger.quality) best.set(print.finger.position, print)
        }
        return [...best.values()]
      } catch {
        return []
      }
    })
}

/** The strongest doubt of each kind about each pair. */
function oncePerPair(doubts: readonly FingerDoubt[]): FingerDoubt[] {
  const strongest = new Map<string, FingerDoubt>()
  for (const doubt of doubts) {
    const { score, ...pair } = { score: 0, ...doubt }
    const key = JSON.stringify(pair)
    const known = strongest.get(key)
    if (!known || score > ('score' in known ? known.score : 0)) strongest.set(key, doubt)
  }
  return [...strongest.values()]
}

/** Width (offset 16) or height (offset 20) from a PNG's IHDR. */
export function pngSize(png: Uint8Array, offset: number): number {
  return new DataView(png.buffer, png.byteOffset, png.byteLength).getUint32(offset)
}
