import words from '#resources/languages/vi/diagnosis.json' with { type: 'json' }
import type { StationView } from '#contract/index.ts'
import {
  causes,
  subjects,
  type Cause,
  type CheckReport,
  type DeviceDay,
  type HealthWarning,
  type Subject,
  type Verdict,
} from '#domain/diagnosis/index.ts'
import type { DossierStatus } from '#domain/enrolment/index.ts'
import type { StoreFacts } from './contents.ts'

export type SummaryFacts = {
  readonly at: Date
  readonly station: Pick<StationView, 'phase' | 'code' | 'name' | 'failure'>
  /** `0.1.0; Electron 45; Node 24; Linux …` */
  readonly versions: string
  readonly code: string
  readonly signed: boolean
  readonly reports: readonly CheckReport[]
  readonly rows: readonly DeviceDay[]
  readonly warnings: readonly HealthWarning[]
  readonly store?: StoreFacts
  /** The traces are left out, because nobody could compare them with the dossiers. */
  readonly unchecked: boolean
}

const rank: Readonly<Record<Verdict, number>> = { works: 0, limits: 1, fails: 2 }
const statusWords: Readonly<Record<DossierStatus, string>> = {
  none: 'chưa mở',
  open: 'đang làm',
  sealing: 'đang niêm phong',
  sealed: 'đã niêm phong',
  abandoned: 'đã bỏ',
  closed: 'đã xong',
}
const widest = 400

/** The worst report of a subject, of equals the newest. */
export function worstOf(reports: readonly CheckReport[], subject: Subject): CheckReport | undefined {
  return reports
    .filter((report) => report.subject === subject)
    .toSorted((a, b) => rank[b.verdict] - rank[a.verdict] || (a.at < b.at ? 1 : -1))[0]
}

/** What a report is about first of all. */
export function mainCause({ verdict, found }: CheckReport): Cause | undefined {
  return (found.find(({ cause }) => causes[cause] === verdict) ?? found[0])?.cause
}

/** One page in Vietnamese, as lines, whoever asks: it is read by, or to, the one who helps. */
export function summaryOf(facts: SummaryFacts): readonly string[] {
  const { at, versions, code, signed, store, unchecked } = facts
  return [
    'GÓI HỖ TRỢ KỸ THUẬT – QUẦY CĂN CƯỚC',
    `Trạm: ${stationWords(facts)}`,
    `Lập lúc: ${dayAndTime(at)}`,
    `Phiên bản: ${versions}`,
    `Mã đọc qua điện thoại: ${code}`,
    signed ? 'Chữ ký: có, trong tệp .p7s đi kèm' : `Chữ ký: KHÔNG CÓ, vì ${whyUnsigned(facts)}`,
    '',
    'TÌNH TRẠNG VÀ VIỆC CẦN LÀM',
    ...subjects.map((subject) => subjectLine(subject, facts)),
    '',
    'XU HƯỚNG CỦA THIẾT BỊ',
    ...healthLines(facts),
    '',
    'DỮ LIỆU',
    ...storeLines(store, facts),
    '',
    unchecked
      ? 'Gói này không kèm vết trao đổi với thiết bị, vì chưa đối chiếu được với hồ sơ: mở khoá trạm rồi lập lại gói.'
      : 'Gói này không chứa dữ liệu của công dân.',
  ].map((line) => (line.length > widest ? `${line.slice(0, widest - 1)}…` : line))
}

function stationWords({ station: { phase, code = '', name = '', failure } }: SummaryFacts): string {
  if (phase === 'open') return `${code} – ${name}`
  if (phase === 'new') return 'chưa thiết lập'
  return phase === 'locked' ? 'đang khoá' : `không mở được (${failure ?? ''})`
}

function whyUnsigned({ station: { phase } }: SummaryFacts): string {
  if (phase === 'new') return 'trạm chưa thiết lập'
  if (phase === 'locked') return 'trạm đang khoá'
  return phase === 'failed' ? 'trạm không mở được' : 'trạm thiếu khoá hoặc chứng thư'
}

function subjectLine(subject: Subject, { reports, at }: SummaryFacts): string {
  const worst = worstOf(reports, subject)
  const label = words.subject[subject]
  if (!worst) return `${label}: chưa kiểm tra`
  const several = new Set(reports.filter((each) => each.subject === subject).map(({ device }) => device)).size > 1
  const which = several && worst.device !== undefined ? ` (${worst.device})` : ''
  const tested = new Date(worst.at)
  const when = localDate(tested) === localDate(at) ? '' : ` [kiểm tra ngày ${localDate(tested)}]`
  const causes = worst.found.map(({ cause }) => words.cause[cause])
  const said = causes.map(({ title, advice }) => `${title}. ${advice}`).join(' ')
  return `${label}${which}: ${words.verdict[worst.verdict]}${said === '' ? '' : ` – ${said}`}${when}`
}

function healthLines({ rows, warnings }: SummaryFacts): readonly string[] {
  if (rows.length === 0) return ['Chưa có số liệu.']
  if (warnings.length === 0) return ['Không thiết bị nào kém đi trong bảy ngày qua.']
  return warnings.map(({ device, kind, usual, lately }) => {
    const [what, unit] = worse[kind]
    return `${device}: ${what}, trước ${unit(usual)}, nay ${unit(lately)}`
  })
}

const worse: Readonly<Record<HealthWarning['kind'], readonly [string, (value: number) => string]>> = {
  slower: ['chậm đi', (ms) => `${decimal(ms / 1000)} giây`],
  'fails-more-often': ['hỏng việc nhiều hơn', (share) => `${decimal(share * 100)} %`],
  'needs-more-tries': ['phải làm lại nhiều hơn', (tries) => `${decimal(tries)} lần mỗi việc`],
  'comes-and-goes': ['hay mất kết nối', (times) => `${decimal(times)} lần mỗi ngày`],
}

function storeLines(store: StoreFacts | undefined, { station }: SummaryFacts): readonly string[] {
  if (!store) return [`Không đọc được: ${whyUnread[station.phase]}.`]
  const { audit, dossiers, outbox, migrations } = store
  const counts = Object.entries(dossiers).map(([status, count]) => `${count} ${statusWords[status as DossierStatus]}`)
  return [
    'failure' in audit
      ? `Nhật ký: HỎNG${audit.entry === undefined ? '' : ` từ mục ${audit.entry}`} (${audit.failure})`
      : `Nhật ký: nguyên vẹn, ${audit.entries} mục, đầu chuỗi ${audit.head.slice(0, 16)}`,
    `Hồ sơ: ${counts.length > 0 ? counts.join(', ') : 'chưa có'}; ${outbox.waiting} chờ xuất`,
    `Cấu trúc dữ liệu: ${migrations.at(-1) ?? ''}`,
  ]
}

const whyUnread: Readonly<Record<StationView['phase'], string>> = {
  new: 'trạm chưa thiết lập',
  locked: 'trạm đang khoá',
  open: 'cơ sở dữ liệu không trả lời',
  failed: 'trạm không mở được',
}

function dayAndTime(at: Date): string {
  return `${localDate(at)} ${two(at.getHours())}:${two(at.getMinutes())}`
}

function localDate(at: Date): string {
  return `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function decimal(value: number): string {
  return (Math.round(value * 10) / 10).toString().replace('.', ',')
}
