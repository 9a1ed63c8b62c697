import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readCodes } from '#native/imaging/page/index.ts'
import { encodePng } from '#native/imaging/page/encode.ts'
import { drawCodeSlip, photograph } from '#native/sim/papers/index.ts'
import { loThiMau } from '../../support/invented.ts'
import { coloursOf } from '../../unit/imaging/page/pictures.ts'

const dir = mkdtempSync(join(tmpdir(), 'quay-zbar-'))
const file = join(dir, 'code.png')
afterAll(() => rmSync(dir, { recursive: true }))

/** What zbarimg reads off a picture; '' when it finds nothing, which it says with exit code 4. */
function judged(png: Uint8Array): string {
  writeFileSync(file, png)
  try {
    return execFileSync('zbarimg', ['--quiet', '--raw', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch (error) {
    if ((error as { status?: number }).status === 4) return ''
    throw error
  }
}

it('reads every code that zbarimg reads, with the same text, at three sizes, two blurs and two turns', async () => {
  const slip = await drawCodeSlip(loThiMau.qr)
  let agreed = 0
  for (const fill of [0.85, 0.6, 0.42]) {
    for (const blur of [0.5, 1.2]) {
      for (const turn of [0, 30]) {
        const picture = coloursOf(
          photograph(slip, { seed: 40 + fill * 100 + turn, width: 640, height: 480, fill, blur, turn, table: 'grey' }),
        )
        const theirs = judged(encodePng(picture))
        if (theirs === '') continue
        expect(await readCodes(picture)).toEqual([theirs])
        agreed++
      }
    }
  }
  expect(agreed).toBeGreaterThan(5)
})
