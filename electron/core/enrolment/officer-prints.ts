import { randomUUID } from 'node:crypto'
import type { OfficerPrint, Surroundings } from '#contract/index.ts'
import type { DeviceHost } from '#core/devices/index.ts'
import type { Store } from '#core/store/index.ts'
import { verificationDemand, type FingerPosition } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { readerFor } from './readers.ts'

export type OfficerDesk = {
  readonly store: Store
  readonly host: Pick<DeviceHost, 'call'>
  readonly devices: () => Surroundings['devices']
}

/** The officers whose prints are on file. */
export function listOfficers(store: Store): OfficerPrint[] {
  const officers = new Map<string, { name: string; fingers: FingerPosition[] }>()
  for (const { badge, name, finger } of store.officerPrints()) {
    const officer = officers.get(badge) ?? { name, fingers: [] }
    officer.fingers.push(finger)
    officers.set(badge, officer)
  }
  return [...officers].map(([badge, officer]) => ({ badge, ...officer }))
}

/** Takes one finger with the enrolment scanner and files its minutiae; the picture is not kept. LOW_QUALITY. */
export async function registerOfficer(
  { badge, name, finger }: { readonly badge: string; readonly name: string; readonly finger: FingerPosition },
  { store, host, devices }: OfficerDesk,
  signal: AbortSignal,
): Promise<void> {
  const device = readerFor(devices(), 'enrolment')
  const request = { attempt: randomUUID(), device, step: `flat-${finger}`, ...verificationDemand } as const
  const { fingers } = await host.call('finger.capture', request, signal)
  const print = fingers[0]
  if (!print) throw new AppError('NO_FINGER', 'officer.register')
  if (print.quality < verificationDemand.minimumQuality)
    throw new AppError('LOW_QUALITY', 'officer.register', { context: { quality: print.quality } })
  store.putOfficerPrint(
    { badge, name, finger, template: print.template },
    { actor: 'officer', window: 'officer', act: 'officer.registered' },
  )
}

/** The officer with this badge lays a finger down. How alike it is to the print on file; FINGER_DIFFERS when it is not. */
export async function verifyOfficer(
  badge: string,
  { store, host, devices }: OfficerDesk,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly score: number }> {
  const prints = store.officerPrints().filter((print) => print.badge === badge)
  const name = prints[0]?.name
  if (name === undefined) throw new AppError('FINGER_DIFFERS', 'officer.verify', { context: { reason: 'unknown' } })
  const templates = prints.map(({ finger, template }) => ({ key: finger, template }))
  const device = readerFor(devices(), 'verification')
  const request = { attempt: randomUUID(), device, templates, ...verificationDemand }
  const { match } = await host.call('finger.verify', request, signal)
  if (!match) throw new AppError('FINGER_DIFFERS', 'officer.verify')
  return { name, score: match.score }
}
