import { encode } from 'fast-png'

type Ellipse = {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly angle: number
}

/** Where the fingers of a drawn slap lie, in its pixels. */
export const slapFingers: readonly Ellipse[] = [
  { x: 120, y: 265, rx: 52, ry: 84, angle: -8 },
  { x: 300, y: 195, rx: 58, ry: 92, angle: -3 },
  { x: 480, y: 215, rx: 56, ry: 88, angle: 4 },
  { x: 655, y: 315, rx: 46, ry: 72, angle: 12 },
]

/** Where the finger of a drawn roll lies. */
export const oneFinger: Ellipse = { x: 250, y: 225, rx: 120, ry: 150, angle: 0 }

/** A drawing that stands for one cut-out print. */
export function fingerPicture(): Uint8Array {
  return slapPicture([{ x: 90, y: 130, rx: 72, ry: 110, angle: 0 }], 180, 260)
}

/** A drawing that stands for a slap: ridges as ellipses, no one's fingers. */
export function slapPicture(
  fingers: readonly Ellipse[] = slapFingers,
  width: number = 800,
  height: number = 460,
): Uint8Array {
  return draw(width, height, (x, y) => {
    for (const finger of fingers) {
      const turn = (finger.angle * Math.PI) / 180
      const dx = (x - finger.x) * Math.cos(turn) + (y - finger.y) * Math.sin(turn)
      const dy = (y - finger.y) * Math.cos(turn) - (x - finger.x) * Math.sin(turn)
      const r = Math.hypot(dx / finger.rx, dy / finger.ry)
      if (r < 1) return 165 + 60 * Math.sin(r * 50)
    }
    return 238
  })
}

/** A drawing that stands for a face. */
export function facePicture(): Uint8Array {
  return draw(350, 450, (x, y) => {
    if (Math.hypot((x - 175) / 85, (y - 200) / 115) < 1) return 196
    if (y > 330 && Math.hypot((x - 175) / 165, (y - 460) / 130) < 1) return 92
    return 228
  })
}

/** A drawing that stands for a card. */
export function cardPicture(): Uint8Array {
  return draw(856, 540, (x, y) => {
    if (x < 20 || y < 20 || x > 836 || y > 520) return 120
    if (x > 50 && x < 270 && y > 180 && y < 470) return 175
    return y > 180 && y % 60 < 12 && x > 310 && x < 780 - (y % 7) * 20 ? 110 : 222
  })
}

/** A drawing that stands for a signature. */
export function signaturePicture(): Uint8Array {
  return draw(600, 200, (x, y) =>
    Math.abs(y - 100 - 45 * Math.sin(x / 34) * Math.cos(x / 90)) < 3 && x > 90 && x < 510 ? 25 : 255,
  )
}

function draw(width: number, height: number, grey: (x: number, y: number) => number): Uint8Array {
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = grey(x, y)
  return encode({ width, height, channels: 1, depth: 8, data })
}
