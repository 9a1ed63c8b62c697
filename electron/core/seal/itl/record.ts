import type { ExceptionReason, Impression } from '#domain/biometrics/index.ts'

/** A finger in a slap, in pixels of the picture, both ends inside. `fgp` as in ANSI/NIST-ITL 1-2011 table 8. */
export type ItlSegment = {
  readonly fgp: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** 0–100, one finger by itself. */
type ItlQuality = { readonly fgp: number; readonly score: number }

/** `XX`: a stump that left some ridges in this picture; `UP`: no print of this finger here. */
export type ItlAbsence = { readonly fgp: number; readonly code: 'XX' | 'UP' }

/** One Type-14 record. Without a picture it says only that fingers could not be taken. */
export type ItlPrint = {
  readonly impression: Impression
  /** 1–10 for one finger, 13, 14, 15 for slaps. */
  readonly fgp: number
  /** 8-bit grey, whole. */
  readonly picture?: {
    readonly png: Uint8Array
    readonly width: number
    readonly height: number
    /** Pixels per inch, the same in both directions. */
    readonly dpi: number
  }
  /** Slaps only. */
  readonly segments: readonly ItlSegment[]
  readonly qualities: readonly ItlQuality[]
  readonly absent: readonly ItlAbsence[]
}

/** A finger that was not taken, why, and the badge of the second officer who agreed. */
export type ItlException = { readonly fgp: number; readonly reason: ExceptionReason; readonly approvedBy?: string }

/** JPEG (baseline) or PNG as captured. */
export type ItlPortrait = {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly width: number
  readonly height: number
}

export type ItlPerson = {
  readonly fullName: string
  readonly personalNumber: string
  /** `dd/MM/yyyy`, `MM/yyyy` or `yyyy`. */
  readonly birthDate: string
  readonly sex: 'Nam' | 'Nữ'
}

/** A whole transaction: one Type-1, one Type-2, a Type-10 if there is a portrait, and the prints. */
export type ItlRecord = {
  /** ASCII; unique for the station. */
  readonly number: string
  readonly station: { readonly code: string; readonly name: string }
  /** ISO date of the captures, local. */
  readonly day: string
  readonly createdAt: Date
  readonly program: { readonly name: string; readonly version: string }
  readonly person: ItlPerson
  readonly portrait?: ItlPortrait
  readonly prints: readonly ItlPrint[]
  readonly exceptions: readonly ItlException[]
  /** Nobody real, for nobody's register. */
  readonly training?: true
}
