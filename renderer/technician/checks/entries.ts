import type { CheckReport, Subject } from '#domain/diagnosis/index.ts'
import type { Device } from '../devices/device-words.ts'
import { deviceKey, subjectKey } from './use-checking.ts'

/** What `checkStation` tests. */
const stationSubjects = ['disk', 'clock', 'network', 'keys', 'database', 'backlog'] as const satisfies Subject[]
/** What has no device of its own and is tested elsewhere: shown once it was. */
const elsewhere = ['sound'] as const satisfies Subject[]

/** What `checkPart` tests. */
const parts = ['citizen-screen', 'printer'] as const satisfies Subject[]

export function isPart(subject: Subject): subject is (typeof parts)[number] {
  return parts.some((each) => each === subject)
}

export type Entry = {
  readonly key: string
  readonly subject: Subject
  readonly device?: Device
  /** Who tests it. */
  readonly by: 'host' | 'station' | 'part' | 'other-window'
  readonly report?: CheckReport
}

/** Everything that can be tested, with its last outcome: devices, then the station. */
export function entriesOf(devices: readonly Device[], reports: readonly CheckReport[]): readonly Entry[] {
  const reportOf = (subject: Subject, device?: string) =>
    reports.find((each) => each.subject === subject && (device === undefined || each.device === device))
  const withReport = (report: CheckReport | undefined) => (report ? { report } : {})
  return [
    ...devices.flatMap((device): Entry[] => {
      const { id, kind, transport } = device
      if (kind === 'signature-pad') return []
      const by = transport === 'browser' ? 'other-window' : 'host'
      return [{ key: deviceKey(id), subject: kind, device, by, ...withReport(reportOf(kind, id)) }]
    }),
    ...parts.map((subject): Entry => ({
      key: subjectKey(subject),
      subject,
      by: 'part',
      ...withReport(reportOf(subject)),
    })),
    ...stationSubjects.map((subject): Entry => ({
      key: subjectKey(subject),
      subject,
      by: 'station',
      ...withReport(reportOf(subject)),
    })),
    ...elsewhere.flatMap((subject): Entry[] => {
      const report = reportOf(subject)
      return report ? [{ key: subjectKey(subject), subject, by: 'other-window', report }] : []
    }),
  ]
}
