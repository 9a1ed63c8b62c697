import type { CheckReport, Subject } from '#domain/diagnosis/index.ts'
import type { Device } from '../devices/device-words.ts'
import { deviceKey, subjectKey } from './use-checking.ts'

/** What `checkStation` tests. */
const stationSubjects = ['disk', 'clock', 'network', 'keys', 'database', 'backlog'] as const satisfies Subject[]
/** Cameras of the windows, by what they are for; there may be none in devices.json. */
const cameras = ['portrait-camera', 'document-camera'] as const satisfies Subject[]

/** What `checkPart` tests. */
const parts = ['citizen-screen', 'printer'] as const satisfies Subject[]

export function isPart(subject: Subject): subject is (typeof parts)[number] {
  return parts.some((each) => each === subject)
}

export type Entry = {
  readonly key: string
  readonly subject: Subject
  readonly device?: Device
  /** Key of a word that tells it from another of the same name. */
  readonly about?: string
  /** Who tests it. */
  readonly by: 'host' | 'station' | 'part' | 'window'
  readonly report?: CheckReport
}

/** Everything that can be tested, with its last outcome: devices, then the station. */
export function entriesOf(devices: readonly Device[], reports: readonly CheckReport[]): readonly Entry[] {
  const reportOf = (subject: Subject, device?: string) =>
    reports.find((each) => each.subject === subject && (device === undefined || each.device === device))
  const withReport = (report: CheckReport | undefined) => (report ? { report } : {})
  const isCamera = ({ transport }: Device) => transport === 'browser'
  return [
    ...devices.flatMap((device): Entry[] => {
      const { id, kind } = device
      if (kind === 'signature-pad') return []
      const by = isCamera(device) ? 'window' : 'host'
      return [{ key: deviceKey(id), subject: kind, device, by, ...withReport(reportOf(kind, id)) }]
    }),
    ...cameras.flatMap((subject): Entry[] => {
      if (devices.some((device) => device.kind === subject && isCamera(device))) return []
      const report = reports.find((each) => each.subject === subject && each.device === undefined)
      return [{ key: subjectKey(subject), subject, about: 'window.pictureOf', by: 'window', ...withReport(report) }]
    }),
    { key: subjectKey('sound'), subject: 'sound', by: 'window', ...withReport(reportOf('sound')) },
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
  ]
}
