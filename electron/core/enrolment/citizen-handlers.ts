import type { CallInput } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import { usualViewing, type AnsweredBy } from '#domain/enrolment/index.ts'
import { parsePersonalNumber, tidyText } from '#domain/person/index.ts'
import type { Actor, Desk } from './desk.ts'
import type { Workplace } from './handlers.ts'
import { takeMark } from './mark.ts'
import { keepSignature } from './signature.ts'

export type CitizenCalls =
  | 'reportShown'
  | 'answerDetail'
  | 'confirmPage'
  | 'sign'
  | 'chooseViewing'
  | 'chooseAddress'
  | 'nameRepresentative'
  | 'dropRepresentative'
  | 'answerForCitizen'
  | 'confirmPageForCitizen'
  | 'clearSignature'
  | 'exceptSigning'
  | 'dropSigningException'
  | 'takeMark'

/** Waits for one finger at a time. */
type FingerWait = {
  take<T>(take: (signal: AbortSignal) => Promise<T>): Promise<T>
  stop(): void
}

/** What passes between the officer and the citizen. */
export function citizenHandlers(workplace: () => Workplace, fingerWait: FingerWait): Pick<Handlers, CitizenCalls> {
  const apply = (event: Parameters<Desk['apply']>[0], by: Actor = 'officer') => {
    workplace().desk.apply(event, by)
    return {}
  }
  /** Nobody is asked for the finger any more that is waited for. */
  const applyAndStop = (event: Parameters<Desk['apply']>[0]) => {
    apply(event)
    fingerWait.stop()
    return {}
  }
  /** Whose word at the citizen's screen counts. */
  const confirmer = () => (workplace().desk.open().state.representative ? 'representative' : 'citizen')
  // A second tap says nothing new: no event for the chain.
  const answer = ({ field, ...given }: CallInput<'answerDetail'> & { readonly by: AnsweredBy }, from: Actor) => {
    const { answers, confirmed } = workplace().desk.open().state
    const known = answers[field]
    const same = known?.value === given.value && known.answer === given.answer && known.by === given.by
    return same && confirmed?.[field] === given.value ? {} : apply({ type: 'answered', field, ...given }, from)
  }
  const confirm = (by: AnsweredBy, from: Actor) =>
    workplace().desk.open().state.pageConfirmed?.by === by ? {} : apply({ type: 'pageConfirmed', by }, from)
  return {
    reportShown: (showing) => apply({ type: 'shown', ...showing }, 'citizen'),
    answerDetail: (given) => answer({ ...given, by: confirmer() }, 'citizen'),
    confirmPage: () => confirm(confirmer(), 'citizen'),
    sign: (drawing) => keepSignature(workplace(), drawing),
    chooseViewing: (viewing) => {
      const { state } = workplace().desk.open()
      // Pressed again it changes nothing: no event for the chain.
      if (JSON.stringify(viewing) === JSON.stringify(state.viewing ?? usualViewing)) return {}
      return apply({ type: 'viewingChosen', viewing })
    },
    chooseAddress: ({ address }) => apply({ type: 'addressChosen', address }),
    nameRepresentative: ({ name, number, ...rest }) =>
      applyAndStop({
        type: 'representativeNamed',
        representative: { name: tidyText(name), number: parsePersonalNumber(number).number, ...rest },
      }),
    dropRepresentative: () => applyAndStop({ type: 'representativeDropped' }),
    answerForCitizen: (given) => answer({ ...given, by: 'officer' }, 'officer'),
    confirmPageForCitizen: () => confirm('officer', 'officer'),
    clearSignature: () => apply({ type: 'signatureCleared' }),
    exceptSigning: ({ reason, witness }) =>
      apply({
        type: 'signingExcepted',
        reason,
        witness: { name: tidyText(witness.name), number: parsePersonalNumber(witness.number).number },
      }),
    dropSigningException: () => applyAndStop({ type: 'signingExceptionDropped' }),
    takeMark: async ({ finger }) => {
      await fingerWait.take((signal) => takeMark(finger, workplace(), signal))
      return {}
    },
  }
}
