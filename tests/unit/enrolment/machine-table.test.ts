import { AppError } from '#domain/failure/index.ts'
import {
  emptyState,
  next,
  type DossierEventType,
  type DossierState,
  type DossierStatus,
} from '#domain/enrolment/index.ts'
import { describe, expect, it } from 'vitest'
import { dossierAt, picture, samples, shownPage } from './dossiers.ts'

const whileOpen: readonly DossierEventType[] = [
  'declared',
  'qrScanned',
  'mrzGiven',
  'chipReadStarted',
  'chipReadFailed',
  'chipRead',
  'chosen',
  'compared',
  'documentTaken',
  'documentDropped',
  'portraitTaken',
  'portraitAccepted',
  'portraitJudged',
  'fingerCaptureStarted',
  'fingerCaptureFailed',
  'fingersTaken',
  'fingersCompared',
  'fingerTryDropped',
  'fingerDoubtDismissed',
  'fingerExcepted',
  'fingerExceptionDropped',
  'fingerExceptionApproved',
  'irisesTaken',
  'bedsideChosen',
  'fingersAccepted',
  'addressChosen',
  'viewingChosen',
  'representativeNamed',
  'representativeDropped',
  'shown',
  'answered',
  'pageConfirmed',
  'signed',
  'signatureCleared',
  'signingExcepted',
  'signingExceptionDropped',
  'markTaken',
  'witnessSigned',
  'stepEntered',
  'sealRequested',
  'abandoned',
]

/** What may happen when; everything else is refused. */
const table: Readonly<Record<DossierStatus, readonly DossierEventType[]>> = {
  none: ['opened'],
  open: whileOpen,
  sealing: ['sealFailed', 'sealed', 'viewingChosen'],
  sealed: ['exported', 'closed', 'viewingChosen'],
  abandoned: [],
  closed: ['exported'],
}

/** A dossier in which an event that is allowed in the status also fits everything else. */
function ready(status: DossierStatus, type: DossierEventType): DossierState {
  switch (status) {
    case 'none':
      return emptyState
    case 'open':
      return openFor(type)
    case 'sealing':
      return { ...dossierAt('sealing'), sealAttempt: 's9' }
    case 'sealed':
      return dossierAt('sealed')
    case 'abandoned':
      return dossierAt('fingers', samples.abandoned)
    case 'closed':
      return dossierAt('closed')
  }
}

function openFor(type: DossierEventType): DossierState {
  if (type === 'chipRead' || type === 'chipReadFailed') return dossierAt('chip', samples.chipReadStarted)
  if (type === 'fingersTaken' || type === 'fingerCaptureFailed')
    return dossierAt('portrait', samples.fingerCaptureStarted)
  if (type === 'fingersCompared' || type === 'fingerTryDropped' || type === 'fingerDoubtDismissed')
    return dossierAt('fingers')
  if (type === 'fingerExceptionApproved') return dossierAt('fingers', samples.fingerExcepted)
  if (type === 'portraitAccepted' || type === 'portraitJudged') return dossierAt('portrait')
  if (type === 'shown') return dossierAt('check')
  if (type === 'answered') return dossierAt('check', samples.shown)
  if (type === 'pageConfirmed') return dossierAt('answers', shownPage())
  if (type === 'signed') return dossierAt('page')
  if (type === 'markTaken') return dossierAt('page', samples.signingExcepted)
  if (type === 'witnessSigned') return dossierAt('page', samples.signingExcepted, samples.markTaken)
  if (type === 'sealRequested') return dossierAt('review')
  return dossierAt('chip')
}

const statuses = Object.keys(table) as DossierStatus[]
const types = Object.keys(samples) as DossierEventType[]
const pairs = statuses.flatMap((status) =>
  types.map((type) => ({ status, type, allowed: table[status].includes(type) })),
)

describe('the table of states and events', () => {
  it.each(pairs.filter(({ allowed }) => allowed))('$type happens in $status', ({ status, type }) => {
    const before = ready(status, type)
    const copy = structuredClone(before)
    expect(() => next(before, samples[type])).not.toThrow()
    expect(before).toEqual(copy)
  })

  it.each(pairs.filter(({ allowed }) => !allowed))('$type is refused in $status', ({ status, type }) => {
    const before = ready(status, type)
    const copy = structuredClone(before)
    expect(() => next(before, samples[type])).toThrow(expect.objectContaining({ code: 'EVENT_NOT_ALLOWED' }))
    expect(before).toEqual(copy)
  })

  it('leads from each status only where the visit can go', () => {
    const reached = Object.fromEntries(
      statuses.map((status) => [
        status,
        new Set(table[status].map((type) => next(ready(status, type), samples[type]).state.status)),
      ]),
    )
    expect(reached).toEqual({
      none: new Set(['open']),
      open: new Set(['open', 'sealing', 'abandoned']),
      sealing: new Set(['open', 'sealed', 'sealing']),
      sealed: new Set(['sealed', 'closed']),
      abandoned: new Set(),
      closed: new Set(['closed']),
    })
  })

  it('refuses with a failure that holds no personal data', () => {
    try {
      next(dossierAt('closed'), { type: 'declared', field: 'fullName', value: 'Lò Thị Mẫu' })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect(JSON.stringify([error, (error as Error).message])).not.toContain('Mẫu')
    }
  })
})

describe('effects', () => {
  const typesOf = (state: DossierState, type: DossierEventType) =>
    next(state, samples[type]).effects.map((effect) => effect.type)

  it('start a device for its attempt and stop the one before it', () => {
    const reading = next(dossierAt('chip'), samples.chipReadStarted)
    expect(reading.effects).toEqual([{ type: 'read-chip', attempt: 'c9', device: 'reader' }])
    const again = next(reading.state, { type: 'chipReadStarted', attempt: 'c10', device: 'reader' })
    expect(again.effects).toEqual([
      { type: 'stop-device', attempt: 'c9' },
      { type: 'read-chip', attempt: 'c10', device: 'reader' },
    ])
  })

  it('stop whatever runs when the citizen goes or the file is sealed', () => {
    const busy = dossierAt('review', samples.chipReadStarted, samples.fingerCaptureStarted)
    const stops = [
      { type: 'stop-device', attempt: 'c9' },
      { type: 'stop-device', attempt: 'f9' },
    ]
    expect(next(busy, samples.abandoned).effects).toEqual([...stops, { type: 'show-citizen' }])
    const sealing = next(busy, samples.sealRequested)
    expect(sealing.effects).toEqual([...stops, { type: 'seal', attempt: 's9' }])
    const failed = next(sealing.state, samples.sealFailed).state
    expect(failed).not.toHaveProperty('chipAttempt')
    expect(failed).not.toHaveProperty('fingerAttempt')
  })

  it('show the citizen every change that concerns them', () => {
    for (const type of [
      'opened',
      'portraitTaken',
      'fingersTaken',
      'addressChosen',
      'viewingChosen',
      'representativeNamed',
      'representativeDropped',
      'answered',
      'pageConfirmed',
      'signed',
      'signatureCleared',
      'signingExcepted',
      'signingExceptionDropped',
      'markTaken',
      'witnessSigned',
      'stepEntered',
      'compared',
      'abandoned',
    ] as const) {
      const state = type === 'opened' ? emptyState : openFor(type)
      expect(typesOf(state, type), type).toContain('show-citizen')
    }
    expect(typesOf(dossierAt('sealed'), 'closed')).toContain('show-citizen')
  })
})

describe('captures', () => {
  it('are all kept, and the last portrait is the one used', () => {
    const state = dossierAt('portrait', { type: 'portraitTaken', picture: picture('second') })
    expect(state.portraits.map(({ picture: { name } }) => name)).toEqual(['portrait', 'second'])
    expect(state.portrait?.name).toBe('second')
  })

  it('of documents can be dropped by name, and only that one', () => {
    const state = dossierAt('documents', samples.documentTaken, samples.documentDropped)
    expect(state.documents.map(({ picture: { name } }) => name)).toEqual(['front'])
  })

  it('that failed keep what was taken before and say why', () => {
    const state = dossierAt('fingers', samples.fingerCaptureStarted, samples.fingerCaptureFailed)
    expect(state.fingerFailure).toBe('DEVICE_GONE')
    expect(state.tries['left-four']).toHaveLength(1)
    expect(next(state, samples.fingerCaptureStarted).state).not.toHaveProperty('fingerFailure')
  })
})

describe('a value taken back', () => {
  it('is absent, not empty', () => {
    const state = dossierAt(
      'opened',
      { type: 'declared', field: 'origin', value: 'Thôm Mòn' },
      { type: 'declared', field: 'origin', value: '' },
    )
    expect(state.declared).toEqual({})
  })
})
