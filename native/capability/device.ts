import type { FailureCode } from '#domain/failure/codes.ts'

export type DeviceKind =
  | 'card-reader'
  | 'fingerprint-scanner'
  | 'document-camera'
  | 'portrait-camera'
  | 'code-scanner'
  | 'signature-pad'

/** `browser` devices are reached by the officer's window itself (camera API); `socket` exists in development hosts only. */
export type TransportKind = 'serial' | 'hid' | 'pcsc' | 'http' | 'socket' | 'browser'

/** One line of devices.json: which driver speaks to which address. */
export type DeviceBinding = {
  readonly id: string
  readonly kind: DeviceKind
  readonly driver: string
  readonly transport: TransportKind
  /** Serial: path of the port. HID: path, or `vid:pid` in hexadecimal. Socket: path of a Unix socket. Browser: label of the camera. */
  readonly address: string
}

export type DeviceState = 'absent' | 'opening' | 'ready' | 'busy' | 'failed'

export type DeviceStatus = DeviceBinding & {
  readonly state: DeviceState
  /** ISO 8601, when the state was entered. */
  readonly since: string
  readonly problem?: FailureCode
  /** What the device says of itself (model, firmware); no personal data. */
  readonly model?: string
  /** Card readers: whether a card lies in or on the reader. */
  readonly cardPresent?: boolean
  /** Card readers with a card: grows with each insertion that was seen, so that a card left lying can be told from the next. */
  readonly cardSession?: number
}
