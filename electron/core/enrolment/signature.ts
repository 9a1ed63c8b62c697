import type { CallInput } from '#contract/index.ts'
import { signerOf } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { applyKept } from './apply-kept.ts'
import type { Workplace } from './handlers.ts'
import { keepPicture } from './keep-picture.ts'
import { signatureSvg } from './signature-svg.ts'

/**
 * Stores the ink of whoever the citizen's screen asks to sign, as a picture, as points and as paths. EVENT_NOT_ALLOWED
 * when nobody is asked, or somebody else is by the time that it is stored: the first of two quick taps counts.
 */
export async function keepSignature(workplace: Workplace, drawing: CallInput<'sign'>): Promise<Record<string, never>> {
  const { width, height, strokes, pointer, png } = drawing
  const scene = workplace.desk.citizen()
  const who = scene.scene === 'sign' ? scene.who : undefined
  const text = (value: string, mediaType: string) => workplace.store.putBlob(new TextEncoder().encode(value), mediaType)
  return applyKept(
    workplace,
    async (store) => {
      const ink = {
        picture: await keepPicture(store, png),
        strokes: await text(JSON.stringify({ width, height, strokes }), 'application/json'),
        vector: await text(signatureSvg(drawing), 'image/svg+xml'),
        pointer,
      }
      // The officer may have gone on meanwhile; somebody else may be asked to sign, or it is signed already.
      if (who === undefined || signerOf(workplace.desk.open().state) !== who)
        throw new AppError('EVENT_NOT_ALLOWED', 'dossier.signed')
      return who === 'witness' ? { type: 'witnessSigned', ...ink } : { type: 'signed', ...ink, by: who }
    },
    'citizen',
  )
}
