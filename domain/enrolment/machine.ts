import type { CaptureStep, FingerPosition } from '../biometrics/index.ts'
import { AppError } from '../failure/index.ts'
import type { DetailField, PersonDetails } from '../person/index.ts'
import {
  answered,
  markTaken,
  pageConfirmed,
  representativeDropped,
  representativeNamed,
  shown,
  signed,
  signingExcepted,
  unsigned,
  withConfirmed,
  witnessSigned,
} from './citizen-acts.ts'
import { proposedDetails } from './compare.ts'
import type { DossierEvent, IrisTaken } from './events.ts'
import { findings } from './findings.ts'
import { expectedFingers } from './finger-progress.ts'
import { emptyState, type DossierState, type FingerException, type PortraitShot, type SlapTry } from './state.ts'

/** What the world must do after an event; data, so that a test can read it and a restart can do it again. */
export type Effect =
  | { readonly type: 'read-chip'; readonly attempt: string; readonly device: string; readonly lastAttempt?: boolean }
  | {
      readonly type: 'capture-fingers'
      readonly attempt: string
      readonly device: string
      readonly step: CaptureStep
    }
  | { readonly type: 'compare-fingers'; readonly attempt: string }
  | { readonly type: 'stop-device'; readonly attempt: string }
  | { readonly type: 'seal'; readonly attempt: string }
  | { readonly type: 'show-citizen' }

export type Transition = { readonly state: DossierState; readonly effects: readonly Effect[] }

/**
 * The dossier after one event. Pure. Throws EVENT_NOT_ALLOWED when the event does not fit the state, LATE_REPLY for a
 * device reply whose attempt is no longer the current one, DOSSIER_INCOMPLETE for a seal with something missing.
 */
export function next(state: DossierState, event: DossierEvent): Transition {
  if (!allowedIn[state.status].includes(event.type)) {
    throw new AppError('EVENT_NOT_ALLOWED', `dossier.${event.type}`, { context: { status: state.status } })
  }
  switch (event.type) {
    case 'opened':
      return to(
        {
          ...state,
          status: 'open',
          number: event.number,
          station: event.station,
          day: event.day,
          ...(event.shortForChildren !== undefined && { shortForChildren: event.shortForChildren }),
          visited: ['arrival'],
        },
        [showCitizen],
      )
    case 'declared':
      return to({ ...state, declared: withDetail(state.declared, event.field, event.value) })
    case 'qrScanned':
      return to({ ...state, qr: event.qr })
    case 'mrzGiven':
      return to({ ...state, mrz: event.lines })
    case 'chipReadStarted': {
      const { chipFailure: _, ...rest } = state
      const { attempt, device } = event
      return to({ ...rest, chipAttempt: { attempt, device } }, [
        ...stopped(state.chipAttempt),
        {
          type: 'read-chip',
          attempt,
          device,
          ...(event.lastAttempt !== undefined && { lastAttempt: event.lastAttempt }),
        },
      ])
    }
    case 'chipReadFailed': {
      const { chipAttempt: _, ...rest } = current(state, 'chipAttempt', event)
      return to({ ...rest, chipFailure: event.code })
    }
    case 'chipRead': {
      const { chipAttempt: _, chipFailure: __, ...rest } = current(state, 'chipAttempt', event)
      const { type: ___, attempt: ____, ...chip } = event
      return to({ ...rest, chip })
    }
    case 'chosen':
      return to({ ...state, chosen: { ...state.chosen, [event.field]: event.source } })
    case 'compared':
      return to(withConfirmed(state, proposedDetails(state)), [showCitizen])
    case 'documentTaken':
      return to({ ...state, documents: [...state.documents, untyped(event)] })
    case 'documentDropped':
      return to({ ...state, documents: state.documents.filter(({ picture }) => picture.name !== event.name) })
    case 'portraitTaken': {
      // The picture stood on the page that was signed.
      const portraits = [...state.portraits, untyped(event)]
      return to({ ...unsigned(state), portrait: event.picture, portraits }, [showCitizen])
    }
    case 'portraitAccepted':
      return to(withPortrait(state, event, ({ because: _, ...shot }) => ({ ...shot, because: event.because })))
    case 'portraitJudged': {
      const { same, likeness } = event
      return to(
        withPortrait(state, event, (shot) => ({
          ...shot,
          judged: { same, ...(likeness !== undefined && { likeness }) },
        })),
      )
    }
    case 'fingerCaptureStarted': {
      const { fingerFailure: _, ...rest } = state
      const { attempt, device, step } = event
      if (expectedFingers(state, step).length === 0)
        throw new AppError('EVENT_NOT_ALLOWED', 'dossier.fingerCaptureStarted', { context: { step } })
      return to({ ...rest, fingerAttempt: { attempt, device, step }, fingerStep: step }, [
        ...stopped(state.fingerAttempt),
        { type: 'capture-fingers', attempt, device, step },
        showCitizen,
      ])
    }
    case 'fingerCaptureFailed': {
      const { fingerAttempt: _, ...rest } = current(state, 'fingerAttempt', event)
      return to({ ...rest, fingerFailure: event.code }, [showCitizen])
    }
    case 'fingersTaken': {
      const step = state.fingerAttempt?.step
      const { fingerAttempt: _, fingerFailure: __, ...rest } = current(state, 'fingerAttempt', event)
      if (step === undefined) return to(rest)
      const { type: ___, ...taken } = event
      const tries = [...(state.tries[step] ?? []), taken]
      return to({ ...rest, tries: { ...state.tries, [step]: tries } }, [
        { type: 'compare-fingers', attempt: event.attempt },
        showCitizen,
      ])
    }
    case 'fingersCompared':
      return to(
        withTry(state, event, (known) => ({ ...known, doubts: event.doubts })),
        [showCitizen],
      )
    case 'fingerTryDropped':
      return to(
        withTry(state, event, (known) => ({ ...known, dropped: true })),
        [showCitizen],
      )
    case 'fingerDoubtDismissed':
      return to(
        withTry(state, event, (known) => ({ ...known, dismissed: event.reason })),
        [showCitizen],
      )
    case 'fingerExcepted': {
      const { finger, reason, photo } = event
      // An approval was given to another reason or picture.
      return to(withException(state, finger, { reason, ...(photo && { photo }) }), [showCitizen])
    }
    case 'fingerExceptionDropped': {
      const { [event.finger]: _, ...exceptions } = state.exceptions
      return to({ ...state, exceptions }, [showCitizen])
    }
    case 'fingerExceptionApproved': {
      const { finger, badge, name, score } = event
      const exception = state.exceptions[finger]
      if (!exception)
        throw new AppError('EVENT_NOT_ALLOWED', 'dossier.fingerExceptionApproved', { context: { finger } })
      return to(withException(state, finger, { ...exception, approved: { badge, name, score } }))
    }
    case 'irisesTaken':
      return to({ ...state, irises: bestIrises(state.irises, event.irises) })
    case 'bedsideChosen': {
      const { bedside: _, ...rest } = state
      return to(event.reason === '' ? rest : { ...rest, bedside: event.reason }, [showCitizen])
    }
    case 'fingersAccepted':
      return to({ ...state, accepted: { ...state.accepted, [event.step]: event.reason } })
    case 'addressChosen': {
      const { address: _, ...rest } = state
      return to(event.address === '' ? rest : { ...rest, address: event.address }, [showCitizen])
    }
    case 'viewingChosen':
      return to({ ...state, viewing: event.viewing }, [showCitizen])
    case 'representativeNamed':
      return to(representativeNamed(state, event), [showCitizen])
    case 'representativeDropped':
      return to(representativeDropped(state), [showCitizen])
    case 'shown':
      return to(shown(state, event))
    case 'answered':
      return to(answered(state, event), [showCitizen])
    case 'pageConfirmed':
      return to(pageConfirmed(state, event), [showCitizen])
    case 'signed':
      return to(signed(state, event), [showCitizen])
    case 'signatureCleared': {
      const { pageConfirmed: page } = state
      return to({ ...unsigned(state), ...(page && { pageConfirmed: page }) }, [showCitizen])
    }
    case 'signingExcepted':
      return to(signingExcepted(state, event), [showCitizen])
    case 'signingExceptionDropped': {
      const { signingException: _, ...rest } = state
      return to(rest, [showCitizen])
    }
    case 'markTaken':
      return to(markTaken(state, event), [showCitizen])
    case 'witnessSigned':
      return to(witnessSigned(state, event), [showCitizen])
    case 'stepEntered':
      return stepEntered(state, event)
    case 'sealRequested':
      return sealRequested(state, event)
    case 'sealFailed': {
      const { sealAttempt: _, ...rest } = current(state, 'sealAttempt', event)
      return to({ ...rest, status: 'open', sealFailure: event.code })
    }
    case 'sealed': {
      const { sealAttempt: _, sealFailure: __, ...rest } = current(state, 'sealAttempt', event)
      return to({ ...rest, status: 'sealed', sealed: { file: event.file, sha256: event.sha256, size: event.size } }, [
        showCitizen,
      ])
    }
    case 'exported':
      return to({ ...state, exported: true })
    case 'abandoned':
      return to({ ...state, status: 'abandoned' }, [
        ...stopped(state.chipAttempt),
        ...stopped(state.fingerAttempt),
        showCitizen,
      ])
    case 'closed':
      return to({ ...state, status: 'closed' }, [showCitizen])
    default:
      return event satisfies never
  }
}

/** The state after a list of events, oldest first; the effects of the past are not repeated. */
export function foldEvents(events: Iterable<DossierEvent>): DossierState {
  let state = emptyState
  for (const event of events) state = next(state, event).state
  return state
}

const showCitizen: Effect = { type: 'show-citizen' }

const whileOpen = [
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
] as const satisfies readonly DossierEvent['type'][]

const allowedIn: Readonly<Record<DossierState['status'], readonly DossierEvent['type'][]>> = {
  none: ['opened'],
  open: whileOpen,
  sealing: ['sealFailed', 'sealed', 'viewingChosen'],
  sealed: ['exported', 'closed', 'viewingChosen'],
  abandoned: [],
  closed: ['exported'],
}

function to(state: DossierState, effects: readonly Effect[] = []): Transition {
  return { state, effects }
}

function stopped(running: { readonly attempt: string } | undefined): readonly Effect[] {
  return running ? [{ type: 'stop-device', attempt: running.attempt }] : []
}

/** The state, if the reply belongs to the attempt under way; a late reply changes nothing. */
function current(
  state: DossierState,
  of: 'chipAttempt' | 'fingerAttempt' | 'sealAttempt',
  event: { readonly type: string; readonly attempt: string },
): DossierState {
  const running = state[of]
  const attempt = typeof running === 'string' ? running : running?.attempt
  if (attempt !== event.attempt) throw new AppError('LATE_REPLY', `dossier.${event.type}`)
  return state
}

/** The state with one try of any step changed. A try that is not there: EVENT_NOT_ALLOWED. */
function withTry(
  state: DossierState,
  { type, attempt }: { readonly type: string; readonly attempt: string },
  change: (known: SlapTry) => SlapTry,
): DossierState {
  for (const [step, tries] of Object.entries(state.tries)) {
    if (!tries.some((each) => each.attempt === attempt)) continue
    const changed = tries.map((each) => (each.attempt === attempt ? change(each) : each))
    return { ...state, tries: { ...state.tries, [step]: changed } }
  }
  throw new AppError('EVENT_NOT_ALLOWED', `dossier.${type}`)
}

/** The state with the portrait in use changed. Another one: EVENT_NOT_ALLOWED, it may just have been taken again. */
function withPortrait(
  state: DossierState,
  { type, name }: { readonly type: string; readonly name: string },
  change: (shot: PortraitShot) => PortraitShot,
): DossierState {
  const last = state.portraits.at(-1)
  if (last?.picture.name !== name) throw new AppError('EVENT_NOT_ALLOWED', `dossier.${type}`)
  return { ...state, portraits: [...state.portraits.slice(0, -1), change(last)] }
}

function untyped<Event extends { readonly type: string }>({ type: _, ...rest }: Event): Omit<Event, 'type'> {
  return rest
}

function bestIrises(known: DossierState['irises'], taken: readonly IrisTaken[]): DossierState['irises'] {
  const best = { ...known }
  for (const iris of taken) if (iris.quality >= (best[iris.eye]?.quality ?? 0)) best[iris.eye] = iris
  return best
}

function withException(state: DossierState, finger: FingerPosition, exception: FingerException): DossierState {
  return { ...state, exceptions: { ...state.exceptions, [finger]: exception } }
}

function withDetail(details: PersonDetails, field: DetailField, value: string): PersonDetails {
  const { [field]: _, ...others } = details
  return value === '' ? others : { ...others, [field]: value }
}

function stepEntered(state: DossierState, event: DossierEvent & { type: 'stepEntered' }): Transition {
  // A double-pressed key asks twice from the same step; the second press finds the step gone and must do nothing.
  if (event.from !== state.step)
    throw new AppError('EVENT_NOT_ALLOWED', 'dossier.stepEntered', { context: { step: state.step } })
  const visited = state.visited.includes(event.to) ? state.visited : [...state.visited, event.to]
  return to({ ...state, step: event.to, visited }, [showCitizen])
}

function sealRequested(state: DossierState, event: DossierEvent & { type: 'sealRequested' }): Transition {
  const missing = findings(state).filter(({ blocks }) => blocks)
  if (missing.length > 0)
    throw new AppError('DOSSIER_INCOMPLETE', 'dossier.sealRequested', { context: { missing: missing.length } })
  const { sealFailure: _, chipAttempt, fingerAttempt, ...rest } = state
  return to({ ...rest, status: 'sealing', sealAttempt: event.attempt }, [
    ...stopped(chipAttempt),
    ...stopped(fingerAttempt),
    { type: 'seal', attempt: event.attempt },
  ])
}
