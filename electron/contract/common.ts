import { z } from 'zod'

export const nothing = z.strictObject({})
/** Of any size: one that is too large deserves a better answer than BAD_REQUEST. */
export const picture = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

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
