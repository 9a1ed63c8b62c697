import type { Handlers } from '#core/answer.ts'
import { usualViewing } from '#domain/enrolment/index.ts'
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

/** What passes between the officer and the citizen. `waitForFinger` lets one finger be waited for at a time. */
export function citizenHandlers(
  workplace: () => Workplace,
  waitForFinger: <T>(take: (signal: AbortSignal) => Promise<T>) => Promise<T>,
): Pick<Handlers, CitizenCalls> {
  const apply = (event: Parameters<Desk['apply']>[0], by: Actor = 'officer') => {
    workplace().desk.apply(event, by)
    return {}
  }
  /** Whose word at the citizen's screen counts. */
  const confirmer = () => (workplace().desk.open().state.representative ? 'representative' : 'citizen')
  return {
    reportShown: (showing) => apply({ type: 'shown', ...showing }, 'citizen'),
    answerDetail: (answer) => apply({ type: 'answered', ...answer, by: confirmer() }, 'citizen'),
    confirmPage: () => apply({ type: 'pageConfirmed', by: confirmer() }, 'citizen'),
    sign: (drawing) => keepSignature(workplace(), drawing),
    chooseViewing: (viewing) => {
      const { state } = workplace().desk.open()
      // Pressed again it changes nothing: no event for the chain.
      if (JSON.stringify(viewing) === JSON.stringify(state.viewing ?? usualViewing)) return {}
      return apply({ type: 'viewingChosen', viewing })
    },
    chooseAddress: ({ address }) => apply({ type: 'addressChosen', address }),
    nameRepresentative: ({ name, number, ...rest }) =>
      apply({
        type: 'representativeNamed',
        representative: { name: tidyText(name), number: parsePersonalNumber(number).number, ...rest },
      }),
    dropRepresentative: () => apply({ type: 'representativeDropped' }),
    answerForCitizen: (answer) => apply({ type: 'answered', ...answer, by: 'officer' }),
    confirmPageForCitizen: () => apply({ type: 'pageConfirmed', by: 'officer' }),
    clearSignature: () => apply({ type: 'signatureCleared' }),
    exceptSigning: ({ reason, witness }) =>
      apply({
        type: 'signingExcepted',
        reason,
        witness: { name: tidyText(witness.name), number: parsePersonalNumber(witness.number).number },
      }),
    dropSigningException: () => apply({ type: 'signingExceptionDropped' }),
    takeMark: async ({ finger }) => {
      await waitForFinger((signal) => takeMark(finger, workplace(), signal))
      return {}
    },
  }
}
