/**
 * Every way the program can fail, by name. One code has one Vietnamese sentence
 * (resources/languages/vi/failures.json) and one page (docs/failure-codes/); a test holds the three together.
 *
 * `retriable` says whether the same act may simply be tried again without changing anything but the world.
 */
export const failureCodes = {
  // Devices and their lines
  DEVICE_GONE: { retriable: true },
  DEVICE_ABSENT: { retriable: true },
  DEVICE_BUSY: { retriable: true },
  DEVICE_SILENT: { retriable: true },
  DEVICE_GARBLED: { retriable: true },
  DEVICE_REFUSED: { retriable: true },
  DEVICE_UNKNOWN: { retriable: false },
  TRANSPORT_MISSING: { retriable: false },
  HOST_GONE: { retriable: true },
  CANCELLED: { retriable: true },
  CITIZEN_AT_DESK: { retriable: true },
  // Chip card
  CARD_ABSENT: { retriable: true },
  CARD_REMOVED: { retriable: true },
  CARD_MUTE: { retriable: true },
  CARD_LEFT_BEHIND: { retriable: true },
  CHIP_ACCESS_DENIED: { retriable: true },
  CHIP_TAMPERED: { retriable: false },
  CHIP_MALFORMED: { retriable: false },
  CHIP_FILE_MISSING: { retriable: false },
  MRZ_CHECK_DIGIT: { retriable: false },
  MRZ_FORMAT: { retriable: false },
  CAN_FORMAT: { retriable: false },
  QR_FORMAT: { retriable: false },
  QR_TOO_LARGE: { retriable: false },
  // Fingerprints and pictures
  LOW_QUALITY: { retriable: true },
  FINGERS_MISSING: { retriable: true },
  NO_FINGER: { retriable: true },
  NOT_FINGERS: { retriable: true },
  PREVIOUS_IMAGE: { retriable: true },
  DEVICE_GRADE: { retriable: false },
  DEVICE_UNTRUSTED: { retriable: false },
  FINGER_DIFFERS: { retriable: true },
  IMAGE_UNREADABLE: { retriable: false },
  IMAGE_TOO_LARGE: { retriable: false },
  CAMERA_SILENT: { retriable: true },
  FACE_MISSING: { retriable: true },
  // Dossier
  EVENT_NOT_ALLOWED: { retriable: false },
  DOSSIER_MISSING: { retriable: false },
  DOSSIER_INCOMPLETE: { retriable: false },
  NUMBER_FORMAT: { retriable: false },
  FIELD_FORMAT: { retriable: false },
  REPRESENTATIVE_UNFIT: { retriable: false },
  LATE_REPLY: { retriable: true },
  // Store, keys and sealing
  WRONG_PASSPHRASE: { retriable: true },
  PASSPHRASE_WEAK: { retriable: false },
  STATION_LOCKED: { retriable: true },
  STATION_EXISTS: { retriable: false },
  STATION_INCOMPLETE: { retriable: false },
  STORE_FROM_FUTURE: { retriable: false },
  STORE_DAMAGED: { retriable: false },
  STORE_IN_USE: { retriable: true },
  DISK_FULL: { retriable: true },
  BLOB_DAMAGED: { retriable: false },
  CERTIFICATE_UNREADABLE: { retriable: false },
  CERTIFICATE_UNSUITABLE: { retriable: false },
  SEAL_FAILED: { retriable: true },
  EXPORT_FAILED: { retriable: true },
  PERSONAL_IN_BUNDLE: { retriable: false },
  // Language packs and the citizen's screen
  PACK_MALFORMED: { retriable: false },
  PACK_TOO_LARGE: { retriable: false },
  PACK_SIGNATURE: { retriable: false },
  RECORDING_UNUSABLE: { retriable: true },
  FONT_UNUSABLE: { retriable: false },
  DISPLAY_ABSENT: { retriable: true },
  // Training
  NOT_TRAINING: { retriable: false },
  TRAINING_ONLY: { retriable: false },
  OTHER_PROFILE: { retriable: false },
  // The program itself
  NOT_ALLOWED: { retriable: false },
  BAD_REQUEST: { retriable: false },
  USAGE: { retriable: false },
  INTERNAL: { retriable: false },
} as const satisfies Record<string, { readonly retriable: boolean }>

export type FailureCode = keyof typeof failureCodes

export function isFailureCode(value: unknown): value is FailureCode {
  return typeof value === 'string' && Object.hasOwn(failureCodes, value)
}
