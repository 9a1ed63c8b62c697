import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import jpeg from 'jpeg-js'
import { decodePicture, type ColourImage } from '#native/imaging/face/index.ts'

// Pictures of people that come with the face packages, as their authors published them.
const packages = join(dirname(fileURLToPath(import.meta.url)), '../../../../node_modules/@vladmandic')

/** Groups of three to five people, 1920 pixels wide. */
export function groupPicture(number: 1 | 2 | 3 | 4 | 5 | 6): Uint8Array {
  return readFileSync(join(packages, `face-api/demo/sample${number}.jpg`))
}

/** One face that looks straight ahead, 256 × 256; its crown is cut off. */
export function straightFace(): ColourImage {
  const source = readFileSync(join(packages, 'human/src/sample.ts'), 'utf8')
  const text = /export const face: string = `([^`]*)`/.exec(source)?.[1]
  if (!text) throw new Error('the package has no sample face')
  return decodePicture(Buffer.from(text, 'base64'), 'test')
}

/** How many faces the sheet of small faces has; the first nine are of one man. */
export const SHEET = { faces: 108, sameMan: 9, across: 18 } as const

/** Faces of 104 pixels, as another program cut them out, on one sheet. */
export function sheetFace(number: number, sheet: ColourImage = faceSheet()): ColourImage {
  const left = Math.round(2 + (number % SHEET.across) * 106.6)
  const top = Math.round(283 + Math.floor(number / SHEET.across) * 112.4)
  return part(sheet, { left, top, width: 104, height: 104 })
}

export function faceSheet(): ColourImage {
  return decodePicture(readFileSync(join(packages, 'human/assets/screenshot-facematch.jpg')), 'test')
}

export function part(
  image: ColourImage,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): ColourImage {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * image.width + left) * 3
    pixels.set(image.pixels.subarray(from, from + width * 3), y * width * 3)
  }
  return { width, height, pixels }
}

/** The picture in the middle of a larger one of one colour. */
export function onWall(image: ColourImage, width: number, height: number, colour = 255): ColourImage {
  const pixels = new Uint8Array(width * height * 3).fill(colour)
  const left = Math.floor((width - image.width) / 2)
  const top = height - image.height
  for (let y = 0; y < image.height; y++) {
    const row = image.pixels.subarray(y * image.width * 3, (y + 1) * image.width * 3)
    pixels.set(row, ((y + top) * width + left) * 3)
  }
  return { width, height, pixels }
}

export function asJpeg({ width, height, pixels }: ColourImage, quality = 92): Uint8Array {
  const data = new Uint8Array(width * height * 4).fill(255)
  for (let at = 0; at < width * height; at++) data.set(pixels.subarray(at * 3, at * 3 + 3), at * 4)
  return new Uint8Array(jpeg.encode({ width, height, data }, quality).data)
}
