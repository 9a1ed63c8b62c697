import type { DeviceKind, TransportKind } from '#native/capability/device.ts'
import { z } from 'zod'

export const nothing = z.strictObject({})
/** Of any size: one that is too large deserves a better answer than BAD_REQUEST. */
export const picture = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** As native/capability names them. */
export const deviceKind = z.enum([
  'card-reader',
  'fingerprint-scanner',
  'iris-camera',
  'document-camera',
  'portrait-camera',
  'code-scanner',
  'signature-pad',
]) satisfies z.ZodType<DeviceKind>
export const transportKind = z.enum([
  'serial',
  'hid',
  'pcsc',
  'http',
  'socket',
  'browser',
]) satisfies z.ZodType<TransportKind>

export const everyone = ['officer', 'citizen', 'technician'] as const
export const officer = ['officer'] as const
export const citizen = ['citizen'] as const

const ofPictures = ['IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'] as const
/** Looking at pictures happens in the device process. */
export const ofAnalysis = [...ofPictures, 'HOST_GONE', 'CANCELLED'] as const
export const ofDossier = [
  'DOSSIER_MISSING',
  'EVENT_NOT_ALLOWED',
  'STATION_LOCKED',
  'DISK_FULL',
  'STORE_DAMAGED',
] as const

/** Of anything that waits for a finger or an eye. */
export const ofCapture = [
  'CANCELLED',
  'HOST_GONE',
  'LATE_REPLY',
  'NO_FINGER',
  'NOT_FINGERS',
  'PREVIOUS_IMAGE',
  'IMAGE_TOO_LARGE',
  'DEVICE_GRADE',
  'DEVICE_UNTRUSTED',
  'DEVICE_ABSENT',
  'DEVICE_GONE',
  'DEVICE_SILENT',
  'DEVICE_GARBLED',
  'DEVICE_REFUSED',
  'DEVICE_BUSY',
  'DEVICE_UNKNOWN',
  'TRANSPORT_MISSING',
] as const

/** A list in a request. `readonly()` would freeze what came, also where it is no list, and throw for bytes. */
export function listOf<Each extends z.ZodType>(
  each: Each,
  { least = 0, most }: { readonly least?: number; readonly most: number },
): z.ZodType<readonly z.output<Each>[], readonly z.input<Each>[]> {
  return z.array(each).min(least).max(most)
}
