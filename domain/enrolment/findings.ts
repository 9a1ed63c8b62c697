import { allFingers, type CaptureStep, type FingerPosition } from '../biometrics/index.ts'
import {
  ageOn,
  confirmsFromAge,
  contradictions,
  detailFields,
  parsePartialDate,
  parsePersonalNumber,
  type DetailField,
} from '../person/index.ts'
import { isSigned, wantsMark } from './citizen-acts.ts'
import { compareSources } from './compare.ts'
import { steps, type Step } from './events.ts'
import { exceptionLacks, expectedFingers, fingerProgress, usedTries } from './finger-progress.ts'
import { portraitProgress } from './portrait-progress.ts'
import type { DossierState } from './state.ts'

/** Fields without which no card can be made. The others may be unknown to every source. */
export const requiredDetails = [
  'fullName',
  'personalNumber',
  'birthDate',
  'sex',
  'nationality',
  'residence',
] as const satisfies readonly DetailField[]

export type FindingCode =
  | 'detail-missing'
  | 'detail-malformed'
  | 'representative-missing'
  | 'sources-differ'
  | 'number-contradicts'
  | 'chip-not-read'
  | 'chip-doubtful'
  | 'chip-not-verified'
  | 'not-compared'
  | 'changed-since-compared'
  | 'no-document'
  | 'no-portrait'
  | 'portrait-refused'
  | 'portrait-differs'
  | 'fingers-missing'
  | 'fingers-weak'
  | 'fingers-doubtful'
  | 'exception-no-photo'
  | 'exception-not-approved'
  | 'not-answered'
  | 'answered-wrong'
  | 'page-not-confirmed'
  | 'not-signed'
  | 'mark-missing'
  | 'witness-missing'

/** One thing that is missing (`blocks`: no seal without it) or doubtful, on which step, about which field or capture. */
export type Finding = {
  readonly code: FindingCode
  readonly step: Step
  readonly blocks: boolean
  readonly field?: DetailField
  readonly capture?: CaptureStep
  readonly finger?: FingerPosition
}

/** Everything missing or doubtful, found while the citizen is still there. */
export function findings(state: DossierState): readonly Finding[] {
  return [...onDetails(state), ...onCaptures(state), ...onCheck(state)]
}

function* onDetails(state: DossierState): Generator<Finding> {
  const compared = compareSources(state)
  const value = (field: DetailField) => compared.find((each) => each.field === field)?.value
  for (const field of requiredDetails) {
    if (value(field) === undefined) yield { code: 'detail-missing', step: 'compare', blocks: true, field }
  }
  for (const { field, differs } of compared) {
    if (differs) yield { code: 'sources-differ', step: 'compare', blocks: false, field }
  }
  yield* onNumberAndAge(state, value)
  if (!state.chip) yield { code: 'chip-not-read', step: 'arrival', blocks: false }
  else if (state.chip.trust === 'failed') yield { code: 'chip-doubtful', step: 'arrival', blocks: false }
  else if (state.chip.trust !== 'verified') yield { code: 'chip-not-verified', step: 'arrival', blocks: false }
  if (!state.confirmed) yield { code: 'not-compared', step: 'compare', blocks: true }
  else {
    for (const field of detailFields) {
      if (state.confirmed[field] !== value(field))
        yield { code: 'changed-since-compared', step: 'compare', blocks: true, field }
    }
  }
}

function* onNumberAndAge(state: DossierState, value: (field: DetailField) => string | undefined): Generator<Finding> {
  const birth = attempt(() => parsePartialDate(value('birthDate') ?? ''))
  const facts = attempt(() => parsePersonalNumber(value('personalNumber') ?? ''))
  if (value('birthDate') !== undefined && !birth)
    yield { code: 'detail-malformed', step: 'compare', blocks: true, field: 'birthDate' }
  if (value('personalNumber') !== undefined && !facts) {
    yield { code: 'detail-malformed', step: 'compare', blocks: true, field: 'personalNumber' }
  }
  if (birth && state.day !== '' && ageOn(birth, state.day) < confirmsFromAge && !state.representative) {
    yield { code: 'representative-missing', step: 'arrival', blocks: true, field: 'birthDate' }
  }
  if (!facts) return
  const sex = value('sex')
  const against = contradictions(facts, { ...(sex !== undefined && { sex }), ...(birth && { birthYear: birth.year }) })
  for (const each of against) {
    const field = each === 'sex' ? 'sex' : each === 'birth-year' ? 'birthDate' : 'personalNumber'
    yield { code: 'number-contradicts', step: 'compare', blocks: false, field }
  }
}

function* onCaptures(state: DossierState): Generator<Finding> {
  if (state.documents.length === 0) yield { code: 'no-document', step: 'documents', blocks: false }
  const { wanted, shot, refused } = portraitProgress(state)
  if (wanted && !shot) yield { code: 'no-portrait', step: 'portrait', blocks: true }
  if (refused) yield { code: 'portrait-refused', step: 'portrait', blocks: true }
  // Never a decision of the program: the officer has said so.
  if (shot?.judged && shot.judged.same !== 'yes') yield { code: 'portrait-differs', step: 'portrait', blocks: false }
  yield* onFingers(state)
}

function* onFingers(state: DossierState): Generator<Finding> {
  const { steps: standings } = fingerProgress(state)
  for (const [name, standing] of Object.entries(standings)) {
    const capture = name as CaptureStep
    const about = { step: 'fingers', capture } as const
    if (standing === 'doubtful') yield { code: 'fingers-doubtful', ...about, blocks: true }
    else if (standing !== 'good' && standing !== 'excepted') {
      const seen = usedTries(state, capture).flatMap(({ fingers }) => fingers.map(({ position }) => position))
      const all = expectedFingers(state, capture).every((finger) => seen.includes(finger))
      yield { code: all ? 'fingers-weak' : 'fingers-missing', ...about, blocks: standing !== 'accepted' }
    }
  }
  for (const finger of allFingers) {
    const lacks = exceptionLacks(state, finger)
    if (lacks === 'photo') yield { code: 'exception-no-photo', step: 'fingers', blocks: true, finger }
    if (lacks === 'approval') yield { code: 'exception-not-approved', step: 'fingers', blocks: true, finger }
  }
}

function* onCheck(state: DossierState): Generator<Finding> {
  for (const field of detailFields) {
    const shown = state.confirmed?.[field]
    if (shown === undefined) continue
    const given = state.answers[field]
    if (!given || given.value !== shown) yield { code: 'not-answered', step: 'check', blocks: true, field }
    else if (given.answer !== 'right') yield { code: 'answered-wrong', step: 'check', blocks: true, field }
  }
  if (!state.pageConfirmed) yield { code: 'page-not-confirmed', step: 'check', blocks: true }
  const { signingException: exception } = state
  if (isSigned(state)) return
  if (!exception) yield { code: 'not-signed', step: 'check', blocks: true }
  else {
    if (!exception.mark && wantsMark(state)) yield { code: 'mark-missing', step: 'check', blocks: true }
    if (!exception.witnessed) yield { code: 'witness-missing', step: 'check', blocks: true }
  }
}

/** How a step stands in the rail. */
export type StepMark = 'done' | 'missing' | 'doubtful' | 'untouched'

export function stepMarks(state: DossierState): Readonly<Record<Step, StepMark>> {
  const all = findings(state)
  const mark = (step: Step): StepMark => {
    const own = all.filter((finding) => finding.step === step)
    const blocked =
      own.some(({ blocks }) => blocks) || (step === 'review' && state.status !== 'sealed' && state.status !== 'closed')
    if (!state.visited.includes(step)) return 'untouched'
    if (blocked) return 'missing'
    return own.length > 0 ? 'doubtful' : 'done'
  }
  return Object.fromEntries(steps.map((step) => [step, mark(step)])) as Record<Step, StepMark>
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}
