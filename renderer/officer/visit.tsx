import type { OfficerView } from '#contract/index.ts'
import type { Step } from '#domain/enrolment/index.ts'
import { useAct } from '../state/act.ts'
import { FailureNotice } from '../ui/notice.tsx'
import { Arrival } from './arrival/arrival.tsx'
import { RepresentativeEntry } from './arrival/representative-entry.tsx'
import { Check } from './check/check.tsx'
import { Compare } from './compare/compare.tsx'
import { desk } from './desk.ts'
import { Documents } from './documents/documents.tsx'
import { Fingers } from './fingers/fingers.tsx'
import { Portrait } from './portrait/portrait.tsx'
import { Review } from './review/review.tsx'
import { StepRail } from './frame/step-rail.tsx'

const screens = {
  arrival: Arrival,
  compare: Compare,
  documents: Documents,
  portrait: Portrait,
  fingers: Fingers,
  check: Check,
  review: Review,
} as const satisfies Record<Step, unknown>

/** One citizen's visit: the rail and the step the dossier stands on. */
export function Visit({ view }: { readonly view: OfficerView }) {
  const act = useAct()
  const { step, status } = view.state
  const leave = (to: Step) => {
    if (to !== step) void act.run(() => desk.call.goToStep({ from: step, to }))
  }
  const finished = status !== 'open'
  const Shown = screens[finished ? 'review' : step]
  // The second of two presses finds its step gone: nothing to tell.
  const failure = act.failure?.code === 'EVENT_NOT_ALLOWED' ? undefined : act.failure
  return (
    <div className="middle">
      <StepRail state={view.state} onGo={leave} isDisabled={finished || act.busy}>
        <RepresentativeEntry view={view} isDisabled={finished} />
      </StepRail>
      <main className="sheet">
        {failure && <FailureNotice code={failure.code} />}
        <Shown key={`${view.id}/${step}`} view={view} leave={leave} leaving={act.busy} />
      </main>
    </div>
  )
}
