import type { CheckReport } from '#domain/diagnosis/index.ts'
import type { Entry } from '../entries.ts'
import { CameraTask } from './camera-task.tsx'
import { SoundTask } from './sound-task.tsx'
import './window-checks.css'

/** A test that this window makes itself. */
export function WindowTask({ entry, keep }: { readonly entry: Entry; readonly keep: (report: CheckReport) => void }) {
  const { subject } = entry
  switch (subject) {
    case 'portrait-camera':
    case 'document-camera':
      return <CameraTask entry={entry} role={subject} keep={keep} />
    case 'sound':
      return <SoundTask entry={entry} keep={keep} />
    default:
      return null
  }
}
