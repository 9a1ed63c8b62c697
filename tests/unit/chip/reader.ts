import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { ChipAccess, ChipProgress } from '#native/capability/card-reader.ts'
import { readChip, type ReadChipRequest } from '#native/chip/index.ts'
import { simulatedChip, type ChipImage, type ChipQuirks, type SimulatedChip } from '#native/sim/chip/index.ts'

export const mrzOf = (image: ChipImage): ChipAccess => ({ kind: 'mrz', ...bacInputs(parseMrz(image.mrz.join('\n'))) })
export const canOf = (image: ChipImage): ChipAccess => ({ kind: 'can', can: image.can })

/** A line to a chip that counts what goes over it; `before` may break it. */
export function lineTo(chip: SimulatedChip, before: (count: number, apdu: Uint8Array) => void = () => {}) {
  const commands: Uint8Array[] = []
  const transmit = async (apdu: Uint8Array) => {
    before(commands.length, apdu)
    commands.push(apdu)
    return chip.process(apdu).response
  }
  return { commands, transmit }
}

type More = Partial<Omit<ReadChipRequest, 'transmit'>> & { readonly quirks?: ChipQuirks }

export async function readImage(image: ChipImage, { quirks, ...more }: More = {}) {
  const chip = simulatedChip(image, quirks ? { quirks } : {})
  const { commands, transmit } = lineTo(chip)
  const progress: ChipProgress[] = []
  const reading = await readChip({
    transmit,
    access: mrzOf(image),
    signal: new AbortController().signal,
    ...more,
    onProgress: (state) => {
      progress.push(state)
      more.onProgress?.(state)
    },
  })
  return { reading, commands, chip, progress }
}

export async function failureOf(act: Promise<unknown>): Promise<AppError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error('no failure', { cause: error })
  return error
}
