import type { Cause } from '#domain/diagnosis/index.ts'
import type { CheckPrompt } from '#native/capability/checks.ts'
import type { stageFaults } from '#native/sim/stage/faults.ts'

/** What a guided test finds of a fault. */
export type Row =
  | {
      readonly finds: Cause
      /** As the simulator is told; its name alone unless said otherwise. */
      readonly as?: string
      /** Waits of the driver so many times shorter, where it has to wait for something that never comes. */
      readonly hurry?: number
      /** The fault begins when this is asked for, not before the test. */
      readonly at?: CheckPrompt
    }
  /** The test finds nothing, and why that is right. */
  | { readonly finds: 'nothing'; readonly as?: string; readonly because: string }
  /** Not to be seen in the device process at all. */
  | { readonly finds: 'not here'; readonly because: string }

type Devices = typeof stageFaults
type Table = { readonly [Device in keyof Devices]: Readonly<Record<Devices[Device][number], Row>> }

const byByte = {
  finds: 'nothing',
  because: 'a line may deliver its bytes one by one; nothing is wrong with the device',
} as const
const byPerson = {
  finds: 'nothing',
  because: 'it is what the person lays down, not the device: the capture itself says so',
} as const
const needsKeys = {
  finds: 'nothing',
  because:
    'only a reading with the keys of the card shows it (CHIP_TAMPERED); the guided test reads what is open to all',
} as const
const whenScanned = {
  finds: 'nothing',
  because: 'nobody but the person knows when the code was held there',
} as const
const inWindow = {
  finds: 'not here',
  because: 'the camera is seen by the window alone: tests/e2e/screens/technician-camera-faults.spec.ts',
} as const
const untrusted = { finds: 'service-not-trusted' } as const

const sbi = {
  'wrong-signature': untrusted,
  unsigned: untrusted,
  'expired-certificate': { finds: 'certificate-expired' },
  'unknown-root': untrusted,
  'other-device': { finds: 'nothing', because: 'another device of a trusted maker, from the start, is as good' },
  'wrong-transaction': untrusted,
  replay: untrusted,
  'previous-image': { finds: 'repeats-old-picture' },
  'wrong-hash': untrusted,
  'wrong-environment': untrusted,
  'huge-capture': { finds: 'floods' },
  'huge-info': { finds: 'floods' },
  wsq: { finds: 'refuses' },
  'error-101': { finds: 'no-picture' },
  'error-102': { finds: 'refuses' },
  'error-103': untrusted,
  'error-105': { finds: 'refuses' },
  'error-106': { finds: 'not-plugged-in' },
  'error-110': { finds: 'refuses' },
  busy: { finds: 'taken-by-another-program' },
  silence: { finds: 'no-answer', hurry: 4 },
  late: { finds: 'no-answer', hurry: 4 },
  garbage: { finds: 'line-unreadable' },
  cut: { finds: 'comes-and-goes' },
  'no-stream': { finds: 'preview-slow' },
  'frozen-stream': { finds: 'picture-frozen', hurry: 4 },
  'garbled-frames': { finds: 'preview-slow' },
  'old-verbs': { finds: 'service-old' },
  'three-fingers': { finds: 'no-picture' },
} as const satisfies Table['sbi-fingerprint']

const noPreview = { finds: 'nothing', because: 'an iris camera shows no preview here' } as const

/** Every fault of every simulator, and what the guided test of the device says of it. */
export const faultTable: Table = {
  'card-reader': {
    'one-byte-chunks': byByte,
    garbage: { finds: 'line-garbled', as: 'garbage:always' },
    'bad-checksum': { finds: 'line-garbled', as: 'bad-checksum:2+10' },
    silence: { finds: 'no-answer', as: 'silence:always', hurry: 4 },
    late: { finds: 'answers-late', as: 'late:2+10' },
    duplicate: { finds: 'line-garbled', as: 'duplicate:always' },
    unplug: { finds: 'comes-and-goes' },
    busy: { finds: 'hangs', as: 'busy:always', hurry: 4 },
    'wrong-mac': needsKeys,
    'wrong-length': needsKeys,
    'card-pulled': { finds: 'card-lost-in-mid-read' },
    'card-mute': { finds: 'card-mute', as: 'card-mute:always' },
  },
  fingerprint: {
    'one-byte-chunks': byByte,
    garbage: { finds: 'line-garbled' },
    'bad-checksum': { finds: 'picture-lost-on-the-way' },
    'lost-block': { finds: 'picture-lost-on-the-way' },
    silence: { finds: 'no-answer', hurry: 4 },
    late: { finds: 'answers-late' },
    duplicate: { finds: 'line-garbled' },
    unplug: { finds: 'comes-and-goes' },
    busy: { finds: 'taken-by-another-program' },
    'previous-image': { finds: 'repeats-old-picture' },
    'empty-platen': { finds: 'no-picture' },
    'three-fingers': byPerson,
    'wrong-hand': byPerson,
    'swapped-thumbs': byPerson,
    'same-finger': byPerson,
    'officers-finger': byPerson,
    'too-fast': byPerson,
    'rolled-too-little': byPerson,
    'low-quality': byPerson,
    dry: byPerson,
    wet: byPerson,
    light: byPerson,
    heavy: byPerson,
    worn: byPerson,
    palm: byPerson,
    text: byPerson,
    noise: byPerson,
  },
  'document-button': {
    'one-byte-chunks': byByte,
    garbage: { finds: 'line-garbled' },
    'bad-checksum': { finds: 'line-unreadable' },
    silence: { finds: 'no-answer' },
    late: { finds: 'nothing', because: 'nobody but the person knows when the button was pressed' },
    duplicate: { finds: 'line-garbled' },
    unplug: { finds: 'comes-and-goes' },
  },
  camera: { 'no-image': inWindow, 'cut-image': inWindow, 'empty-file': inWindow },
  zfm: {
    'one-byte-chunks': byByte,
    garbage: { finds: 'line-garbled', as: 'garbage:always' },
    'bad-checksum': { finds: 'line-garbled', as: 'bad-checksum:1+4' },
    silence: { finds: 'no-answer', as: 'silence:always', hurry: 4 },
    late: { finds: 'answers-late', as: 'late' },
    duplicate: { finds: 'line-garbled', as: 'duplicate:3' },
    unplug: { finds: 'comes-and-goes' },
    busy: { finds: 'hangs', as: 'busy:always', hurry: 4 },
    'no-finger': { finds: 'no-picture', as: 'no-finger:always', hurry: 4 },
    'wrong-password': { finds: 'refuses', as: 'wrong-password:always' },
    'receive-error': { finds: 'line-unreadable', as: 'receive-error:always' },
    reset: { finds: 'comes-and-goes', as: 'reset:2+6' },
    'previous-image': { finds: 'repeats-old-picture', as: 'previous-image:always' },
  },
  'hid-scanner': {
    'one-byte-chunks': byByte,
    garbage: { finds: 'line-garbled' },
    silence: { finds: 'nothing-scanned' },
    late: whenScanned,
    duplicate: { finds: 'line-garbled' },
    unplug: { finds: 'comes-and-goes' },
  },
  'serial-scanner': {
    'one-byte-chunks': byByte,
    garbage: { finds: 'line-garbled', as: 'garbage:always' },
    silence: { finds: 'nothing-scanned', as: 'silence:always' },
    late: { finds: 'answers-late', as: 'late' },
    duplicate: { finds: 'line-garbled', as: 'duplicate:always' },
    unplug: { finds: 'comes-and-goes' },
  },
  'sbi-fingerprint': { ...sbi, 'other-device': { ...untrusted, at: 'lay-finger' } },
  'iris-camera': {
    ...sbi,
    wsq: { finds: 'nothing', because: 'records of eyes have no such coding: the pixels come bare' },
    'error-101': { finds: 'nothing', because: 'that no eye is there is what the test expects' },
    'no-stream': noPreview,
    'frozen-stream': noPreview,
    'garbled-frames': noPreview,
    'three-fingers': { finds: 'nothing', because: 'it is a fault of hands' },
  },
}
