import type { ScannedCode } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import { AppError, type FailureCode } from '#domain/failure/index.ts'
import { tidyText } from '#domain/person/index.ts'

/** A code that is none of a card: what it says may be shown. What a card says is shown by the dossier only. */
const strangers: readonly FailureCode[] = ['QR_FORMAT', 'QR_TOO_LARGE', 'MRZ_FORMAT']
const longestShown = 1000

/** A scanned code goes the way of one that the officer gave. It opens no dossier; the window is told what came of it. */
export async function takeScannedCode(
  { device, text }: { readonly device: string; readonly text: string },
  giveCode: Handlers['giveCode'],
): Promise<ScannedCode> {
  try {
    return { device, ...(await giveCode({ text })) }
  } catch (error) {
    const problem = error instanceof AppError ? error.code : 'INTERNAL'
    return {
      device,
      found: 'none',
      problem,
      ...(strangers.includes(problem) && { text: tidyText(text).slice(0, longestShown) }),
    }
  }
}
