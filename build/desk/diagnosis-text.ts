import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { subjects, type CheckReport } from '#domain/diagnosis/index.ts'
import type { CheckPrompt } from '#native/capability/checks.ts'
import { aligned } from './aligned.ts'

type Words = {
  readonly verdict: Readonly<Record<string, string>>
  readonly subject: Readonly<Record<string, string>>
  readonly prompt: Readonly<Record<CheckPrompt, string>>
  readonly cause: Readonly<Record<string, { readonly title: string; readonly advice: string }>>
}
/** A report, or as much of one as is known. */
type Told = Pick<CheckReport, 'subject' | 'verdict' | 'device'> & {
  readonly found: readonly Pick<CheckReport['found'][number], 'cause'>[]
}

const marks = { works: '✓', limits: '!', fails: '✗' } as const

/** The verdict of each test, each cause with what to do in Vietnamese and in English, and the figures. */
export async function diagnosisText(reports: readonly CheckReport[]): Promise<readonly string[]> {
  const [verdictOf, { figure }] = await Promise.all([verdictText(), wordsOf<FigureWords>('vi', 'technician')])
  return reports.flatMap((report) => [
    ...verdictOf(report),
    ...aligned([
      ...Object.entries(report.figures).map(([name, value]) => [figure[name] ?? name, String(value), name]),
      ['Thời gian đo, ms', String(report.took), 'took'],
    ]).map((line) => `    ${line}`),
    '',
  ])
}

type FigureWords = { readonly figure: Readonly<Record<string, string>> }

/** The verdict of one test and each cause with what to do, in Vietnamese and in English. */
export async function verdictText(): Promise<(told: Told) => readonly string[]> {
  const [vi, en] = await Promise.all([diagnosisWords('vi'), diagnosisWords('en')])
  return ({ subject, device, verdict, found }) => [
    `${marks[verdict]} ${vi.subject[subject]}${device === undefined ? '' : ` ${device}`}: ${vi.verdict[verdict]}`,
    ...found.flatMap(({ cause }) => [
      `    ${vi.cause[cause]?.title}. ${vi.cause[cause]?.advice}`,
      `    ${en.cause[cause]?.title}. ${en.cause[cause]?.advice} (${cause})`,
    ]),
  ]
}

/** What can be tested, by its word on the command line. */
export async function subjectLines(): Promise<readonly string[]> {
  const { subject } = await diagnosisWords('vi')
  return aligned(subjects.map((each) => [each, subject[each] ?? each]))
}

/** What a person must do, in Vietnamese and in English. */
export async function promptText(): Promise<(prompt: CheckPrompt) => readonly string[]> {
  const [vi, en] = await Promise.all([diagnosisWords('vi'), diagnosisWords('en')])
  return (prompt) => [`» ${vi.prompt[prompt]} [Enter]`, `  ${en.prompt[prompt]} [Enter] (${prompt})`]
}

const diagnosisWords = (language: string) => wordsOf<Words>(language, 'diagnosis')

async function wordsOf<T>(language: string, part: string): Promise<T> {
  const path = join(import.meta.dirname, '../../resources/languages', language, `${part}.json`)
  return JSON.parse(await readFile(path, 'utf8')) as T
}
