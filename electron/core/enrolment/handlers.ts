import { randomUUID } from 'node:crypto'
import { cardQr } from '#contract/dossier-schema.ts'
import type { Surroundings } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import type { DeviceHost } from '#core/devices/index.ts'
import type { Store } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import {
  formatPartialDate,
  parseCardQr,
  parsePartialDate,
  parsePersonalNumber,
  tidyText,
  type DetailField,
} from '#domain/person/index.ts'
import { parseMrz } from '#domain/person/mrz.ts'
import { chipAccesses } from './chip-access.ts'
import type { Actor, Desk } from './desk.ts'
import { inspectPicture } from './picture.ts'

export type Workplace = {
  readonly store: Store
  readonly desk: Desk
  readonly host: Pick<DeviceHost, 'call'>
  readonly stationCode: () => string
  readonly devices: () => Surroundings['devices']
}

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
  | 'answerForCitizen'
  | 'clearSignature'
  | 'sealDossier'
  | 'closeDossier'
  | 'abandonDossier'
  | 'answerDetail'
  | 'sign'

/** The dossier's calls. `workplace` throws STATION_LOCKED until the store is open. */
export function dossierHandlers(workplace: () => Workplace): Pick<Handlers, DossierCalls> {
  const apply = (event: Parameters<Desk['apply']>[0], by: Actor = 'officer') => {
    workplace().desk.apply(event, by)
    return {}
  }
  /** An event whose captures must be on the disk first. They belong to the dossier that was open when they were taken. */
  const applyKept = async (keep: (store: Store) => Promise<Parameters<Desk['apply']>[0]>, by: Actor = 'officer') => {
    const { desk, store } = workplace()
    const { id } = desk.open()
    const event = await keep(store)
    if (desk.open().id !== id) throw new AppError('DOSSIER_MISSING', `dossier.${event.type}`)
    return apply(event, by)
  }
  return {
    currentDossier: () => workplace().desk.view(),
    listDossiers: () => workplace().store.dossiers(),
    openDossier: () => {
      const { desk, stationCode } = workplace()
      desk.start(stationCode())
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
    giveCode: ({ text }) => {
      if (text.includes('|')) {
        const qr = parseCardQr(text)
        if (!cardQr.safeParse(qr).success)
          throw new AppError('QR_FORMAT', 'desk.qr', { context: { reason: 'too-long' } })
        apply({ type: 'qrScanned', qr })
        return { found: 'qr' }
      }
      // A zone has three lines of 30; anything else was meant to be a card's QR code and is not.
      if (!/</u.test(text)) throw new AppError('QR_FORMAT', 'desk.code', { context: { reason: 'no-card' } })
      apply({ type: 'mrzGiven', lines: parseMrz(text).lines })
      return { found: 'mrz' }
    },
    readChip: async ({ lastAttempt }) => {
      const { desk, devices } = workplace()
      chipAccesses(desk.open().state)
      return act(desk, (attempt) => ({
        type: 'chipReadStarted',
        attempt,
        device: deviceOf(devices(), 'card-reader'),
        ...(lastAttempt !== undefined && { lastAttempt }),
      }))
    },
    chooseSource: ({ field, source }) => apply({ type: 'chosen', field, source }),
    confirmComparison: () => apply({ type: 'compared' }),
    goToStep: ({ from, to }) => apply({ type: 'stepEntered', from, to }),
    addDocument: ({ kind, bytes }) =>
      applyKept(async (store) => ({ type: 'documentTaken', kind, picture: await keepPicture(store, bytes) })),
    dropDocument: ({ name }) => apply({ type: 'documentDropped', name }),
    addPortrait: ({ bytes }) =>
      applyKept(async (store) => ({ type: 'portraitTaken', picture: await keepPicture(store, bytes) })),
    captureFingers: async ({ step }) => {
      const { desk, devices } = workplace()
      return act(desk, (attempt) => ({
        type: 'fingerCaptureStarted',
        attempt,
        device: deviceOf(devices(), 'fingerprint-scanner'),
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
      return {}
    },
    acceptFingers: ({ step, reason }) => apply({ type: 'fingersAccepted', step, reason: tidyText(reason) }),
    answerForCitizen: (answer) => apply({ type: 'answered', ...answer, by: 'officer' }),
    clearSignature: () => apply({ type: 'signatureCleared' }),
    sealDossier: () => act(workplace().desk, (attempt) => ({ type: 'sealRequested', attempt })),
    closeDossier: () => apply({ type: 'closed' }),
    abandonDossier: ({ reason }) => apply({ type: 'abandoned', reason: tidyText(reason) }),

    answerDetail: (answer) => apply({ type: 'answered', ...answer, by: 'citizen' }, 'citizen'),
    sign: ({ width, height, strokes, png }) =>
      applyKept(async (store) => {
        const picture = await keepPicture(store, png)
        const text = JSON.stringify({ width, height, strokes })
        return {
          type: 'signed',
          picture,
          strokes: await store.putBlob(new TextEncoder().encode(text), 'application/json'),
        }
      }, 'citizen'),
  }
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

async function keepPicture(store: Store, bytes: Uint8Array) {
  const { mediaType, width, height } = inspectPicture(bytes)
  return { ...(await store.putBlob(bytes, mediaType)), width, height }
}

/** A device of this kind that is there; of several card readers the one that holds a card. */
function deviceOf(devices: Surroundings['devices'], kind: 'card-reader' | 'fingerprint-scanner'): string {
  const own = devices.filter((device) => device.kind === kind)
  const ready = own.filter(({ state }) => state === 'ready')
  const device = ready.find(({ cardPresent }) => cardPresent === true) ?? ready[0] ?? own[0]
  if (!device) throw new AppError('DEVICE_ABSENT', `desk.${kind}`)
  return device.id
}

/** A value as stored, in the one form that every source uses. Throws NUMBER_FORMAT or FIELD_FORMAT. */
function declaredValue(field: DetailField, value: string): string {
  const tidy = tidyText(value)
  if (tidy === '') return ''
  if (field === 'personalNumber') return parsePersonalNumber(tidy).number
  if (field === 'birthDate') return formatPartialDate(parsePartialDate(tidy))
  return tidy
}
