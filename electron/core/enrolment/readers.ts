import type { Surroundings } from '#contract/index.ts'
import { AppError } from '#domain/failure/index.ts'

type Devices = Surroundings['devices']

/** The card reader that holds a card, first one for this person; else one that is there. DEVICE_ABSENT without any. */
export function cardReaderFor(devices: Devices, isLeft: (device: string) => boolean): string {
  const own = devices.filter(({ kind }) => kind === 'card-reader')
  const ready = own.filter(({ state }) => state === 'ready')
  const withCard = ready.filter(({ cardPresent }) => cardPresent === true)
  return idOf('card-reader', withCard.find(({ id }) => !isLeft(id)) ?? withCard[0] ?? ready[0] ?? own[0])
}

/**
 * The fingerprint reader for a purpose. Enrolment takes no small reader while there is another; verification prefers
 * the small one, which leaves the slap scanner to the citizen. DEVICE_ABSENT without any.
 */
export function readerFor(devices: Devices, purpose: 'enrolment' | 'verification'): string {
  const own = devices.filter(({ kind }) => kind === 'fingerprint-scanner')
  const ready = own.filter(({ state }) => state === 'ready')
  const fits = ({ grade = 'enrolment' }: Devices[number]) => grade === purpose
  return idOf('fingerprint-scanner', ready.find(fits) ?? own.find(fits) ?? ready[0] ?? own[0])
}

/** The document camera with a button and perhaps a lamp; its picture is the window's affair. DEVICE_ABSENT without any. */
export function lampFor(devices: Devices): string {
  const own = devices.filter(({ kind, transport }) => kind === 'document-camera' && transport !== 'browser')
  return idOf('document-camera', own.find(({ state }) => state === 'ready') ?? own[0])
}

/** DEVICE_ABSENT without an iris camera. */
export function irisCameraFor(devices: Devices): string {
  const own = devices.filter(({ kind }) => kind === 'iris-camera')
  return idOf('iris-camera', own.find(({ state }) => state === 'ready') ?? own[0])
}

function idOf(kind: string, device: Devices[number] | undefined): string {
  if (!device) throw new AppError('DEVICE_ABSENT', `desk.${kind}`)
  return device.id
}
