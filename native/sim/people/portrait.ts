/** A drawn picture, 4 bytes a pixel, rows from the top. */
export type Drawing = { readonly width: number; readonly height: number; readonly data: Uint8Array }

type Colour = readonly [number, number, number]

/**
 * Draws the head and shoulders of nobody: a face-like picture on white, the same for the same seed.
 * Meant for chips and cameras of simulators; any size from about 60×80 on.
 */
export function drawPortrait(options: {
  readonly seed: number
  readonly width: number
  readonly height: number
}): Drawing {
  const { width, height } = options
  const random = randomFrom(options.seed)
  const between = (low: number, high: number) => low + (high - low) * random()
  const data = new Uint8Array(width * height * 4).fill(255)

  // Coordinates: x from -1 to 1 over the width, y from 0 to 1 over the height.
  const look = {
    skin: tint([214, 170, 138], between(-22, 18)),
    hair: tint([38, 30, 28], between(-12, 22)),
    shirt: [between(40, 150), between(50, 140), between(70, 170)] as Colour,
    iris: tint([62, 40, 28], between(-14, 14)),
    headWidth: between(0.4, 0.46),
    headHeight: between(0.235, 0.26),
    eyes: between(0.165, 0.19),
    mouth: between(0.105, 0.135),
    fringe: between(-0.13, -0.06),
    longHair: random() < 0.5,
  }
  const centre = 0.44
  const grain = randomFrom(options.seed ^ 0x5bd1e995)

  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = (column / width) * 2 - 1
      const y = row / height
      const colour = paint(x, y, centre, look)
      if (!colour) continue
      const noise = (grain() - 0.5) * 7
      const at = (row * width + column) * 4
      for (let part = 0; part < 3; part++) data[at + part] = clamp((colour[part] ?? 0) + noise)
    }
  }
  return { width, height, data }
}

type Look = {
  readonly skin: Colour
  readonly hair: Colour
  readonly shirt: Colour
  readonly iris: Colour
  readonly headWidth: number
  readonly headHeight: number
  readonly eyes: number
  readonly mouth: number
  readonly fringe: number
  readonly longHair: boolean
}

function paint(x: number, y: number, centre: number, look: Look): Colour | undefined {
  const side = Math.abs(x)
  const down = y - centre
  const head = ellipse(x, down, look.headWidth, look.headHeight)
  const shade = 1 - 0.16 * Math.max(0, x / look.headWidth) - 0.1 * Math.max(0, head - 0.6)

  if (head <= 1 && down > look.fringe - 0.06 * (1 - side / look.headWidth) ** 2) {
    const eye = ellipse(side - look.eyes, down + 0.015, 0.072, 0.017)
    if (eye <= 1) {
      if (ellipse(side - look.eyes, down + 0.015, 0.011, 0.0065) <= 1) return [8, 6, 6]
      if (ellipse(side - look.eyes, down + 0.015, 0.033, 0.0165) <= 1) return look.iris
      return [240, 236, 230]
    }
    if (ellipse(side - look.eyes, down + 0.052 + 0.06 * (side - look.eyes) ** 2, 0.095, 0.008) <= 1) return look.hair
    if (ellipse(side - 0.028, down - 0.068, 0.016, 0.006) <= 1) return scale(look.skin, 0.62)
    if (ellipse(x - 0.014, down - 0.03, 0.018, 0.045) <= 1) return scale(look.skin, 0.93 * shade)
    const lips = ellipse(x, down - 0.125, look.mouth, 0.016)
    if (lips <= 1) return Math.abs(down - 0.125) < 0.0025 ? [110, 52, 50] : [176, 96, 88]
    return scale(look.skin, shade)
  }
  // Ears stay visible, as the rules for the photograph want.
  if (ellipse(side - look.headWidth - 0.015, down + 0.005, 0.05, 0.042) <= 1) return scale(look.skin, 0.9)
  if (ellipse(x, down + 0.035, look.headWidth * 1.1, look.headHeight * 1.06) <= 1 && down < 0.02)
    return scale(look.hair, shade)
  if (
    look.longHair &&
    ellipse(x, down - 0.02, look.headWidth * 1.16, look.headHeight * 1.2) <= 1 &&
    down > 0.06 &&
    head > 1
  )
    return look.hair
  if (side < 0.17 && down > 0 && down < 0.36) return scale(look.skin, 0.86)
  const shoulder = 0.76 + 0.1 * (side / 0.85) ** 2.4
  if (y > shoulder) return scale(look.shirt, 1 - 0.2 * Math.max(0, x))
  return undefined
}

/** 1 on the ellipse's line, less inside. */
function ellipse(x: number, y: number, halfWidth: number, halfHeight: number): number {
  return (x / halfWidth) ** 2 + (y / halfHeight) ** 2
}

function scale(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor]
}

function tint(colour: Colour, amount: number): Colour {
  return [colour[0] + amount, colour[1] + amount, colour[2] + amount]
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}

/** A small repeatable generator (mulberry32); not for secrets. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
