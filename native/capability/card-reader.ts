import type { TrustVerdict } from './trust.ts'

/**
 * A reader for chip cards, at the level of command and response APDUs (ISO/IEC 7816-4).
 *
 * Errors: CARD_ABSENT (no card), CARD_MUTE (no answer to reset), CARD_REMOVED (pulled in mid-exchange),
 * DEVICE_GONE, DEVICE_SILENT, DEVICE_GARBLED, DEVICE_REFUSED, CANCELLED.
 */
export interface CardReader {
  readonly kind: 'card-reader'
  /** Opens the line and learns what the reader is. */
  acquire(signal: AbortSignal): Promise<{ readonly model: string; readonly cardPresent: boolean }>
  /** Resets the card and agrees on the protocol. `atr` is the answer to reset, historical bytes included. */
  powerOn(signal: AbortSignal): Promise<{ readonly atr: Uint8Array; readonly maxResponse: number }>
  /** Sends one command APDU and returns its whole response, SW1 SW2 at the end. */
  transmit(apdu: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
  powerOff(signal: AbortSignal): Promise<void>
  onCard(listener: (present: boolean) => void): () => void
  onGone(listener: () => void): () => void
  release(): Promise<void>
}

/** What opens the chip: the three MRZ values of BAC (ICAO 9303-11 4.3), or the card access number of PACE. */
export type ChipAccess =
  | {
      readonly kind: 'mrz'
      /** 9 characters; for căn cước the last 9 digits of the personal number. */
      readonly documentNumber: string
      /** YYMMDD */
      readonly birthDate: string
      /** YYMMDD */
      readonly expiryDate: string
    }
  | { readonly kind: 'can'; /** 6 digits */ readonly can: string }

/** What other sources say of the same card, to tell which input is likely wrong when the chip refuses; dates YYMMDD. */
export type ChipHints = {
  readonly personalNumber?: string
  readonly birthDate?: string
  /** Dates of expiry that the card may carry. */
  readonly expiryDates?: readonly string[]
}

/** Four outcomes, never merged (ICAO 9303-11 5.1); `verified` only with an imported trust anchor. */
export type ChipTrust = 'verified' | 'no-trust-anchor' | 'expired-or-revoked' | 'failed'

/** DG13 of the Vietnamese card; every field as printed on the chip, absent when the chip does not hold it. */
export type ChipDetails = {
  readonly personalNumber?: string
  readonly fullName?: string
  /** dd/MM/yyyy, or yyyy */
  readonly birthDate?: string
  readonly sex?: string
  readonly nationality?: string
  readonly ethnicity?: string
  readonly religion?: string
  readonly origin?: string
  readonly residence?: string
  readonly features?: string
  readonly issued?: string
  readonly expires?: string
  readonly father?: string
  readonly mother?: string
  readonly spouse?: string
  readonly oldNumber?: string
  /** Entries this program does not know, kept by their number. */
  readonly unknown: Readonly<Record<number, string>>
}

/** DG11 (ICAO 9303-10 4.7.11); dates YYYYMMDD. Vietnamese cards do not have it, other documents may. */
export type ChipPersonalDetails = {
  readonly fullName?: string
  readonly otherNames?: readonly string[]
  readonly personalNumber?: string
  readonly birthDate?: string
  readonly birthPlace?: string
  readonly address?: string
  readonly telephone?: string
  readonly profession?: string
  readonly title?: string
  readonly summary?: string
  readonly otherDocuments?: string
  readonly custody?: string
}

/** DG12 (ICAO 9303-10 4.7.12); dates YYYYMMDD, `personalised` with a time. */
export type ChipDocumentDetails = {
  readonly authority?: string
  readonly issued?: string
  readonly otherPersons?: readonly string[]
  readonly endorsements?: string
  readonly taxOrExit?: string
  readonly personalised?: string
  readonly personalisationSystem?: string
}

/** `refused` is normal for DG3 and DG4: fingerprints and irises need extended access control, which nobody here has. */
export type ChipGroup = { readonly name: string; readonly state: 'read' | 'refused' | 'absent' }

/** Whether the chip proved to be the one that was personalised. `failed` may be a copy. */
export type ChipProof = 'proved' | 'failed' | 'not-offered'

export type ChipFileTiming = {
  readonly file: string
  readonly apdus: number
  readonly bytes: number
  /** Milliseconds spent waiting for reader and card. */
  readonly deviceMs: number
  /** Milliseconds spent by this program. */
  readonly ownMs: number
}

export type ChipReading = {
  readonly access: 'bac' | 'pace'
  readonly mrz: { readonly lines: readonly [string, string, string] }
  readonly details: ChipDetails
  /** From DG2 (ISO/IEC 19794-5); absent when the chip has no portrait. */
  readonly portrait?: {
    readonly bytes: Uint8Array
    readonly mediaType: 'image/jpeg' | 'image/jp2'
    /** The same picture as JPEG, where windows cannot show what the chip holds; absent when it could not be decoded. */
    readonly shown?: { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' }
  }
  readonly personal?: ChipPersonalDetails
  readonly document?: ChipDocumentDetails
  /** Every data group that the chip lists or that was asked for. */
  readonly groups?: readonly ChipGroup[]
  readonly chipAuthentication?: ChipProof
  readonly activeAuthentication?: ChipProof
  readonly trust: ChipTrust
  /** How `trust` was found. */
  readonly verdict?: TrustVerdict
  readonly timings: readonly ChipFileTiming[]
  /** Raw elementary files as read, by name (`DG1`, `SOD` …). */
  readonly files: Readonly<Record<string, Uint8Array>>
}

export type ChipProgress = {
  readonly stage: 'connect' | 'access' | 'read' | 'check'
  readonly file?: string
  readonly bytesRead: number
  readonly bytesTotal?: number
  /** Sent once, as soon as DG1 and DG13 are known, long before the portrait. */
  readonly details?: ChipDetails
}

/** One command and its answer in hex, for technicians; `[n]` stands for n bytes that nobody is shown. */
export type ChipExchange = {
  /** From 1. */
  readonly number: number
  readonly command: string
  /** Absent when none came. */
  readonly response?: string
  /** Milliseconds until the answer. */
  readonly ms: number
}
