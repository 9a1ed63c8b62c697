import { randomUUID } from 'node:crypto'
import { cardQr } from '#contract/dossier-schema.ts'
import type { StationPolicy, Surroundings } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import type { DeviceHost } from '#core/devices/index.ts'
import type { Store } from '#core/store/index.ts'
import { eyes } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import {
  foreignCode,
  formatPartialDate,
  parseCardQr,
  parsePartialDate,
  parsePersonalNumber,
  tidyText,
  withoutSymbology,
  type DetailField,
} from '#domain/person/index.ts'
import { parseMrz } from '#domain/person/mrz.ts'
import { applyKept as applyKeptTo } from './apply-kept.ts'
import { chipAccesses } from './chip-access.ts'
import { citizenHandlers, type CitizenCalls } from './citizen-handlers.ts'
import type { CitizenHints } from './citizen-hint.ts'
import type { Actor, Desk } from './desk.ts'
import type { CardsLeft } from './left-behind.ts'
import { listOfficers, registerOfficer, verifyOfficer } from './officer-prints.ts'
import { keepPicture } from './keep-picture.ts'
import { cardReaderFor, irisCameraFor, readerFor } from './readers.ts'

export type Workplace = {
  readonly store: Store
  readonly desk: Desk
  readonly host: Pick<DeviceHost, 'call'>
  readonly stationCode: () => string
  readonly devices: () => Surroundings['devices']
  readonly cards: Pick<CardsLeft, 'leftBehind'>
  readonly hints: Pick<CitizenHints, 'portrait'>
}

/** Both eyes open and before the camera, in milliseconds. */
const irisPatienceMs = 30_000

type DossierCalls =
  | 'currentDossier'
  | 'listDossiers'
  | 'openDossier'
  | 'resumeDossier'
  | 'saveDraft'
  | 'declareDetail'
  | 'giveCode'
  | 'readChip'
  | 'chooseSource'
  | 'confirmComparison'
  | 'goToStep'
  | 'addDocument'
  | 'dropDocument'
  | 'addPortrait'
  | 'captureFingers'
  | 'shootFingers'
  | 'stopCapture'
  | 'acceptFingers'
  | 'dropFingerTry'
  | 'dismissFingerDoubt'
  | 'exceptFinger'
  | 'dropFingerException'
  | 'approveFingerException'
  | 'chooseBedside'
  | 'captureIrises'
  | 'listOfficers'
  | 'registerOfficer'
  | 'removeOfficer'
  | 'stopOfficerCapture'
  | 'stationPolicy'
  | 'setStationPolicy'
  | 'sealDossier'
  | 'closeDossier'
  | 'abandonDossier'

/** The dossier's calls. `workplace` throws STATION_LOCKED until the store is open. */
export function dossierHandlers(workplace: () => Workplace): Pick<Handlers, DossierCalls | CitizenCalls> {
  const apply = (event: Parameters<Desk['apply']>[0], by: Actor = 'officer') => {
    workplace().desk.apply(event, by)
    return {}
  }
  const applyKept = (keep: Parameters<typeof applyKeptTo>[1], by?: Actor) => applyKeptTo(workplace(), keep, by)
  /** An officer lays a finger down, or a citizen looks into the iris camera: one at a time. */
  let officerCapture: AbortController | undefined
  const withOfficer = async <T>(take: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (officerCapture) throw new AppError('DEVICE_BUSY', 'officer.capture')
    officerCapture = new AbortController()
    try {
      return await take(officerCapture.signal)
    } finally {
      officerCapture = undefined
    }
  }
  return {
    ...citizenHandlers(workplace, { take: withOfficer, stop: () => officerCapture?.abort() }),
    currentDossier: () => workplace().desk.view(),
    listDossiers: () => workplace().store.dossiers(),
    openDossier: () => {
      const { desk, store, stationCode } = workplace()
      desk.start(stationCode(), policyOf(store))
      return {}
    },
    resumeDossier: ({ id }) => {
      workplace().desk.resume(id)
      return {}
    },
    saveDraft: ({ field, text }) => ({ savedAt: workplace().desk.saveDraft(field, text) }),
    declareDetail: ({ field, value }) => {
      apply({ type: 'declared', field, value: declaredValue(field, value) })
      // Only now: a value that was not taken is still under the officer's hands.
      workplace().desk.clearDraft(`declared.${field}`)
      return {}
    },
    giveCode: ({ text: given }) => {
      // Nothing is looked at, let alone shown, before the station is open.
      workplace()
      const text = withoutSymbology(given)
      // A zone has three lines of 30 with fillers; anything else was meant to be a card's QR code, or is a stranger's.
      if (text.includes('|') || !text.includes('<') || foreignCode(text)) {
        const qr = parseCardQr(text)
        if (!cardQr.safeParse(qr).success)
          throw new AppError('QR_FORMAT', 'desk.qr', { context: { reason: 'too-long' } })
        apply({ type: 'qrScanned', qr })
        return { found: 'qr' }
      }
      apply({ type: 'mrzGiven', lines: parseMrz(text).lines })
      return { found: 'mrz' }
    },
    readChip: async ({ lastAttempt }) => {
      const { desk, devices, cards } = workplace()
      const { id, state } = desk.open()
      chipAccesses(state)
      const isLeft = (reader: string) => cards.leftBehind(reader, id)
      const device = cardReaderFor(devices(), isLeft)
      if (isLeft(device)) throw new AppError('CARD_LEFT_BEHIND', 'chip.read', { context: { device } })
      return act(desk, (attempt) => ({
        type: 'chipReadStarted',
        attempt,
        device,
        ...(lastAttempt !== undefined && { lastAttempt }),
      }))
    },
    chooseSource: ({ field, source }) => apply({ type: 'chosen', field, source }),
    confirmComparison: () => apply({ type: 'compared' }),
    goToStep: ({ from, to }) => {
      apply({ type: 'stepEntered', from, to })
      // A mark is laid down on this step only.
      if (from === 'check') officerCapture?.abort()
      return {}
    },
    addDocument: ({ kind, page, bytes }) =>
      applyKept(async (store) => ({
        type: 'documentTaken',
        kind,
        picture: await keepPicture(store, bytes),
        ...(page !== undefined && { page }),
      })),
    dropDocument: ({ name }) => apply({ type: 'documentDropped', name }),
    addPortrait: ({ bytes }) =>
      applyKept(async (store) => ({ type: 'portraitTaken', picture: await keepPicture(store, bytes) })),
    captureFingers: async ({ step }) => {
      const { desk, devices } = workplace()
      return act(desk, (attempt) => ({
        type: 'fingerCaptureStarted',
        attempt,
        device: readerFor(devices(), 'enrolment'),
        step,
      }))
    },
    shootFingers: async () => {
      const { desk, host } = workplace()
      const running = desk.open().state.fingerAttempt
      if (!running) throw new AppError('EVENT_NOT_ALLOWED', 'finger.shoot')
      await host.call('finger.shoot', { attempt: running.attempt })
      return {}
    },
    stopCapture: () => {
      workplace().desk.stopAct()
      officerCapture?.abort()
      return {}
    },
    acceptFingers: ({ step, reason }) => apply({ type: 'fingersAccepted', step, reason: tidyText(reason) }),
    dropFingerTry: ({ attempt }) => apply({ type: 'fingerTryDropped', attempt }),
    dismissFingerDoubt: ({ attempt, reason }) =>
      apply({ type: 'fingerDoubtDismissed', attempt, reason: tidyText(reason) }),
    exceptFinger: ({ finger, reason, photo }) =>
      applyKept(async (store) => ({
        type: 'fingerExcepted',
        finger,
        reason,
        ...(photo && { photo: await keepPicture(store, photo) }),
      })),
    dropFingerException: ({ finger }) => apply({ type: 'fingerExceptionDropped', finger }),
    approveFingerException: async ({ finger, badge }) => {
      const { desk } = workplace()
      const { id } = desk.open()
      const approved = await withOfficer((signal) => verifyOfficer(badge, workplace(), signal))
      if (desk.open().id !== id) throw new AppError('DOSSIER_MISSING', 'dossier.fingerExceptionApproved')
      return apply({ type: 'fingerExceptionApproved', finger, badge, ...approved })
    },
    chooseBedside: ({ reason }) => apply({ type: 'bedsideChosen', reason: tidyText(reason) }),
    captureIrises: () =>
      applyKept(async (store) => {
        const { devices, host } = workplace()
        const request = { attempt: randomUUID(), device: irisCameraFor(devices()), eyes, patienceMs: irisPatienceMs }
        const taken = await withOfficer((signal) => host.call('iris.capture', request, signal))
        const irises = taken.map(async ({ eye, quality, png, width, height }) => ({
          eye,
          quality,
          picture: { ...(await store.putBlob(png, 'image/png')), width, height },
        }))
        return { type: 'irisesTaken', irises: await Promise.all(irises) }
      }),
    listOfficers: () => listOfficers(workplace().store),
    registerOfficer: async (officer) => {
      const tidy = { ...officer, badge: tidyText(officer.badge), name: tidyText(officer.name) }
      await withOfficer((signal) => registerOfficer(tidy, workplace(), signal))
      return {}
    },
    removeOfficer: ({ badge }) => {
      workplace().store.removeOfficer(badge, { actor: 'officer', window: 'officer', act: 'officer.removed' })
      return {}
    },
    stopOfficerCapture: () => {
      officerCapture?.abort()
      return {}
    },
    stationPolicy: () => policyOf(workplace().store),
    setStationPolicy: ({ shortForChildren }) => {
      const { store } = workplace()
      store.setSetting('policy.short-for-children', String(shortForChildren))
      store.recordAct({ actor: 'officer', window: 'officer', act: 'policy.short-for-children' })
      return {}
    },
    sealDossier: () => act(workplace().desk, (attempt) => ({ type: 'sealRequested', attempt })),
    closeDossier: () => apply({ type: 'closed' }),
    abandonDossier: ({ reason }) => {
      apply({ type: 'abandoned', reason: tidyText(reason) })
      officerCapture?.abort()
      return {}
    },
  }
}

function policyOf(store: Store): StationPolicy {
  return { shortForChildren: store.setting('policy.short-for-children') === 'true' }
}

/** Starts an act under a fresh attempt and waits for its outcome. */
async function act(
  desk: Desk,
  event: (attempt: string) => Parameters<Desk['apply']>[0],
): Promise<Record<string, never>> {
  const attempt = randomUUID()
  desk.apply(event(attempt), 'officer')
  await desk.finished(attempt)
  return {}
}

/** A value as stored, in the one form that every source uses. Throws NUMBER_FORMAT or FIELD_FORMAT. */
function declaredValue(field: DetailField, value: string): string {
  const tidy = tidyText(value)
  if (tidy === '') return ''
  if (field === 'personalNumber') return parsePersonalNumber(tidy).number
  if (field === 'birthDate') return formatPartialDate(parsePartialDate(tidy))
  return tidy
}
