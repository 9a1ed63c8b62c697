import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import jpeg from 'jpeg-js'
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js'
import {
  findPage,
  lookAtPage,
  makePage,
  readCodes,
  readZone,
  toGrey,
  type Colours,
} from '#native/imaging/page/index.ts'
import { encodePng } from '#native/imaging/page/encode.ts'
import { flatPage } from '#native/imaging/page/make.ts'
import {
  drawCardBack,
  drawCodeSlip,
  drawForm,
  inventedZone,
  photograph,
  type Photograph,
} from '#native/sim/papers/index.ts'
import { loThiMau } from '../support/invented.ts'
import { median, ms, type Figure } from './figure.ts'

/** Photographs of pages, and of zones at most; a series stops after so many milliseconds and says how many it saw. */
const PHOTOGRAPHS = 200
const LONGEST = 120_000
const FRAME_LIMIT = 60

/** Pages found, codes against zbarimg, zones against plain tesseract, and what each costs one core. */
export async function papers({ longest = LONGEST } = {}): Promise<readonly Figure[]> {
  return [...pages(longest), ...(await codes()), ...(await zones(longest)), ...costs()]
}

function coloursOf({ width, height, data }: Photograph): Colours {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]!
    rgb[to + 1] = data[from + 1]!
    rgb[to + 2] = data[from + 2]!
  }
  return { width, height, rgb }
}

/** Milliseconds of processor, of this thread alone: other work on the machine does not count. */
function spent(run: () => unknown): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

function pages(longest: number): readonly Figure[] {
  const sheets = [drawForm({ seed: 1 }), drawCardBack(inventedZone(1)), drawForm({ seed: 2 })]
  let right = 0
  let seen = 0
  const started = performance.now()
  for (; seen < PHOTOGRAPHS && performance.now() - started < longest; seen++) {
    const photo = photograph(sheets[seen % sheets.length]!, { seed: 1000 + seen })
    const corners = findPage(coloursOf(photo))?.corners
    const width = Math.hypot(photo.corners[1].x - photo.corners[0].x, photo.corners[1].y - photo.corners[0].y)
    const away = corners?.map(({ x, y }, at) => Math.hypot(x - photo.corners[at]!.x, y - photo.corners[at]!.y))
    if (away && Math.max(...away) <= width / 100) right++
  }
  return [
    {
      name: 'page corners within 1 % of the width',
      ours: `${right} of ${seen}`,
      beside: 'all',
      ratio: right / seen,
      wanted: 0.97,
      better: 'higher',
    },
  ]
}

async function codes(): Promise<readonly Figure[]> {
  const slip = await drawCodeSlip(loThiMau.qr)
  const dir = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
  const file = join(dir, 'code.png')
  let [ours, theirs, only, seen] = [0, 0, 0, 0]
  for (const fill of [0.9, 0.62, 0.42, 0.32, 0.26]) {
    for (const blur of [0.5, 1.2, 2]) {
      for (const turn of [0, 20, 45, 90]) {
        seen++
        const shot = { seed: 100 + seen, width: 640, height: 480, table: 'grey', fill, blur, turn } as const
        const picture = coloursOf(photograph(slip, shot))
        writeFileSync(file, encodePng(picture))
        const mine = (await readCodes(picture))[0] === loThiMau.qr
        const judged = zbar(file) === loThiMau.qr
        if (mine) ours++
        if (judged) theirs++
        if (judged && !mine) only++
      }
    }
  }
  rmSync(dir, { recursive: true })
  return [
    {
      name: 'codes read at 5 sizes, 3 blurs, 4 turns, over zbarimg',
      ours: `${ours} of ${seen}`,
      beside: `${theirs} (${only} of them not ours)`,
      ratio: ours / theirs,
      wanted: 1,
      better: 'higher',
    },
  ]
}

function zbar(file: string): string {
  try {
    return execFileSync('zbarimg', ['--quiet', '--raw', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

async function zones(longest: number): Promise<readonly Figure[]> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/vie/package.json'))
  const plain = await createWorker('vie', OEM.LSTM_ONLY, {
    langPath: join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
  })
  await plain.setParameters({
    tessedit_char_whitelist: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<',
    tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
    user_defined_dpi: '300',
  })
  let [ours, theirs, whole, wrong, seen] = [0, 0, 0, 0, 0]
  const started = performance.now()
  for (; seen < PHOTOGRAPHS && performance.now() - started < longest; seen++) {
    const lines = inventedZone(500 + seen)
    const shot = {
      seed: 3000 + seen,
      width: 1280,
      height: 960,
      fill: 0.5 + (0.43 * ((seen * 37) % 100)) / 100,
      blur: 0.5 + (1.9 * ((seen * 53) % 100)) / 100,
    }
    const picture = coloursOf(photograph(drawCardBack(lines, { seed: seen, pixelsPerMm: 13 }), shot))
    const mine = readZone(picture)
    const right = mine?.join() === lines.join()
    if (right) whole++
    else if (mine) wrong++
    ours += rightLetters(mine ?? [], lines)
    theirs += rightLetters(await readPlainly(plain, picture), lines)
  }
  await plain.terminate()
  const share = (letters: number) => `${((100 * letters) / (90 * seen)).toFixed(2)} %`
  return [
    {
      name: `letters of ${seen} zones right, over plain tesseract`,
      ours: `${share(ours)}, ${whole} zones whole, ${wrong} wrong, ${seen - whole - wrong} not told`,
      beside: share(theirs),
      ratio: ours / theirs,
      wanted: 1,
      better: 'higher',
    },
  ]
}

/** The same flat card, its lower half, read as a block of the letters that a zone has. */
async function readPlainly(worker: Worker, picture: Colours): Promise<readonly string[]> {
  const { page } = flatPage(picture, 1500)
  const { width, height, pixels } = toGrey(page)
  const top = Math.round(height * 0.58)
  const file = Buffer.concat([Buffer.from(`P5 ${width} ${height - top} 255\n`), pixels.subarray(top * width)])
  const { data } = await worker.recognize(file)
  const lines = data.text.split('\n').map((line) => line.replaceAll(' ', ''))
  return lines.filter((line) => line.length > 20).slice(-3)
}

/** Letters of three lines that stand where they should, after the shortest way of editing. */
function rightLetters(read: readonly string[], real: readonly string[]): number {
  return real.reduce((sum, line, index) => sum + Math.max(0, line.length - editsBetween(read[index] ?? '', line)), 0)
}

function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [place, letter] of [...one].entries()) {
    const next = [place + 1]
    for (let at = 0; at < other.length; at++) {
      next.push(Math.min(next[at]! + 1, row[at + 1]! + 1, row[at]! + (letter === other[at] ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1)!
}

function costs(): readonly Figure[] {
  const frames = [drawForm(), drawCardBack(inventedZone(1))].flatMap((sheet) =>
    [0, 1, 2, 3, 4].map((seed) => {
      const { width, height, data } = photograph(sheet, { seed: 70 + seed })
      return new Uint8Array(jpeg.encode({ width, height, data }, 85).data)
    }),
  )
  for (const frame of frames) lookAtPage({ frame })
  const look = median([...frames, ...frames, ...frames].map((frame) => spent(() => lookAtPage({ frame }))))
  const shot = { seed: 5, width: 1920, height: 1440 }
  const card = photograph(drawCardBack(inventedZone(1)), shot)
  const picture = new Uint8Array(jpeg.encode({ width: card.width, height: card.height, data: card.data }, 90).data)
  const times = (run: () => unknown) => median([0, 1, 2].map(() => spent(run)))
  const make = times(() => makePage({ picture, colour: 'colour', turn: 0 }))
  const zone = times(() => readZone(coloursOf(card)))
  return [
    {
      name: 'processor time to look at a frame of 960 × 720',
      ours: ms(look),
      beside: ms(FRAME_LIMIT),
      ratio: look / FRAME_LIMIT,
      wanted: 1,
      better: 'lower',
    },
    {
      name: 'processor time to make a page of a 2.8-megapixel picture, and beside it to read its zone',
      ours: ms(make),
      beside: ms(zone),
      ratio: make / zone,
      better: 'lower',
    },
  ]
}
