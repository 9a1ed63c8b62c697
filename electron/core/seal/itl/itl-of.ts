import { captureSteps, fingerPositions, type CaptureStep } from '#domain/biometrics/index.ts'
import type { ItlAbsence, ItlException, ItlPrint, ItlRecord, ItlSegment } from './record.ts'

/** One picture that was taken, with the fingers found in it. */
export type ItlTry = {
  readonly step: CaptureStep
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly fingers: readonly {
    /** 1–10 */
    readonly fgp: number
    /** 0–100 */
    readonly quality: number
    /** In pixels of the picture; may reach beyond it. */
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  }[]
}

export type ItlSource = Omit<ItlRecord, 'prints'> & {
  /** Every try that was not dropped, oldest first within a step. */
  readonly tries: readonly ItlTry[]
  /** The captures of the plan. */
  readonly planned: readonly CaptureStep[]
}

/**
 * The record of a dossier. Of several tries of a capture those are in it that hold the best impression of at least one
 * finger; a capture of which no try shows a finger is there with its last picture. Fingers that could not be taken, of a
 * planned capture without any picture, are in records without a picture.
 */
export function itlOf({ tries, planned, ...rest }: ItlSource): ItlRecord {
  const prints = (Object.keys(captureSteps) as CaptureStep[]).flatMap((step): readonly ItlPrint[] => {
    const taken = bestOf(tries.filter((each) => each.step === step))
    if (taken.length > 0) return taken.map((each) => printOf(each, rest.exceptions))
    return planned.includes(step) ? withoutPicture(step, rest.exceptions) : []
  })
  return { ...rest, prints }
}

function bestOf(tries: readonly ItlTry[]): readonly ItlTry[] {
  const best = new Map<number, { readonly quality: number; readonly from: ItlTry }>()
  for (const from of tries) {
    for (const { fgp, quality } of from.fingers) {
      if (quality > (best.get(fgp)?.quality ?? -1)) best.set(fgp, { quality, from })
    }
  }
  const chosen = new Set([...best.values()].map(({ from }) => from))
  return chosen.size > 0 ? tries.filter((each) => chosen.has(each)) : tries.slice(-1)
}

function printOf({ step, fingers, ...picture }: ItlTry, exceptions: readonly ItlException[]): ItlPrint {
  const { fgp, impression } = captureSteps[step]
  const shown = fgpsOf(step)
  return {
    impression,
    fgp,
    picture,
    segments: shown.length > 1 ? fingers.map((finger) => segment(finger, picture)) : [],
    qualities: fingers.map((finger) => ({ fgp: finger.fgp, score: Math.round(finger.quality) })),
    absent: exceptions.flatMap(({ fgp: of, reason }): readonly ItlAbsence[] => {
      const seen = fingers.some((finger) => finger.fgp === of)
      // A bandaged, deformed or worn finger that left a print after all is simply a print.
      if (!shown.includes(of) || (seen && reason !== 'missing')) return []
      return [{ fgp: of, code: seen ? 'XX' : 'UP' }]
    }),
  }
}

function segment(
  { fgp, box }: ItlTry['fingers'][number],
  { width, height }: { readonly width: number; readonly height: number },
): ItlSegment {
  return {
    fgp,
    left: Math.max(0, Math.floor(box.x)),
    right: Math.min(width, Math.ceil(box.x + box.width)) - 1,
    top: Math.max(0, Math.floor(box.y)),
    bottom: Math.min(height, Math.ceil(box.y + box.height)) - 1,
  }
}

/** One record for the whole capture, or one for each finger where some were taken in another way. */
function withoutPicture(step: CaptureStep, exceptions: readonly ItlException[]): readonly ItlPrint[] {
  const { fgp, impression } = captureSteps[step]
  const shown = fgpsOf(step)
  const absent = shown
    .filter((of) => exceptions.some((each) => each.fgp === of))
    .map((of): ItlAbsence => ({ fgp: of, code: 'UP' }))
  const empty = { impression, segments: [], qualities: [] }
  if (absent.length === shown.length) return [{ ...empty, fgp, absent }]
  return absent.map((each) => ({ ...empty, fgp: each.fgp, absent: [each] }))
}

const fgpsOf = (step: CaptureStep) => captureSteps[step].fingers.map((finger): number => fingerPositions[finger])
