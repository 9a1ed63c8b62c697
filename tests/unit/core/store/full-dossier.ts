import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { encode } from 'fast-png'
import type { AuditInput, Store } from '#core/store/index.ts'
import { rolledSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import {
  compareSources,
  emptyState,
  expectedFingers,
  next,
  pageOf,
  usualViewing,
  type BlobRef,
  type DossierEvent,
  type DossierState,
  type Step,
} from '#domain/enrolment/index.ts'
import { inventedJpeg } from '../../../support/pictures.ts'

export const key = new Uint8Array(32).fill(7)
export const byOfficer: AuditInput = { actor: 'officer-1', window: 'officer', act: 'dossier.changed' }
/** Invented. */
export const person = {
  name: 'Lò Thị Mẫu',
  number: '014190000123',
  residence: 'Bản Mẫu, xã Thử Nghiệm, tỉnh Điện Biên',
}

export function opened(store: Store, station = 'SL-0312'): DossierEvent & { type: 'opened' } {
  return { type: 'opened', number: store.nextDossierNumber(station), station, day: '2026-11-20' }
}

/** Bytes that no compression and no chance would produce a second time. */
export function imageBytes(name: string, size: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, n) =>
    createHash('sha256').update(`${name} ${n}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, size)
}

const pictureSize = { width: 100, height: 80 }
const blank = encode({ ...pictureSize, data: new Uint8Array(100 * 80), depth: 8, channels: 1 })
const afterHeader = 33

/** A picture of one size, whole in its format (except the chip's), that holds `imageBytes` as they are. */
export function pictureBytes(name: string, size: number, mediaType: string): Uint8Array {
  const own = imageBytes(name, size)
  if (mediaType === 'image/jpeg') {
    const jpeg = inventedJpeg(100, 80)
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), own])
    comment.writeUInt16BE(own.length + 2, 2)
    return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
  }
  if (mediaType !== 'image/png') return own
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('qcCc'), own, Buffer.alloc(4)])
  chunk.writeUInt32BE(own.length, 0)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return Buffer.concat([blank.subarray(0, afterHeader), chunk, blank.subarray(afterHeader)])
}

export type FullDossier = { readonly id: string; readonly state: DossierState; readonly images: readonly Uint8Array[] }

/** Invented. */
export const mother = { name: 'Quàng Thị Mẫu', number: '014168004561', relation: 'mother', reason: 'ward' } as const
/** Invented. */
export const witness = { name: 'Giàng A Mẫu', number: '012201000045' }

/** What is unusual about a visit. */
export type Unusual = {
  /** The mother confirms and signs for her grown-up ward. */
  readonly represented?: boolean
  /** A finger and a witness stand in for the signature. */
  readonly cannotSign?: boolean
}

/** A whole visit of an invented person, as the enrolment service would store it, up to the request to seal. */
export async function storeFullDossier(store: Store, imageSize = 2000, unusual: Unusual = {}): Promise<FullDossier> {
  const by = unusual.represented ? 'representative' : 'citizen'
  const id = 'dossier-of-the-test'
  const images: Uint8Array[] = []
  let state = emptyState
  const picture = async (
    name: string,
    mediaType = 'image/png',
  ): Promise<BlobRef & { width: number; height: number }> => {
    const bytes = pictureBytes(name, imageSize, mediaType)
    images.push(bytes)
    return { ...(await store.putBlob(bytes, mediaType)), ...pictureSize }
  }
  const happen = (event: DossierEvent) => {
    state = next(state, event).state
    if (event.type === 'opened') store.createDossier(id, event, { ...byOfficer, act: 'dossier.opened' })
    else store.append(id, event, state.status, { ...byOfficer, act: `dossier.${event.type}` })
  }

  const enter = (to: Step) => happen({ type: 'stepEntered', from: state.step, to })

  happen(opened(store))
  store.setDraft(id, 'fullName', person.name.slice(0, 5))
  happen({ type: 'declared', field: 'fullName', value: person.name })
  store.clearDraft(id, 'fullName')
  store.setDraft(id, 'residence', person.residence)
  happen({ type: 'declared', field: 'nationality', value: 'Việt Nam' })
  if (unusual.represented) happen({ type: 'representativeNamed', representative: mother })
  happen({ type: 'viewingChosen', viewing: { ...usualViewing, textSize: 150 } })
  happen({ type: 'qrScanned', qr: { details: { fullName: person.name, personalNumber: person.number }, more: [] } })
  happen({ type: 'chipReadStarted', attempt: 'chip-1', device: 'reader' })
  happen({
    type: 'chipRead',
    attempt: 'chip-1',
    details: {
      fullName: person.name,
      personalNumber: person.number,
      birthDate: '05/03/1990',
      sex: 'Nữ',
      residence: person.residence,
    },
    issued: '01/02/2022',
    trust: 'no-trust-anchor',
    access: 'bac',
    portrait: await picture('chip portrait', 'image/jp2'),
  })
  enter('compare')
  happen({ type: 'compared' })
  enter('documents')
  happen({ type: 'documentTaken', kind: 'old-card-front', picture: await picture('old card', 'image/jpeg') })
  enter('portrait')
  happen({ type: 'portraitTaken', picture: await picture('portrait, eyes closed', 'image/jpeg') })
  happen({ type: 'portraitTaken', picture: await picture('portrait', 'image/jpeg') })
  enter('fingers')
  happen({ type: 'irisesTaken', irises: [{ eye: 'left', quality: 71, picture: await picture('left iris') }] })
  happen({ type: 'fingerExcepted', finger: 'left-little', reason: 'deformed', photo: await picture('left hand') })
  happen({ type: 'fingerExceptionApproved', finger: 'left-little', badge: '014-207', name: 'Quàng Văn Mẫu', score: 82 })
  const rolled = rolledSteps.filter((step) => step !== 'rolled-left-little')
  const steps: readonly CaptureStep[] = ['right-four', 'right-four', 'left-four', 'two-thumbs', ...rolled]
  for (const [attempt, step] of steps.entries()) {
    happen({ type: 'fingerCaptureStarted', attempt: `finger-${attempt}`, device: 'scanner', step })
    const fingers = []
    for (const [index, position] of expectedFingers(state, step).entries()) {
      const print = await picture(`print ${attempt} ${position}`)
      const box = { x: 10 * index, y: 5, width: 10, height: 20 }
      const quality = 60 + (attempt === 0 ? 9 - 6 * index : index)
      const record = imageBytes(`minutiae ${attempt} ${position}`, 200)
      const template = await store.putBlob(record, 'application/vnd.iso.19794-2')
      images.push(record)
      fingers.push({ position, quality, box, angle: 1.5, print, template, minutiae: 29 })
    }
    happen({
      type: 'fingersTaken',
      attempt: `finger-${attempt}`,
      slap: await picture(`slap ${attempt}`),
      dpi: 500,
      fingers,
    })
  }
  const doubts = [{ kind: 'officer', position: 'right-index', badge: '014-207', score: 51 }] as const
  happen({ type: 'fingersCompared', attempt: 'finger-1', doubts })
  happen({ type: 'fingerDoubtDismissed', attempt: 'finger-1', reason: 'hai ngón khác nhau, đã xem lại' })
  enter('check')
  const showing = { language: 'vi', lines: ['Mời chị xem lại.', 'Đúng', 'Sai', 'Không chắc'], heard: 'voice' } as const
  for (const { field, value } of compareSources(state)) {
    if (value === undefined) continue
    happen({ type: 'shown', what: { kind: 'detail', field, value }, ...showing })
    // One is not sure of it, is shown it again, and then is.
    if (field === 'residence') {
      happen({ type: 'answered', field, value, answer: 'unsure', by })
      happen({ type: 'shown', what: { kind: 'detail', field, value }, ...showing, heard: 'nothing' })
    }
    happen({ type: 'answered', field, value, answer: 'right', by })
  }
  happen({ type: 'answered', field: 'sex', value: 'Nữ', answer: 'right', by: 'officer' })
  happen({ type: 'shown', what: { kind: 'page', ...pageOf(state) }, ...showing })
  happen({ type: 'pageConfirmed', by })
  const kept = async (text: string, mediaType: string) => {
    const bytes = Buffer.from(text)
    images.push(bytes)
    return store.putBlob(bytes, mediaType)
  }
  const ink = async (name: string) => ({
    picture: await picture(name),
    strokes: await kept(strokes(name), 'application/json'),
    vector: await kept(`<svg xmlns="http://www.w3.org/2000/svg"><title>${name}</title></svg>`, 'image/svg+xml'),
    pointer: 'pen' as const,
  })
  if (unusual.cannotSign) {
    happen({ type: 'signingExcepted', reason: 'hand-injured', witness })
    happen({ type: 'markTaken', finger: 'right-index', print: await picture('mark'), score: 71.5 })
    happen({ type: 'witnessSigned', ...(await ink('witness')) })
  } else happen({ type: 'signed', ...(await ink('signature')), by })
  enter('review')
  happen({ type: 'sealRequested', attempt: 'seal-1' })
  return { id, state, images }
}

function strokes(name: string): string {
  const points = [
    { x: 0, y: 0, t: 0, pressure: 0.5 },
    { x: 3.25, y: name.length, t: 8, pressure: 0.75 },
  ]
  return JSON.stringify({ width: 100, height: 80, strokes: [points] })
}
