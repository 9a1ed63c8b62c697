import type { CallInput } from '#contract/index.ts'
import { applyKept } from './apply-kept.ts'
import type { Workplace } from './handlers.ts'
import { keepPicture } from './keep-picture.ts'
import { signatureSvg } from './signature-svg.ts'

/** Stores the ink of whoever the citizen's screen asks to sign, as a picture, as points and as paths. */
export async function keepSignature(workplace: Workplace, drawing: CallInput<'sign'>): Promise<Record<string, never>> {
  const { width, height, strokes, pointer, png } = drawing
  const { representative, signingException } = workplace.desk.open().state
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
      if (signingException) return { type: 'witnessSigned', ...ink }
      return { type: 'signed', ...ink, by: representative ? 'representative' : 'citizen' }
    },
    'citizen',
  )
}
