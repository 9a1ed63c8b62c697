import type { Found as FoundCause } from '#domain/diagnosis/index.ts'
import type { DeviceKind, TransportKind } from './device.ts'

/** Something plugged in, whether a device of the station or not. */
export type PluggedIn = {
  /** Stays the same while it is plugged in: `serial:/dev/ttyUSB0`, `hid:04b4:8613:…`, `pcsc:Reader 0`. */
  readonly key: string
  readonly transport: Exclude<TransportKind, 'socket' | 'browser'>
  /** As a binding wants it. */
  readonly address: string
  /** Hexadecimal, four digits. */
  readonly vendorId?: string
  readonly productId?: string
  readonly manufacturer?: string
  readonly product?: string
  /** The device's own serial number; two that say the same are told by `twin`. */
  readonly serialNumber?: string
  readonly twin?: boolean
  /** Of the system, where it says so: `usbserial`, `hid-generic`. */
  readonly systemDriver?: string
  /** ISO 8601, when it was first seen in this run. */
  readonly since: string
  /** Which of our drivers may fit, the likeliest first. */
  readonly proposals: readonly {
    readonly driver: string
    readonly kind: DeviceKind
    /** `possible`: nothing speaks for it but that it uses the same kind of line. */
    readonly because: 'known-id' | 'usage' | 'answers' | 'only-one' | 'possible'
  }[]
  /** Id of the device of the station that lives there. */
  readonly boundTo?: string
}

/** What a person must do before a test goes on. */
export type CheckPrompt =
  | 'nothing'
  | 'lay-test-card'
  | 'take-card-away'
  | 'clean-and-clear-platen'
  | 'lay-finger'
  | 'lift-finger'
  | 'lay-target'
  | 'scan-a-code'
  | 'press-shutter'

/** What a guided test measured on a device, and what it found. Judged by `domain/diagnosis`. */
export type DeviceChecked = {
  readonly figures: Readonly<Record<string, number>>
  readonly found: readonly FoundCause[]
}

export type CheckProgress = {
  readonly attempt: string
  readonly device: string
  readonly prompt: CheckPrompt
  /** 0–1 */
  readonly done: number
}
