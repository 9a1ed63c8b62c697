import type { FailureCode } from '#domain/failure/codes.ts'
import type { ReaderGrade } from './fingerprint-reader.ts'

export const deviceKinds = [
  'card-reader',
  'fingerprint-scanner',
  'iris-camera',
  'document-camera',
  'portrait-camera',
  'code-scanner',
  'signature-pad',
] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** `browser` devices are reached by the officer's window itself (camera API); `socket` exists in development hosts only. */
export const transportKinds = ['serial', 'hid', 'pcsc', 'http', 'socket', 'browser'] as const
export type TransportKind = (typeof transportKinds)[number]

/** One line of devices.json: which driver speaks to which address. */
export type DeviceBinding = {
  readonly id: string
  readonly kind: DeviceKind
  readonly driver: string
  readonly transport: TransportKind
  /** Serial: path of the port. HTTP: `host:port` of loopback, or `host:first-last` to look for it. HID: path, or `vid:pid` in hexadecimal. Socket: path of a Unix socket. Browser: label of the camera. */
  readonly address: string
  /** What a driver is told beside the address, by name: `anchors` (PEM) and `env` of SBI devices. Nothing secret. */
  readonly settings?: Readonly<Record<string, string>>
}

export type DeviceState = 'absent' | 'opening' | 'ready' | 'busy' | 'failed'

export type DeviceStatus = Omit<DeviceBinding, 'settings'> & {
  readonly state: DeviceState
  /** ISO 8601, when the state was entered. */
  readonly since: string
  readonly problem?: FailureCode
  /** What the device says of itself (model, firmware); no personal data. */
  readonly model?: string
  /** Fingerprint readers: what their prints are good for. */
  readonly grade?: ReaderGrade
  /** Card readers: whether a card lies in or on the reader. */
  readonly cardPresent?: boolean
  /** Card readers with a card: grows with each insertion that was seen, so that a card left lying can be told from the next. */
  readonly cardSession?: number
}
