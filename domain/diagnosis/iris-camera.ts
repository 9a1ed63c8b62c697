import type { Found } from './causes.ts'
import { judgeEnd, type Figures, type Trouble } from './line.ts'

/**
 * Of a biometric service on this machine, whatever its device: `services` (found), `knowsNewVerb`, `specVersion`,
 * `certificateDays` (left), `environmentFits`, each absent when it was not learnt.
 */
export function judgeService(figures: Figures): readonly Found[] {
  const { knowsNewVerb, specVersion, certificateDays, environmentFits } = figures
  const found: Found[] = []
  if (knowsNewVerb === 0 || (specVersion !== undefined && specVersion < 1))
    found.push({ cause: 'service-old', figures: specVersion === undefined ? {} : { specVersion } })
  if (environmentFits === 0) found.push({ cause: 'service-not-trusted', figures: { environmentFits } })
  if (certificateDays !== undefined && certificateDays < 0)
    found.push({ cause: 'certificate-expired', figures: { certificateDays } })
  return unique(found)
}

/** Of an iris camera. That no eye was before it is what is expected of a test that nobody looks into. */
export function judgeIrisCamera(figures: Figures, trouble?: Trouble): readonly Found[] {
  const nobodyThere = trouble?.reason === 'nothing-detected'
  return unique([...judgeEnd(nobodyThere ? undefined : trouble, {}), ...judgeService(figures)])
}

export function unique(found: readonly Found[]): readonly Found[] {
  return found.filter(({ cause }, at) => found.findIndex((one) => one.cause === cause) === at)
}
