export type Minutia = {
  /** Pixels from the left and the upper edge of the image. */
  readonly x: number
  readonly y: number
  /**
   * Degrees counter-clockwise from the horizontal to the right (ISO/IEC 19794-2:2005, 6.5): from an ending back along
   * its ridge, from a fork into the valley between its two branches.
   */
  readonly angle: number
  readonly type: 'ending' | 'bifurcation'
  /** 0–100. */
  readonly quality: number
}

/** The minutiae of one finger: the best come first. */
export type Minutiae = {
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly points: readonly Minutia[]
}
