import type { CheckReport } from '#domain/diagnosis/index.ts'
import type { Entry } from '../entries.ts'
import { checkSound } from './check-sound.ts'
import { StepPrompt } from './step-prompt.tsx'
import { useWindowCheck } from './use-window-check.ts'
import { RestingTask, TaskTitle } from './resting-task.tsx'

/** Loudspeakers, left and right, and the microphone. */
export function SoundTask({ entry, keep }: { readonly entry: Entry; readonly keep: (report: CheckReport) => void }) {
  const check = useWindowCheck({ subject: 'sound' }, keep)
  return (
    <section className="task" aria-labelledby="task-title">
      <TaskTitle entry={entry} />
      {check.step ? (
        <StepPrompt step={check.step} check={check} />
      ) : (
        <RestingTask entry={entry} onBegin={() => check.begin(checkSound)} />
      )}
    </section>
  )
}
