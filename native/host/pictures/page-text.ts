import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js'
import { AppError } from '#domain/failure/index.ts'
import type { TextRead } from '#native/capability/picture.ts'
import { layText, suggest, type Colours } from '#native/imaging/page/index.ts'

let warm: Promise<Worker> | undefined

/**
 * Printed Vietnamese text of a picture: numbers, dates, names and whole lines, in that order of use; boxes in pixels of
 * the picture. The recogniser runs in a thread of its own and stays warm. INTERNAL when it cannot start.
 */
export async function readText(picture: Colours): Promise<readonly TextRead[]> {
  const { image, toPicture } = layText(picture)
  const recogniser = await (warm ??= start())
  const { data } = await recogniser.recognize(Buffer.from(image), {}, { blocks: true, text: false })
  const lines = (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs).flatMap((paragraph) => paragraph.lines)
  const read = lines.map(({ words }) =>
    words.map(({ text, confidence, bbox }) => ({
      text,
      confidence,
      box: { x: bbox.x0, y: bbox.y0, width: bbox.x1 - bbox.x0, height: bbox.y1 - bbox.y0 },
    })),
  )
  return suggest(read).map((found) => ({ ...found, box: toPicture(found.box) }))
}

/** Everything from packages on disk; nothing is fetched, nothing is written. */
async function start(): Promise<Worker> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/vie/package.json'))
  try {
    const recogniser = await createWorker('vie', OEM.LSTM_ONLY, {
      langPath: join(data, '4.0.0_best_int'),
      gzip: true,
      cacheMethod: 'none',
      // Without it an error is thrown where nobody catches it.
      errorHandler: () => {},
    })
    await recogniser.setParameters({ tessedit_pageseg_mode: PSM.AUTO, user_defined_dpi: '200' })
    return recogniser
  } catch (cause) {
    warm = undefined
    throw new AppError('INTERNAL', 'page.read', { cause })
  }
}
