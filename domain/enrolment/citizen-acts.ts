import { AppError } from '../failure/index.ts'
import {
  checkStandIn,
  confirmsFromAge,
  detailFields,
  type PersonDetails,
  type Representative,
} from '../person/index.ts'
import { proposedDetails } from './compare.ts'
import type { AnsweredBy, DossierEvent, ShownDetail } from './events.ts'
import { ageOf, expectedFingers, planOf } from './finger-progress.ts'
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
  return signingException.mark !== undefined || !wantsMark(rest)
}

/** Whose ink is wanted next, once everything was found right; nobody's while a finger is wanted instead. */
export function signerOf(state: DossierState): 'citizen' | 'representative' | 'witness' | undefined {
  if (!state.pageConfirmed || !allAnsweredRight(state) || isSigned(state)) return undefined
  const { signingException: exception, representative } = state
  if (!exception) return representative ? 'representative' : 'citizen'
  return exception.mark || !wantsMark(state) ? 'witness' : undefined
}

/** The program that paints the page says so before an answer to it is taken. */
export function wasShown(state: DossierState, what: 'page' | ShownDetail): boolean {
  if (what !== 'page') return state.shown[what.field] === what.value
  const { shownPage } = state
  return shownPage !== undefined && JSON.stringify(shownPage) === JSON.stringify(pageOf(state))
}

/** Who does not sign lays a finger down, unless it is a citizen without any. */
export function wantsMark(state: Omit<DossierState, 'signature' | 'signingException'>): boolean {
  return state.representative !== undefined || givesFingers(state)
}

/** Prints of the citizen are taken. */
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
    requires(state, state.step === 'check' && state.confirmed?.[what.field] === what.value, 'shown')
    return { ...state, shown: { ...state.shown, [what.field]: what.value } }
  }
  const { kind: _, ...page } = what
  requires(state, state.step === 'check' && JSON.stringify(page) === JSON.stringify(pageOf(state)), 'shown')
  return { ...state, shownPage: page }
}

export function answered(state: DossierState, event: Of<'answered'>): DossierState {
  const { field, value, answer, by } = event
  // At the screen only what stood there can be answered; the officer reads aloud what is confirmed now.
  const there = by === 'officer' || (state.step === 'check' && wasShown(state, { field, value }))
  requires(state, state.confirmed?.[field] === value && there && isConfirmer(state, by), 'answered')
  const base = answer === 'right' ? state : unsigned(state)
  return { ...base, answers: { ...state.answers, [field]: { value, answer, by } } }
}

export function pageConfirmed(state: DossierState, { by }: Of<'pageConfirmed'>): DossierState {
  const there = by === 'officer' || wasShown(state, 'page')
  requires(state, state.step === 'check' && allAnsweredRight(state) && there && isConfirmer(state, by), 'pageConfirmed')
  return { ...state, pageConfirmed: { by } }
}

/** Only where the page is shown, after everything on it was found right. */
export function signed(state: DossierState, { type: _, ...signature }: Of<'signed'>): DossierState {
  const own = signature.by === undefined || signature.by === confirmerOf(state)
  requires(state, readyToSign(state) && !state.signingException && own, 'signed')
  return { ...state, signature }
}

export function signingExcepted(state: DossierState, { reason, witness }: Of<'signingExcepted'>): DossierState {
  checkStandIn(witness.number, [...citizenOf(state), ...numberOf(state.representative)], state.day)
  const { signature: _, ...rest } = state
  return { ...rest, signingException: { reason, witness } }
}

/** The witness signs beside this mark, not beside one before it. */
export function markTaken(state: DossierState, { type: _, ...mark }: Of<'markTaken'>): DossierState {
  const { witnessed: __, ...exception } = exceptionOf(state, 'markTaken')
  return { ...state, signingException: { ...exception, mark } }
}

export function witnessSigned(state: DossierState, { type: _, ...witnessed }: Of<'witnessSigned'>): DossierState {
  const exception = exceptionOf(state, 'witnessSigned')
  requires(state, exception.mark !== undefined || !wantsMark(state), 'witnessSigned')
  return { ...state, signingException: { ...exception, witnessed } }
}

/** Somebody else confirms from now on: nothing that was shown, said or excused before counts for them. */
export function representativeNamed(state: DossierState, { representative }: Of<'representativeNamed'>): DossierState {
  checkStandIn(representative.number, citizenOf(state), state.day)
  requires(state, isCalledFor(representative, ageOf(state)), 'representativeNamed')
  return { ...representativeDropped(state), representative }
}

export function representativeDropped(state: DossierState): DossierState {
  const { representative: _, signingException: __, shownPage: ___, ...rest } = unsigned(state)
  return { ...rest, answers: {}, shown: {} }
}

/** After a comparison: values that changed take what was signed with them, and who may not stand in for them any more. */
export function withConfirmed(before: DossierState, confirmed: PersonDetails): DossierState {
  const same = detailFields.every((field) => confirmed[field] === before.confirmed?.[field])
  const state = { ...(same ? before : unsigned(before)), confirmed }
  const { representative, signingException: exception } = state
  const unfit = representative?.number === confirmed.personalNumber || !isCalledFor(representative, ageOf(state))
  if (representative && unfit) return representativeDropped(state)
  if (!exception || exception.witness.number !== confirmed.personalNumber) return state
  const { signingException: _, ...rest } = state
  return rest
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

/** Also on the next step: ink that is still being stored when the officer goes on is not asked for again. */
function readyToSign(state: DossierState): boolean {
  const there = state.step === 'check' || state.step === 'review'
  return there && allAnsweredRight(state) && state.pageConfirmed !== undefined
}

/** Where somebody acts for the citizen, the citizen's own word does not count, and the other way round. */
function confirmerOf({ representative }: DossierState): 'citizen' | 'representative' {
  return representative ? 'representative' : 'citizen'
}

function isConfirmer(state: DossierState, by: AnsweredBy): boolean {
  return by === 'officer' || by === confirmerOf(state)
}

/** A ward may be of any age; who is represented as a child must be one, as far as the age is known. */
function isCalledFor(representative: Representative | undefined, age: number | undefined): boolean {
  return representative?.reason !== 'under-14' || age === undefined || age < confirmsFromAge
}

function citizenOf(state: DossierState): readonly string[] {
  return numberOf({ number: (state.confirmed ?? proposedDetails(state)).personalNumber })
}

function numberOf(person: { readonly number?: string | undefined } | undefined): readonly string[] {
  return person?.number === undefined ? [] : [person.number]
}

function requires(state: DossierState, holds: boolean, type: DossierEvent['type']): void {
  if (!holds) throw new AppError('EVENT_NOT_ALLOWED', `dossier.${type}`, { context: { step: state.step } })
}
