import type { CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'

/** Sizes of docs/protocols/hid-image.md, in bytes unless named otherwise. */
export const REPORT = 64
export const REPORT_PAYLOAD = 60
export const BLOCK_REPORTS = 32
/** Image bytes in a full block: the last four bytes of its payload are the CRC-32. */
export const BLOCK_DATA = BLOCK_REPORTS * REPORT_PAYLOAD - 4
export const MAX_WIDTH = 1600
export const MAX_HEIGHT = 1500
/** Block numbers that fit in one `resend`. */
export const RESEND_MAX = 27
export const PROTOCOL_VERSION = 1

/** First byte of each control report. */
export const messageTypes = {
  identify: 0x01,
  start: 0x02,
  credit: 0x03,
  resend: 0x04,
  shoot: 0x05,
  stop: 0x06,
  done: 0x07,
  identity: 0x41,
  ack: 0x42,
  error: 0x43,
  image: 0x44,
} as const
export type MessageType = keyof typeof messageTypes

/** Bits of `captures` in an identity: what a device takes beside slaps. */
export const captureBits = { single: 1, rolled: 2 } as const

/** Reasons in an `error` report. */
export const errorReasons = {
  1: 'busy',
  2: 'unknown-command',
  3: 'bad-argument',
  4: 'unknown-transfer',
  5: 'not-started',
  6: 'fault',
} as const
export type ErrorReason = (typeof errorReasons)[keyof typeof errorReasons]

export type ImageHeader = {
  /** 1–255, another one for every image. */
  readonly transfer: number
  readonly kind: 'preview' | 'full'
  readonly step: CaptureStep
  readonly bits: 4 | 8
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly blocks: number
  readonly bytes: number
  /** CRC-32 of the image bytes as sent. */
  readonly crc: number
  /** Number of the exposure: the device counts every picture its sensor takes. */
  readonly exposure: number
  /** The bytes are run-length coded. */
  readonly packed: boolean
}

export type Identity = {
  readonly version: number
  readonly maxWidth: number
  readonly maxHeight: number
  readonly dpi: number
  readonly model: string
  /** What the device takes beside slaps. */
  readonly single: boolean
  readonly rolled: boolean
}

/** The commands of the host. `seq` comes back in the reply. */
export type HostMessage =
  | { readonly type: 'identify'; readonly seq: number; readonly version: number }
  | {
      readonly type: 'start'
      readonly seq: number
      readonly step: CaptureStep
      readonly scale: number
      readonly bits: 4 | 8
      /** The host can read packed previews. */
      readonly packed: boolean
      /** Fingers of the step that will not be laid down. */
      readonly absent: readonly FingerPosition[]
    }
  | {
      readonly type: 'credit'
      readonly seq: number
      readonly transfer: number
      /** Blocks below this number may be sent. */ readonly blocks: number
    }
  | {
      readonly type: 'resend'
      readonly seq: number
      /** 0 means whichever transfer is under way. */
      readonly transfer: number
      readonly header: boolean
      readonly blocks: readonly number[]
    }
  | { readonly type: 'shoot'; readonly seq: number }
  | { readonly type: 'stop'; readonly seq: number }
  | { readonly type: 'done'; readonly seq: number; readonly transfer: number }

export type DeviceMessage =
  | ({ readonly type: 'identity'; readonly seq: number } & Identity)
  | { readonly type: 'ack'; readonly seq: number; readonly of: number }
  | { readonly type: 'error'; readonly seq: number; readonly of: number; readonly reason: ErrorReason }
  | ({ readonly type: 'image'; readonly seq: number } & ImageHeader)

export type Message = HostMessage | DeviceMessage

/** What a decoder finds in the bytes. `noise` counts bytes that were no part of any report. */
export type Frame =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'data'
      readonly transfer: number
      readonly block: number
      readonly index: number
      readonly payload: Uint8Array
    }
  | { readonly kind: 'noise'; readonly bytes: number }
