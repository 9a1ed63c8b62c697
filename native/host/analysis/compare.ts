import { AppError } from '#domain/failure/index.ts'
import type { CapturedPrints, GrayImage } from '#native/capability/fingerprint-reader.ts'
import type { HostCalls } from '#native/capability/host.ts'
import { cropFinger, seeFingers } from '#native/imaging/index.ts'
import { encodeTemplate, extractMinutiae, matchScore, prepare, SAME_FINGER } from '#native/imaging/minutiae/index.ts'
import { verifyStep } from '../reader-grade.ts'
import { refuse } from './work.ts'

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
  return { finger: prints.kind === 'whole' ? cropFinger(image, first) : image, quality: first.quality }
}

/** Every probe against every template; only pairs that are the same finger come back. */
export function compareTemplates({ probes, gallery }: Compare['input']): Compare['output'] {
  const prepared = probes.map(prepare)
  const hits = gallery.flatMap(({ key, template }) => {
    const candidate = prepare(template)
    return prepared.flatMap((one, probe) => {
      const score = matchScore(one, candidate)
      return score >= SAME_FINGER ? [{ probe, key, score }] : []
    })
  })
  return { hits }
}
