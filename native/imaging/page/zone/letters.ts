/**
 * Centre lines of the letters of OCR-B size I as machine-readable zones print them (ICAO 9303-3 4.2; ISO 1073-2), drawn
 * after the look of them: points x,y of a grid 6 wide and 10 high (1.7 × 2.4 mm), y upwards, strokes apart by `;`.
 */
const strokes: Readonly<Record<string, string>> = {
  '0': '3,0 1.2,1 .7,3.5 .7,6.5 1.2,9 3,10 4.8,9 5.3,6.5 5.3,3.5 4.8,1 3,0',
  '1': '1.2,7.8 3.2,10 3.2,0;1.2,0 5,0',
  '2': '.8,8 1.5,9.5 3,10 4.6,9.3 5.1,7.5 4.5,5.6 .8,0 5.3,0',
  '3': '.9,10 5,10 2.6,6.2 4.2,5.6 5.2,3.2 4.3,.8 2.6,0 .8,.9',
  '4': '3.4,10 .7,2.5 5.5,2.5;4.1,5.2 4.1,0',
  '5': '4.8,10 1.4,10 1.2,6 2.8,6.3 4.6,5.4 5.1,3.2 4.3,.8 2.6,0 .8,.9',
  '6': '3.5,10 1.5,6.5 .8,3.5 1.3,.9 3,0 4.7,.9 5.2,3 4.6,5.2 3,6 1.4,5.2 .8,3.5',
  '7': '.9,10 5,10 5,8.5 2.7,3.8 2.5,0',
  '8': '3,5.2 1.5,6.2 1.2,7.8 1.8,9.5 3,10 4.2,9.5 4.8,7.8 4.5,6.2 3,5.2 1.2,4.2 .7,2.5 1.4,.6 3,0 4.6,.6 5.3,2.5 4.8,4.2 3,5.2',
  '9': '2.5,0 4.5,3.5 5.2,6.5 4.7,9.1 3,10 1.3,9.1 .8,7 1.4,4.8 3,4 4.6,4.8 5.2,6.5',
  A: '.2,0 3,10 5.8,0;1.2,3.3 4.8,3.3',
  B: '1,0 1,10 3.3,10 4.7,9.2 4.9,7.6 4.5,6 3.3,5.4 1,5.4;3.3,5.4 5,4.4 5.4,2.7 4.9,.8 3.3,0 1,0',
  C: '5.3,8.8 4.3,9.8 3.3,10 1.6,9 .8,6.5 .8,3.5 1.6,1 3.3,0 4.3,.2 5.3,1.2',
  D: '1,0 1,10 2.5,10 4.4,8.8 5.3,6.3 5.3,3.7 4.4,1.2 2.5,0 1,0',
  E: '5,10 1.1,10 1.1,0 5.1,0;1.1,5.2 4.3,5.2',
  F: '5.1,10 1.2,10 1.2,0;1.2,5 4.4,5',
  G: '5.2,8.9 4.2,9.8 3.2,10 1.5,9 .7,6.5 .7,3.5 1.5,1 3.2,0 5.3,.8 5.3,4.4 3.4,4.4',
  H: '.9,0 .9,10;5.1,0 5.1,10;.9,5.2 5.1,5.2',
  I: '3,0 3,10;1.3,10 4.7,10;1.3,0 4.7,0',
  J: '1.8,10 4.4,10 4.4,2.6 3.7,.7 2.3,0 .7,1.2',
  K: '1,0 1,10;5.1,10 1.2,4.8 5.3,0',
  L: '1.4,10 1.4,0 5.3,0',
  M: '.4,0 .7,10 3,4.2 5.3,10 5.6,0',
  N: '.9,0 .9,10 5.1,0 5.1,10',
  O: '3,0 1,.9 .3,3.5 .3,6.5 1,9.1 3,10 5,9.1 5.7,6.5 5.7,3.5 5,.9 3,0',
  P: '1,0 1,10 3.4,10 4.9,9 5.2,7.2 4.8,5.3 3.4,4.4 1,4.4',
  Q: '3,0 1,.9 .3,3.5 .3,6.5 1,9.1 3,10 5,9.1 5.7,6.5 5.7,3.5 5,.9 3,0;3.4,2.5 5.5,-.4',
  R: '1,0 1,10 3.4,10 4.8,9.1 5.1,7.3 4.7,5.5 3.3,4.6 1,4.6;3,4.6 5.3,0',
  S: '4.8,9 3.9,9.8 2.8,10 1.5,9.4 1,7.7 1.6,6 4.5,4 5.1,2.4 4.4,.6 2.8,0 1.7,.2 .8,1.2',
  T: '.3,10 5.7,10;3,10 3,0',
  U: '.8,10 .8,3 1.5,.8 3,0 4.5,.8 5.2,3 5.2,10',
  V: '.3,10 3,0 5.7,10',
  W: '.3,10 1.4,0 3,6.6 4.6,0 5.7,10',
  X: '.5,10 5.5,0;5.5,10 .5,0',
  Y: '.4,10 3,4.8 5.6,10;3,4.8 3,0',
  Z: '.9,10 5.1,10 .7,0 5.3,0',
  '<': '5.1,8.8 .9,5 5.1,1.2',
}

/** Cells that letters are compared in: pixels across and down, and pixels a millimetre. */
export const CELL = { width: 19, height: 25, perMm: 7.5 } as const
/** Millimetres of a letter and of its strokes. */
export const LETTER = { width: 1.7, height: 2.4, stroke: 0.35, pitch: 2.54 } as const

export type Template = { readonly letter: string; readonly pixels: Float32Array; readonly centre: number }

/** Every letter in the middle of a cell, dark is 1; `centre` is the mean column of its ink. */
export const templates: readonly Template[] = Object.entries(strokes).map(([letter, drawn]) => {
  const pixels = new Float32Array(CELL.width * CELL.height)
  const lines = drawn.split(';').map((stroke) => stroke.split(' ').map((point) => point.split(',').map(Number)))
  const toX = (x: number) => CELL.width / 2 + (x / 6 - 0.5) * LETTER.width * CELL.perMm
  const toY = (y: number) => CELL.height / 2 - (y / 10 - 0.5) * LETTER.height * CELL.perMm
  const half = (LETTER.stroke / 2) * CELL.perMm
  let [sum, columns] = [0, 0]
  for (let y = 0; y < CELL.height; y++) {
    for (let x = 0; x < CELL.width; x++) {
      let nearest = Infinity
      for (const line of lines) {
        for (let at = 1; at < line.length; at++) {
          const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [line[at - 1]!, line[at]!]
          nearest = Math.min(nearest, distance(x + 0.5, y + 0.5, toX(x1), toY(y1), toX(x2), toY(y2)))
        }
      }
      // Soft by a pixel on both sides: nothing is photographed sharper than that.
      const value = Math.max(0, Math.min(1, (half + 1 - nearest) / 2))
      pixels[y * CELL.width + x] = value
      sum += value
      columns += value * x
    }
  }
  return { letter, pixels, centre: columns / sum }
})

function distance(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
}
