import jpeg from 'jpeg-js'
import { drawPortrait } from '../people/portrait.ts'
import { dayFirst, type PrintedCard } from './card.ts'
import { blankPicture, plainCapitals, type Colour, type Picture } from './picture.ts'
import { drawQrCode } from './qr-code.ts'

export const scenes = ['blank', 'card-front', 'card-back', 'paper', 'face'] as const
export type Scene = (typeof scenes)[number]

export const sceneSize = { width: 1280, height: 960 } as const

const desk: Colour = [92, 98, 96]
const wall: Colour = [255, 255, 255]
const paperWhite: Colour = [250, 250, 247]
const ink: Colour = [28, 30, 34]
const faded: Colour = [120, 128, 132]
const cardColour: Colour = [206, 226, 222]
const card = { x: 110, y: 145, width: 1060, height: 668 } as const

/** What the fake camera sees, as a JPEG; the same for the same card, scene and quality. */
export async function drawScene(scene: Scene, printed: PrintedCard, quality = 88): Promise<Uint8Array> {
  const picture = await paintScene(scene, printed)
  return new Uint8Array(jpeg.encode(picture, quality).data)
}

/** What the fake camera sees, as pixels. */
export async function paintScene(scene: Scene, printed: PrintedCard): Promise<Picture> {
  const { width, height } = sceneSize
  if (scene === 'face') {
    const picture = blankPicture(width, height, wall)
    const portrait = drawPortrait({ seed: printed.person.portraitSeed, width: 720, height })
    picture.paste(portrait, { x: (width - portrait.width) / 2, y: 0 })
    return picture
  }
  const picture = blankPicture(width, height, desk)
  if (scene === 'paper') paintPaper(picture)
  if (scene === 'card-front') await paintFront(picture, printed)
  if (scene === 'card-back') await paintBack(picture, printed)
  return picture
}

function paintPaper(picture: Picture) {
  picture.fill({ x: 300, y: 20, width: 680, height: 920 }, paperWhite)
  picture.write('TO KHAI - GIAY MAU', { x: 400, y: 70, size: 4 }, ink)
  for (let line = 0; line < 24; line++) {
    // Uneven ends, as lines of writing have.
    const length = 520 - ((line * 73) % 190)
    picture.fill({ x: 360, y: 160 + line * 30, width: length, height: 9 }, faded)
  }
}

async function paintFront(picture: Picture, { person, qr, qrSide }: PrintedCard) {
  picture.fill(card, cardColour)
  picture.write('CAN CUOC - THE MAU', { x: card.x + 40, y: card.y + 50, size: 5 }, ink)
  picture.paste(drawPortrait({ seed: person.portraitSeed, width: 240, height: 320 }), {
    x: card.x + 40,
    y: card.y + 180,
  })
  const lines = [
    person.personalNumber,
    person.fullName,
    dayFirst(person.birthDate, '/'),
    person.sex === 'M' ? 'NAM' : 'NU',
    person.nationality,
  ]
  for (const [at, line] of lines.entries()) {
    picture.write(plainCapitals(line), { x: card.x + 320, y: card.y + 200 + at * 70, size: at === 0 ? 5 : 4 }, ink)
  }
  if (qrSide === 'front') await pasteCode(picture, qr)
}

async function paintBack(picture: Picture, { person, mrz, qr, qrSide }: PrintedCard) {
  picture.fill(card, cardColour)
  picture.fill({ x: card.x + 60, y: card.y + 70, width: 130, height: 110 }, [196, 170, 96])
  picture.write(plainCapitals(person.residence), { x: card.x + 60, y: card.y + 240, size: 3 }, ink)
  picture.write(dayFirst(person.issued, '/'), { x: card.x + 60, y: card.y + 290, size: 3 }, ink)
  if (qrSide === 'back') await pasteCode(picture, qr)
  picture.fill({ x: card.x, y: card.y + 440, width: card.width, height: card.height - 440 }, [232, 240, 238])
  for (const [at, line] of mrz.entries())
    picture.write(line, { x: card.x + 80, y: card.y + 475 + at * 62, size: 5 }, ink)
}

async function pasteCode(picture: Picture, text: string) {
  const code = await drawQrCode(text, 6)
  picture.paste(code, { x: card.x + card.width - code.width - 24, y: card.y + 24 })
}
