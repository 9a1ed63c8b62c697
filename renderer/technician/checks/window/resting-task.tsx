import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { Entry } from '../entries.ts'
import { Report } from '../report.tsx'

/** What stands on the right while no test runs: what can be chosen, the last outcome, and the key that begins. */
export function RestingTask({
  entry,
  choices,
  onBegin,
}: {
  readonly entry: Entry
  readonly choices?: ReactNode
  readonly onBegin: () => void
}) {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const { subject, device, report } = entry
  const name = t(`diagnosis:subject.${subject}`)
  return (
    <>
      <div className="task-body">
        {choices}
        {report ? <Report report={report} /> : <p className="task-about">{t(`about.window.${subject}`)}</p>}
      </div>
      <div className="task-acts">
        <Button keys="Enter" kind="next" onPress={onBegin}>
          {t(report ? 'checks.again' : 'checks.begin', { name: device?.id ?? name })}
        </Button>
      </div>
    </>
  )
}

export function TaskTitle({ entry: { subject, device, about } }: { readonly entry: Entry }) {
  const { t } = useTranslation(['technician', 'diagnosis'])
  return (
    <h2 id="task-title">
      {t(`diagnosis:subject.${subject}`)} {device ? <span className="mono">{device.id}</span> : about && t(about)}
    </h2>
  )
}
