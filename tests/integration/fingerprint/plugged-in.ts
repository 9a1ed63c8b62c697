import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'
import type { GrayImage } from '#native/capability/fingerprint-reader.ts'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { startHidImage, type Hand, type HidImageFault } from '#native/sim/hid-image/index.ts'
import { socketTransport } from '#native/transport/socket.ts'

const never = new AbortController().signal

/** The driver with a simulated scanner at the other end of its line, until the test is over. */
export async function pluggedIn(hand: Hand, ...faults: HidImageFault[]) {
  const folder = await mkdtemp(join(tmpdir(), 'scanner-'))
  const scanner = await startHidImage({ address: join(folder, 's'), hand, faults, pace: 0 })
  const reader = hidImage(
    { id: 'f', kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'socket', address: scanner.address },
    ({ address }) => socketTransport(address),
  )
  onTestFinished(async () => {
    await reader.release()
    await scanner.stop()
    await rm(folder, { recursive: true })
  })
  await reader.acquire(never)

  /** Shows `frames` preview frames, then takes the full picture. Without a number the fourth is the last one. */
  async function take(
    step: CaptureStep,
    { frames = 4, absent = [] }: { readonly frames?: number; readonly absent?: readonly FingerPosition[] } = {},
  ): Promise<{ previews: GrayImage[]; image: GrayImage }> {
    const previews: GrayImage[] = []
    const onPreview = (frame: GrayImage) => previews.push(frame) >= frames
    const prints = await reader.capture({ step, absent, signal: never, shoot: never, onPreview })
    if (prints.kind !== 'whole') throw new Error('the scanner cut the fingers itself')
    return { previews, image: prints.image }
  }
  return { scanner, reader, take }
}

/** Share of the pixels that two pictures of one size have alike, but for a sensor's noise. */
export function alike(one: GrayImage, other: GrayImage): number {
  if (one.width !== other.width || one.height !== other.height) return 0
  let same = 0
  for (let at = 0; at < one.pixels.length; at++) if (Math.abs(one.pixels[at]! - other.pixels[at]!) <= 4) same++
  return same / one.pixels.length
}

/** Millimetres from the first column with ink to the last. */
export function inkWidth({ width, height, dpi, pixels }: GrayImage): number {
  const isInked = (x: number) => {
    let dark = 0
    for (let y = 0; y < height; y++) if (pixels[y * width + x]! < 180) dark++
    return dark * (25.4 / dpi) > 1
  }
  const columns = Array.from({ length: width }, (_, x) => x).filter(isInked)
  const [first, last] = [columns[0], columns.at(-1)]
  return first === undefined || last === undefined ? 0 : ((last - first + 1) * 25.4) / dpi
}
