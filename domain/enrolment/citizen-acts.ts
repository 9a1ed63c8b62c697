import { AppError } from '../failure/index.ts'
import { checkStandIn, detailFields } from '../person/index.ts'
import { proposedDetails } from './compare.ts'
import type { DossierEvent, ShownDetail } from './events.ts'
import { expectedFingers, planOf } from './finger-progress.ts'
import type { DossierState, ShownPage, SigningException } from './state.ts'

type Of<Type extends DossierEvent['type']> = DossierEvent & { readonly type: Type }

/** The details that the citizen is asked about, in the order of the card. */
export function shownDetails({ confirmed }: DossierState): ShownDetail[] {
  return detailFields.flatMap((field) => {
    const value = confirmed?.[field]
    return value === undefined ? [] : [{ field, value }]
  })
}

/** Every detail was asked about as it is now and found right. */
export function allAnsweredRight(state: DossierState): boolean {
  const details = shownDetails(state)
  return details.length > 0 && details.every((detail) => answerTo(state, detail) === 'right')
}

/** The answer to what is confirmed now; an answer to an earlier value no longer counts. */
export function answerTo(state: DossierState, { field, value }: ShownDetail) {
  const given = state.answers[field]
  return given?.value === value ? given.answer : undefined
}

/** What stands for the citizen's signature is complete. */
export function isSigned({ signature, signingException, ...rest }: DossierState): boolean {
  if (signature) return true
  if (!signingException?.witnessed) return false
  return signingException.mark !== undefined || !givesFingers(rest)
}

/** The program that paints the page says so before an answer to it is taken. */
export function wasShown(state: DossierState, what: 'page' | ShownDetail): boolean {
  if (what !== 'page') return state.shown[what.field] === what.value
  const { shownPage } = state
  return shownPage !== undefined && JSON.stringify(shownPage) === JSON.stringify(pageOf(state))
}

/** A finger can be laid down instead of a signature. */
export function givesFingers(state: Omit<DossierState, 'signature' | 'signingException'>): boolean {
  return planOf(state).steps.some((step) => expectedFingers(state, step).length > 0)
}

/** Without what was said and signed of a page that is no longer so. Why somebody cannot sign stays. */
export function unsigned(state: DossierState): DossierState {
  const { signature: _, pageConfirmed: __, signingException, ...rest } = state
  if (!signingException) return rest
  const { reason, witness } = signingException
  return { ...rest, signingException: { reason, witness } }
}

export function shown(state: DossierState, { what }: Of<'shown'>): DossierState {
  if (what.kind === 'detail') {
    require(state, state.step === 'check' && state.confirmed?.[what.field] === what.value, 'shown')
    return { ...state, shown: { ...state.shown, [what.field]: what.value } }
  }
  const { kind: _, ...page } = what
  require(state, JSON.stringify(page) === JSON.stringify(pageOf(state)), 'shown')
  return { ...state, shownPage: page }
}

export function answered(state: DossierState, event: Of<'answered'>): DossierState {
  const { field, value, answer, by } = event
  // At the screen only what stood there can be answered; the officer reads aloud what is confirmed now.
  const there = by === 'officer' || (state.step === 'check' && wasShown(state, { field, value }))
  require(state, state.confirmed?.[field] === value && there && isConfirmer(state, by), 'answered')
  const base = answer === 'right' ? state : unsigned(state)
  return { ...base, answers: { ...state.answers, [field]: { value, answer, by } } }
}

export function pageConfirmed(state: DossierState, { by }: Of<'pageConfirmed'>): DossierState {
  const there = by === 'officer' || wasShown(state, 'page')
  require(state, state.step === 'check' && allAnsweredRight(state) && there && isConfirmer(state, by), 'pageConfirmed')
  return { ...state, pageConfirmed: { by } }
}

/** Only where the page is shown, after everything on it was found right. */
export function signed(state: DossierState, { type: _, ...signature }: Of<'signed'>): DossierState {
  require(state, readyToSign(state) && !state.signingException, 'signed')
  return { ...state, signature }
}

export function signingExcepted(state: DossierState, { reason, witness }: Of<'signingExcepted'>): DossierState {
  const involved = [state.confirmed?.personalNumber, state.representative?.number]
  checkStandIn(
    witness.number,
    involved.filter((number) => number !== undefined),
    state.day,
  )
  const { signature: _, ...rest } = state
  return { ...rest, signingException: { reason, witness } }
}

export function markTaken(state: DossierState, { type: _, ...mark }: Of<'markTaken'>): DossierState {
  return { ...state, signingException: { ...exceptionOf(state, 'markTaken'), mark } }
}

export function witnessSigned(state: DossierState, { type: _, ...witnessed }: Of<'witnessSigned'>): DossierState {
  return { ...state, signingException: { ...exceptionOf(state, 'witnessSigned'), witnessed } }
}

/** Somebody else confirms from now on: what was said before is asked again. */
export function representativeNamed(state: DossierState, { representative }: Of<'representativeNamed'>): DossierState {
  const citizen = (state.confirmed ?? proposedDetails(state)).personalNumber
  checkStandIn(representative.number, citizen === undefined ? [] : [citizen], state.day)
  return { ...unsigned(state), answers: {}, representative }
}

export function representativeDropped(state: DossierState): DossierState {
  const { representative: _, ...rest } = unsigned(state)
  return { ...rest, answers: {} }
}

/** What stands on the one page now. */
export function pageOf(state: DossierState): ShownPage {
  return { details: shownDetails(state), ...(state.portrait && { portrait: state.portrait.name }) }
}

function exceptionOf(state: DossierState, type: DossierEvent['type']): SigningException {
  const { signingException } = state
  if (!signingException || !readyToSign(state)) throw new AppError('EVENT_NOT_ALLOWED', `dossier.${type}`)
  return signingException
}

function readyToSign(state: DossierState): boolean {
  return state.step === 'check' && allAnsweredRight(state) && state.pageConfirmed !== undefined
}

/** Where somebody acts for the citizen, the citizen's own word does not count, and the other way round. */
function isConfirmer({ representative }: DossierState, by: string): boolean {
  return by === 'officer' || by === (representative ? 'representative' : 'citizen')
}

function require(state: DossierState, holds: boolean, type: DossierEvent['type']): void {
  if (!holds) throw new AppError('EVENT_NOT_ALLOWED', `dossier.${type}`, { context: { step: state.step } })
}
