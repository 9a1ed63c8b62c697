import type { CheckProgress, DeviceChecked, PluggedIn } from './checks.ts'
import type { DeviceTrace } from './trace.ts'
import type { Failure } from '#domain/failure/app-error.ts'
import type { FailureCode } from '#domain/failure/codes.ts'
import type { CaptureDemand, CaptureStep, FingerPosition } from '#domain/biometrics/index.ts'
import type { ChipAccess, ChipExchange, ChipHints, ChipProgress, ChipReading } from './card-reader.ts'
import type { DeviceBinding, DeviceKind, DeviceStatus, TransportKind } from './device.ts'
import type { FingerFound, FingersSeen } from './fingerprint-reader.ts'
import type { Eye, IrisCaptured } from './iris-camera.ts'
import type { PageMade, PageRead, PageSeen, PortraitMade, PortraitSeen } from './picture.ts'
import type { TrustAnchors, TrustFileReading } from './trust.ts'

/** What may be asked of the device-host process. One attempt has one id; its late replies are recognised by it. */
export type HostCalls = {
  'devices.bind': { input: { readonly bindings: readonly DeviceBinding[] }; output: readonly DeviceStatus[] }
  'devices.list': { input: Record<string, never>; output: readonly DeviceStatus[] }
  'chip.read': {
    input: {
      readonly attempt: string
      readonly device: string
      readonly access: ChipAccess
      /** Without any, nothing is ever verified. */
      readonly anchors?: TrustAnchors
      /** Whose visit it is: what a broken reading of the same visit had is not read again from the same card. */
      readonly visit?: string
      /** Go on although the chip said that one attempt is left. */
      readonly lastAttempt?: boolean
      readonly hints?: ChipHints
      /** Tells every exchange as a `chipExchange`, masked. */
      readonly trace?: boolean
    }
    output: ChipReading
  }
  /** The citizen has left: what broken readings had is dropped. */
  'chip.forget': { input: Record<string, never>; output: Record<string, never> }
  /** Reads a file of certificates, here rather than in the program: it comes from outside. CERTIFICATE_UNREADABLE. */
  'trust.parse': {
    input: { readonly file: Uint8Array; /** Trusted until now. */ readonly anchors: TrustAnchors }
    output: TrustFileReading
  }
  /** For the card: DEVICE_GRADE when the device is fit for verification only or cannot make this capture. */
  'finger.capture': {
    input: CaptureDemand & {
      readonly attempt: string
      readonly device: string
      readonly step: CaptureStep
      /** Fingers of the step that this person does not have or cannot lay down. */
      readonly absent?: readonly FingerPosition[]
    }
    output: FingerCapture
  }
  /** Takes the picture of a running `finger.capture` now. */
  'finger.shoot': { input: { readonly attempt: string }; output: Record<string, never> }
  /** One finger laid down on any reader, against templates on file. Nothing of it is kept. */
  'finger.verify': {
    input: CaptureDemand & {
      readonly attempt: string
      readonly device: string
      readonly templates: readonly { readonly key: string; readonly template: Uint8Array }[]
    }
    output: { readonly match?: { readonly key: string; readonly score: number }; readonly quality: number }
  }
  /** Every probe against every template of the gallery. Only pairs at or above the threshold of the matcher are told. */
  'finger.compare': {
    input: {
      readonly probes: readonly Uint8Array[]
      readonly gallery: readonly { readonly key: string; readonly template: Uint8Array }[]
    }
    output: {
      /** `probe` is an index. */
      readonly hits: readonly { readonly probe: number; readonly key: string; readonly score: number }[]
    }
  }
  /** A frame of the portrait camera, JPEG of a few hundred pixels. IMAGE_UNREADABLE, IMAGE_TOO_LARGE. */
  'portrait.look': { input: { readonly frame: Uint8Array }; output: PortraitSeen }
  /** The portrait from a whole picture (JPEG or PNG as taken). IMAGE_UNREADABLE, IMAGE_TOO_LARGE, FACE_MISSING. */
  'portrait.make': { input: { readonly picture: Uint8Array }; output: PortraitMade }
  /** How alike two portraits (JPEG or PNG) are, 0–100; never a decision. FACE_MISSING. */
  'portrait.compare': {
    input: { readonly one: Uint8Array; readonly other: Uint8Array }
    output: { readonly likeness: number }
  }
  /** A frame of the document camera. */
  'page.look': { input: { readonly frame: Uint8Array }; output: PageSeen }
  /** The page from a whole picture; `turn` degrees clockwise are added by hand. */
  'page.make': {
    input: { readonly picture: Uint8Array; readonly colour: 'colour' | 'grey'; readonly turn: 0 | 90 | 180 | 270 }
    output: PageMade
  }
  /** Codes, machine-readable zone and printed text of a page. */
  'page.read': { input: { readonly picture: Uint8Array; readonly wanted: 'codes' | 'mrz' | 'text' }; output: PageRead }
  /** Lamp of a document camera, 0–1. DEVICE_REFUSED when it has none. */
  'camera.lamp': { input: { readonly device: string; readonly brightness: number }; output: Record<string, never> }
  /** Everything plugged in that a driver could speak to, bound or not. Touches no device. */
  'devices.discover': {
    /** `services`: biometric services on this machine are looked for as well, at most every 30 seconds. */
    input: { readonly services?: boolean }
    output: readonly PluggedIn[]
  }
  /** Transports that cannot be looked at, and why: TRANSPORT_MISSING, DEVICE_SILENT when the system hangs. */
  'devices.unlisted': {
    input: Record<string, never>
    output: readonly { readonly transport: PluggedIn['transport']; readonly problem: FailureCode }[]
  }
  /** What a binding may say. */
  'devices.drivers': {
    input: Record<string, never>
    output: readonly {
      readonly driver: string
      readonly kind: DeviceKind
      readonly transports: readonly TransportKind[]
    }[]
  }
  /**
   * Asks an unbound device what it is, with each driver that might fit, one after the other; some seconds each.
   * DEVICE_GONE (not plugged in), DEVICE_BUSY (bound, probed or taken), DEVICE_ABSENT, DEVICE_REFUSED (no rights),
   * DEVICE_SILENT (`hangs` on opening or closing), DEVICE_GARBLED (floods), TRANSPORT_MISSING, CANCELLED.
   */
  'devices.probe': {
    input: { readonly key: string }
    output: { readonly proposals: PluggedIn['proposals'] }
  }
  /** A guided test of a bound device; `checkProgress` says what a person must do. CANCELLED, DEVICE_UNKNOWN, DEVICE_BUSY. */
  'device.check': {
    input: { readonly attempt: string; readonly device: string }
    output: DeviceChecked
  }
  /** The person has done what the test asked for. */
  'device.checkOn': { input: { readonly attempt: string }; output: Record<string, never> }
  'trace.read': { input: { readonly device: string; readonly after?: number }; output: DeviceTrace }
  /** Traces run from the start; stopping one keeps what it holds. */
  'trace.run': { input: { readonly device: string; readonly on: boolean }; output: Record<string, never> }
  'trace.mark': { input: { readonly device: string; readonly text: string }; output: Record<string, never> }
  'iris.capture': {
    input: {
      readonly attempt: string
      readonly device: string
      readonly eyes: readonly Eye[]
      readonly patienceMs: number
    }
    output: readonly (Omit<IrisCaptured, 'image'> & {
      readonly png: Uint8Array
      readonly width: number
      readonly height: number
    })[]
  }
}

export type FingerCapture = {
  /** Whole picture, PNG, 8-bit grey. */
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
  readonly dpi: number
  /** The device cut the fingers itself: `png` only shows them side by side. */
  readonly composed?: boolean
  readonly fingers: readonly (FingerFound & {
    /** The finger alone, PNG. */
    readonly png: Uint8Array
    /** ISO/IEC 19794-2:2005 finger minutiae record of this finger. */
    readonly template: Uint8Array
    /** How many minutiae it holds. */
    readonly minutiae: number
  })[]
} & Pick<FingersSeen, 'missing' | 'problem'>

export type HostEvents = {
  /** What is plugged in has changed; at most twice a second. */
  pluggedInChanged: readonly PluggedIn[]
  checkProgress: CheckProgress
  deviceChanged: DeviceStatus
  /** `session` as in DeviceStatus.cardSession, while a card is there. */
  cardPresence: { readonly device: string; readonly present: boolean; readonly session?: number }
  shutterPressed: { readonly device: string }
  /** Text from a code scanner. */
  codeScanned: { readonly device: string; readonly text: string }
  chipProgress: ChipProgress & { readonly attempt: string }
  /** As soon as the portrait is there, while the rest is still being read. */
  chipPortrait: { readonly attempt: string; readonly bytes: Uint8Array; readonly mediaType: string }
  chipExchange: ChipExchange & { readonly attempt: string }
  /** `png` is scaled down by `scale` (0–1]; finger boxes are in pixels of the scaled picture. */
  fingerPreview: {
    readonly attempt: string
    readonly number: number
    readonly png: Uint8Array
    readonly width: number
    readonly height: number
  } & FingersSeen
}

export type HostCallName = keyof HostCalls
export type HostEventName = keyof HostEvents

export type HostRequest =
  | { readonly type: 'call'; readonly id: number; readonly name: HostCallName; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'ping'; readonly id: number }

export type HostMessage =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: Failure }
  | { readonly type: 'event'; readonly name: HostEventName; readonly data: unknown }
  | { readonly type: 'pong'; readonly id: number }
