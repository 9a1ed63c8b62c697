import { printAnswers } from '#domain/diagnosis/index.ts'
import { z } from 'zod'
import { citizen, nothing } from './common.ts'
import { isoTime, text } from './dossier-schema.ts'
import { call, event } from './kinds.ts'
import { checkReport } from './technician-calls.ts'

const technician = ['technician'] as const

/** A display with what only a technician asks for; sizes in points of the system. */
export const displayPart = z.strictObject({
  key: text,
  label: text,
  /** `missing`: the citizen's display, which is not plugged in. */
  is: z.enum(['there', 'missing']),
  width: z.int().nonnegative(),
  height: z.int().nonnegative(),
  /** Where it stands among the displays. */
  x: z.int(),
  y: z.int(),
  /** Dots for a point. */
  scale: z.number().positive(),
  internal: z.boolean(),
  touch: z.enum(['yes', 'no', 'unknown']),
  use: z.enum(['officer', 'citizen', 'none']),
  since: isoTime,
})
export type DisplayPart = z.infer<typeof displayPart>

export const printerPart = z.strictObject({
  /** As the system calls it. */
  name: text,
  label: text,
  usual: z.boolean(),
  since: isoTime,
  /** Outcome of the last test page in this run, where it was refused. */
  lastError: text.exactOptional(),
})
export type PrinterPart = z.infer<typeof printerPart>

/** The program does not use it itself: the system may, for its keystore and its disk. */
export const tpmPart = z.strictObject({
  is: z.enum(['there', 'none', 'not-looked-at']),
  name: text.exactOptional(),
  /** 1.2 or 2.0 as the system tells it. */
  version: text.exactOptional(),
  address: text.exactOptional(),
  since: isoTime.exactOptional(),
})
export type TpmPart = z.infer<typeof tpmPart>

/** `holds`: it keeps the database key; `ready`: it could; `shut`: it keeps the key and does not give it out. */
export const keystorePart = z.strictObject({
  is: z.enum(['holds', 'ready', 'shut', 'none', 'not-looked-at']),
  /** `dpapi`, `keychain`, `gnome_libsecret`, `kwallet6` … */
  name: text.exactOptional(),
  since: isoTime.exactOptional(),
})
export type KeystorePart = z.infer<typeof keystorePart>

export const parts = z.strictObject({
  displays: z.array(displayPart).readonly(),
  /** Absent: they cannot be asked for. */
  printers: z.array(printerPart).readonly().exactOptional(),
  tpm: tpmPart,
  keystore: keystorePart,
})
export type Parts = z.infer<typeof parts>

/** What stands on the citizen's screen while it is tested. */
export const screenPictures = ['edges', 'white', 'black', 'red', 'green', 'blue', 'cross'] as const

/** Parts of the station that hang on no line of the device process, and their guided tests. */
export const partCalls = {
  parts: call({ from: technician, input: nothing, output: parts, errors: [] }),
  partsChanged: event({ to: technician, data: parts }),
  /** From now on, also after a restart, citizens look at this display. */
  chooseDisplay: call({
    from: technician,
    input: z.strictObject({ key: text.min(1) }),
    output: nothing,
    errors: ['DISPLAY_ABSENT', 'CITIZEN_AT_DESK'],
  }),
  /**
   * A guided test of the citizen's screen, or of a printer (the usual one when none is named). Questions follow as
   * `partQuestion`. One at a time; CITIZEN_AT_DESK while a dossier is open, also when it is opened meanwhile.
   */
  checkPart: call({
    from: technician,
    input: z.discriminatedUnion('part', [
      z.strictObject({ part: z.literal('citizen-screen') }),
      z.strictObject({ part: z.literal('printer'), printer: text.exactOptional() }),
    ]),
    output: checkReport,
    errors: ['CITIZEN_AT_DESK', 'CANCELLED', 'DEVICE_BUSY'],
  }),
  partQuestion: event({
    to: technician,
    data: z.strictObject({
      part: z.enum(['citizen-screen', 'printer']),
      ask: z.enum(['picture', 'edges', 'colour', 'cross', 'print']),
      /** For `colour`: which one stands there; for `cross`: which one is to be touched. */
      picture: z.enum(screenPictures).exactOptional(),
      place: z.int().positive(),
      of: z.int().positive(),
    }),
  }),
  /** `yes`: it is so; `no`: it is not, or a cross that takes no touch. Of a print how it came out. */
  answerPart: call({
    from: technician,
    input: z.strictObject({ answer: z.enum(['yes', 'no', ...printAnswers]) }),
    output: nothing,
    errors: [],
  }),
  stopPart: call({ from: technician, input: nothing, output: nothing, errors: [] }),

  /** The page has drawn the picture of the test; sizes in points. */
  reportTestDrawn: call({
    from: citizen,
    input: z.strictObject({
      number: z.int().nonnegative(),
      width: z.int().positive().max(32_768),
      height: z.int().positive().max(32_768),
      scale: z.number().positive().max(16),
    }),
    output: nothing,
    errors: [],
  }),
  /** Where the screen was touched while a cross stood there, in points of the page. */
  reportTestTouch: call({
    from: citizen,
    input: z.strictObject({ number: z.int().nonnegative(), x: z.number(), y: z.number() }),
    output: nothing,
    errors: [],
  }),
} as const
