import { randomUUID } from 'node:crypto'
import { verificationDemand, type FingerPosition } from '#domain/biometrics/index.ts'
import { bestFingers } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { applyKept } from './apply-kept.ts'
import { pngSize } from './finger-acts.ts'
import type { Workplace } from './handlers.ts'
import { readerFor } from './readers.ts'

/**
 * A finger instead of a signature. Of the citizen it must be the finger that is in the dossier, where there is one; of a
 * representative no print is held. Throws LOW_QUALITY, NO_FINGER, FINGER_DIFFERS and what a capture throws.
 */
export async function takeMark(finger: FingerPosition, workplace: Workplace, signal: AbortSignal): Promise<void> {
  const { desk, host, devices, store } = workplace
  const { state } = desk.open()
  if (!state.signingException || !state.pageConfirmed) throw new AppError('EVENT_NOT_ALLOWED', 'dossier.markTaken')
  const device = readerFor(devices(), 'enrolment')
  const request = { attempt: randomUUID(), device, step: `flat-${finger}`, ...verificationDemand } as const
  await applyKept(workplace, async () => {
    const { fingers } = await host.call('finger.capture', request, signal)
    const print = fingers[0]
    if (!print) throw new AppError('NO_FINGER', 'mark.take')
    if (print.quality < verificationDemand.minimumQuality)
      throw new AppError('LOW_QUALITY', 'mark.take', { context: { quality: print.quality } })
    const known = state.representative ? undefined : bestFingers(state)[finger]?.template
    let score: number | undefined
    if (known) {
      const gallery = [{ key: finger, template: await store.getBlob(known) }]
      const { hits } = await host.call('finger.compare', { probes: [print.template], gallery }, signal)
      score = hits[0]?.score
      if (score === undefined) throw new AppError('FINGER_DIFFERS', 'mark.take')
    }
    const size = { width: pngSize(print.png, 16), height: pngSize(print.png, 20) }
    const picture = { ...(await store.putBlob(print.png, 'image/png')), ...size }
    // Whose finger it is was settled when it was asked for.
    if (desk.open().state.representative?.number !== state.representative?.number)
      throw new AppError('EVENT_NOT_ALLOWED', 'dossier.markTaken')
    return { type: 'markTaken', finger, print: picture, ...(score !== undefined && { score }) }
  })
}
