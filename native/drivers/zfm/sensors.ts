import type { GrayImage } from '#native/capability/fingerprint-reader.ts'

export type Sensor = {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly dpi: number
}

/** What is known of the sensors behind this protocol. A module does not tell its own; the size of a picture does. */
export const sensors = {
  zfm: { name: 'ZFM/R30x', width: 256, height: 288, dpi: 500 },
  r503: { name: 'R503', width: 192, height: 192, dpi: 508 },
} as const satisfies Record<string, Sensor>

/** Bytes of a picture on the line: two pixels each. */
export function uploadLength({ width, height }: Sensor): number {
  return (width * height) / 2
}

export function sensorOf(length: number): Sensor | undefined {
  return Object.values(sensors).find((sensor) => uploadLength(sensor) === length)
}

/** Grey levels 0–255 from the nibbles of the line, the left pixel in the high half. Undefined for an unknown size. */
export function unpackImage(bytes: Uint8Array): GrayImage | undefined {
  const sensor = sensorOf(bytes.length)
  if (!sensor) return undefined
  const { width, height, dpi } = sensor
  const pixels = new Uint8Array(width * height)
  bytes.forEach((pair, at) => {
    pixels[2 * at] = (pair >> 4) * 17
    pixels[2 * at + 1] = (pair & 15) * 17
  })
  return { width, height, dpi, pixels }
}

/** The bytes of the line from grey levels, for simulators. The number of pixels is even. */
export function packImage({ pixels }: GrayImage): Uint8Array {
  const nibble = (at: number) => Math.round((pixels[at] ?? 0) / 17)
  return Uint8Array.from({ length: pixels.length / 2 }, (_, at) => (nibble(2 * at) << 4) | nibble(2 * at + 1))
}
