import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { subjects, type CheckReport } from '#domain/diagnosis/index.ts'
import type { CheckPrompt } from '#native/capability/checks.ts'

type Words = {
  readonly verdict: Readonly<Record<string, string>>
  readonly subject: Readonly<Record<string, string>>
  readonly prompt: Readonly<Record<CheckPrompt, string>>
  readonly cause: Readonly<Record<string, { readonly title: string; readonly advice: string }>>
}

const marks = { works: '✓', limits: '!', fails: '✗' } as const

/** The verdict of each test, each cause with what to do in Vietnamese and in English, and the figures. */
export async function diagnosisText(reports: readonly CheckReport[]): Promise<readonly string[]> {
  const [vi, en] = await Promise.all([wordsOf('vi'), wordsOf('en')])
  return reports.flatMap(({ subject, device, verdict, found, figures, took }) => [
    `${marks[verdict]} ${vi.subject[subject]}${device === undefined ? '' : ` ${device}`}: ${vi.verdict[verdict]}`,
    ...found.flatMap(({ cause }) => [
      `    ${vi.cause[cause]?.title}. ${vi.cause[cause]?.advice}`,
      `    ${en.cause[cause]?.title}. ${en.cause[cause]?.advice} (${cause})`,
    ]),
    `    ${[...Object.entries(figures), ['took', took]].map(([name, value]) => `${name} ${value}`).join(' · ')}`,
    '',
  ])
}

/** What can be tested, by its word on the command line. */
export async function subjectLines(): Promise<readonly string[]> {
  const { subject } = await wordsOf('vi')
  return subjects.map((each) => `${each.padEnd(20)} ${subject[each]}`)
}

/** What a person must do, in Vietnamese and in English. */
export async function promptText(): Promise<(prompt: CheckPrompt) => readonly string[]> {
  const [vi, en] = await Promise.all([wordsOf('vi'), wordsOf('en')])
  return (prompt) => [`» ${vi.prompt[prompt]} [Enter]`, `  ${en.prompt[prompt]} [Enter] (${prompt})`]
}

async function wordsOf(language: string): Promise<Words> {
  const path = join(import.meta.dirname, '../../resources/languages', language, 'diagnosis.json')
  return JSON.parse(await readFile(path, 'utf8')) as Words
}
