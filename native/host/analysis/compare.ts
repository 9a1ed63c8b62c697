import { AppError } from '#domain/failure/index.ts'
import type { CapturedPrints, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { HostCalls } from '#native/capability/host.ts'
import { cropFinger, seeFingers } from '#native/imaging/index.ts'
import {
  encodeTemplate,
  extractMinutiae,
  matchScore,
  prepare,
  SAME_FINGER,
  searchFinger,
} from '#native/imaging/minutiae/index.ts'
import { verifyStep } from '../reader-grade.ts'
import { refuse } from './work.ts'

const MM_PER_INCH = 25.4
const SMALL_SENSOR_MM = 20
/** More templates than this: the index of the search costs less than comparing each. */
const WORTH_SEARCHING = 64

type Verify = HostCalls['finger.verify']
type Compare = HostCalls['finger.compare']

/** One finger, whichever it is, against templates: the best of those that are the same finger. */
export function verifyPrint({
  prints,
  minimumQuality,
  templates,
}: Pick<Verify['input'], 'minimumQuality' | 'templates'> & { readonly prints: CapturedPrints }): Verify['output'] {
  const { finger, quality } = soleFinger(prints)
  if (quality < minimumQuality) {
    throw new AppError('LOW_QUALITY', 'finger.verify', { context: { quality, minimumQuality } })
  }
  const probe = encodeTemplate(extractMinutiae(finger), { position: 0, impression: 0, quality })
  const { hits } = compareTemplates({ probes: [probe], gallery: templates })
  const best = hits.toSorted((a, b) => b.score - a.score)[0]
  return { quality, ...(best && { match: { key: best.key, score: best.score } }) }
}

function soleFinger(prints: CapturedPrints): { readonly finger: GrayImage; readonly quality: number } {
  const image = prints.kind === 'whole' ? prints.image : prints.fingers[0]?.image
  if (!image) throw new AppError('NO_FINGER', 'finger.verify')
  const seen = seeFingers(image, verifyStep)
  refuse(seen)
  const first = seen.fingers[0]!
  // On a sensor no wider than a finger, whatever is cut away is finger.
  const small = (image.width / image.dpi) * MM_PER_INCH <= SMALL_SENSOR_MM
  return { finger: prints.kind === 'whole' && !small ? cropFinger(image, first) : image, quality: first.quality }
}

/** Every probe against every template; only pairs that are the same finger come back. A long gallery is searched. */
export function compareTemplates({ probes, gallery }: Compare['input']): Compare['output'] {
  const prepared = probes.map(prepare)
  if (gallery.length > WORTH_SEARCHING) {
    const prints = gallery.map(({ template }) => prepare(template))
    const hits = prepared.flatMap((one, probe) =>
      searchFinger(one, prints).map(({ index, score }) => ({ probe, key: gallery[index]!.key, score })),
    )
    return { hits }
  }
  const hits = gallery.flatMap(({ key, template }) => {
    const candidate = prepare(template)
    return prepared.flatMap((one, probe) => {
      const score = matchScore(one, candidate)
      return score >= SAME_FINGER ? [{ probe, key, score }] : []
    })
  })
  return { hits }
}
