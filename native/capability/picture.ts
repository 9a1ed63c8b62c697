import type { PortraitFinding } from '#domain/biometrics/index.ts'

/** Pixels of the picture that was looked at, the origin at the upper left. */
export type Point = { readonly x: number; readonly y: number }
export type Box = Point & { readonly width: number; readonly height: number }

/** A part of a picture turned upright: `angle` degrees clockwise about its own centre. */
export type TurnedBox = Box & { readonly angle: number }

export type PortraitSeen = {
  /** Of the picture that was looked at. */
  readonly width: number
  readonly height: number
  readonly faces: readonly Box[]
  /** Of the largest face, when there is one. */
  readonly landmarks?: {
    readonly leftEye: Point
    readonly rightEye: Point
    readonly nose: Point
    readonly mouth: Point
    readonly chin: Point
    readonly crown: Point
  }
  /** Everything that is not as it should be, with the place on the picture where there is one. */
  readonly findings: readonly (PortraitFinding & { readonly mark?: Box })[]
  /** The part of the picture that becomes the portrait, 35 × 45. */
  readonly crop?: TurnedBox
}

export type PortraitMade = {
  /** JPEG, cut, turned and exposed, nothing else. */
  readonly portrait: Uint8Array
  readonly width: number
  readonly height: number
  readonly crop: TurnedBox
  /** Exposure in stops that was added. */
  readonly exposure: number
  readonly findings: readonly PortraitFinding[]
}

export type PageProblem = 'page-missing' | 'page-cut' | 'blurred' | 'glare' | 'too-dark'

export type PageSeen = {
  readonly width: number
  readonly height: number
  /** Upper left, upper right, lower right, lower left of the page as it lies, when one is found. */
  readonly corners?: readonly [Point, Point, Point, Point]
  readonly problems: readonly { readonly problem: PageProblem; readonly value: number; readonly mark?: Box }[]
}

export type PageMade = {
  /** PNG, every pixel as it was taken. */
  readonly original: Uint8Array
  /** JPEG of the page alone, flat and upright. */
  readonly view: Uint8Array
  readonly width: number
  readonly height: number
  readonly problems: PageSeen['problems']
}

/** Text that was read off a paper; always confirmed by the officer before it is used. */
export type TextRead = {
  readonly kind: 'number' | 'date' | 'name' | 'text'
  readonly text: string
  /** 0–100 */
  readonly confidence: number
  readonly box: Box
}

export type PageRead = {
  /** Text of codes on the page, as they stand. */
  readonly codes: readonly string[]
  /** Three lines of 30 whose check digits hold, after correction by them. */
  readonly mrz?: readonly [string, string, string]
  readonly texts: readonly TextRead[]
}
