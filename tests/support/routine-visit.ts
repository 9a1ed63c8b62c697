import type { CallInput, CallName, CitizenView, OfficerView, Role } from '#contract/index.ts'
import { planOf } from '#domain/enrolment/index.ts'
import { showingOf, signature } from './citizen.ts'
import { inventedPng, loThiMau } from './invented.ts'

type Act = {
  [Name in CallName]: { readonly role: Role; readonly call: Name; readonly input: CallInput<Name> }
}[CallName]

/**
 * The next act of a routine visit, decided only by what the windows show: it goes on after a restart as people would.
 * Undefined when the dossier is sealed and closed.
 */
export function nextAct(view: OfficerView | null, citizen: CitizenView, finished: boolean): Act | undefined {
  if (!view) return finished ? undefined : { role: 'officer', call: 'openDossier', input: {} }
  const { state } = view
  const go = (to: typeof state.step): Act => ({ role: 'officer', call: 'goToStep', input: { from: state.step, to } })
  switch (state.step) {
    case 'arrival':
      if (!state.declared.personalNumber) {
        return {
          role: 'officer',
          call: 'declareDetail',
          input: { field: 'personalNumber', value: loThiMau.personalNumber },
        }
      }
      if (!state.qr) return { role: 'officer', call: 'giveCode', input: { text: loThiMau.qr } }
      if (!state.mrz) return { role: 'officer', call: 'giveCode', input: { text: loThiMau.mrz.join('\n') } }
      if (!state.chip) return { role: 'officer', call: 'readChip', input: {} }
      return go('compare')
    case 'compare':
      if (state.chosen.residence !== 'qr')
        return { role: 'officer', call: 'chooseSource', input: { field: 'residence', source: 'qr' } }
      if (!state.confirmed) return { role: 'officer', call: 'confirmComparison', input: {} }
      return go('documents')
    case 'documents':
      if (state.documents.length === 0)
        return {
          role: 'officer',
          call: 'addDocument',
          input: { kind: 'old-card-front', bytes: inventedPng(1, 640, 480) },
        }
      return go('portrait')
    case 'portrait':
      if (!state.portrait) return { role: 'officer', call: 'addPortrait', input: { bytes: inventedPng(2, 480, 640) } }
      return go('fingers')
    case 'fingers': {
      const step = planOf(state).steps.find((each) => !state.tries[each])
      return step ? { role: 'officer', call: 'captureFingers', input: { step } } : go('check')
    }
    case 'check':
      if (citizen.scene === 'check') {
        const { field, value } = citizen.detail
        if (state.shown[field] !== value) return show(citizen)
        return { role: 'citizen', call: 'answerDetail', input: { field, value, answer: 'right' } }
      }
      if (citizen.scene === 'page')
        return state.shownPage ? { role: 'citizen', call: 'confirmPage', input: {} } : show(citizen)
      if (citizen.scene === 'sign') return { role: 'citizen', call: 'sign', input: signature }
      return go('review')
    case 'review':
      if (state.status === 'sealed') return { role: 'officer', call: 'closeDossier', input: {} }
      return { role: 'officer', call: 'sealDossier', input: {} }
    default:
      return state.step satisfies never
  }
}

/** What the citizen's page does as soon as it has painted. */
function show(citizen: CitizenView): Act {
  const input = showingOf(citizen)
  if (!input) throw new Error(`nothing is asked on ${citizen.scene}`)
  return { role: 'citizen', call: 'reportShown', input }
}
