import { z } from 'zod'
import { allFingers } from '#domain/biometrics/index.ts'
import { stageScanners } from './scanners.ts'
import { scenes } from './scenes.ts'

/** One line of JSON on DIR/control.sock; each is answered by one line `{ id, ok: true, value }` or `{ id, ok: false, error }`. */
export const stageCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('insert-card') }),
  z.strictObject({ do: z.literal('remove-card') }),
  /** The reader's cable. */
  z.strictObject({ do: z.literal('unplug-reader') }),
  z.strictObject({ do: z.literal('plug-reader') }),
  /** Those of the person, or of whoever the seed says. */
  z.strictObject({ do: z.literal('place-fingers'), seed: z.int().optional() }),
  z.strictObject({ do: z.literal('lift-fingers') }),
  /** One finger on the fingerprint module: of the person of the card unless a seed says another invented one. */
  z.strictObject({ do: z.literal('place-finger'), finger: z.enum(allFingers), person: z.int().optional() }),
  z.strictObject({ do: z.literal('lift-finger') }),
  /** The module's cable. */
  z.strictObject({ do: z.literal('unplug-module') }),
  z.strictObject({ do: z.literal('plug-module') }),
  z.strictObject({ do: z.literal('press-shutter') }),
  /** Holds a code before a scanner: that of the card, or a text, or its bytes in hexadecimal. */
  z.strictObject({
    do: z.literal('scan'),
    device: z.enum(stageScanners),
    text: z.string().optional(),
    hex: z.hex().optional(),
  }),
  /** The serial scanner's cable. */
  z.strictObject({ do: z.literal('unplug-scanner') }),
  z.strictObject({ do: z.literal('plug-scanner') }),
  z.strictObject({ do: z.literal('show'), scene: z.enum(scenes) }),
  /** `NAME@DEVICE` */
  z.strictObject({ do: z.literal('add-fault'), fault: z.string() }),
  z.strictObject({ do: z.literal('take-fault-off'), fault: z.string() }),
  z.strictObject({ do: z.literal('figures') }),
])
export type StageCommand = z.infer<typeof stageCommand>

/** Time the simulated lines and card were occupied so far, in milliseconds. */
export type StageFigures = {
  readonly cardReaderMs: number
  readonly fingerprintMs: number
  /** Only with a fingerprint module. */
  readonly moduleMs?: number
}

/** The number is read first, so that a refusal finds whoever asked. */
export const stageRequest = z.strictObject({ id: z.int(), command: z.unknown() })

export type StageAnswer =
  | { readonly id: number; readonly ok: true; readonly value?: StageFigures }
  | { readonly id: number; readonly ok: false; readonly error: string }
