import type { CitizenView, LanguageView, LanguageWords, StationView } from '#contract/index.ts'
import { usualViewing, type Viewing } from '#domain/enrolment/index.ts'
import { ok, type Answers } from './harness.ts'

/** Invented station. */
export const station: StationView = {
  phase: 'open',
  code: 'SL-0312',
  name: 'Công an xã Thuận Châu',
  contact: { place: 'Công an xã Thuận Châu', hours: 'Thứ hai đến thứ sáu, 7:30–16:30', phone: '0212 3840 000' },
  runtime: 'electron',
  simulated: false,
  today: '2026-11-12',
}

/** What every scene of a visit has; spread it and add the scene. */
export const visit = { address: 'bác', viewing: usualViewing, done: 2, total: 7 } as const

export const withViewing = <View extends CitizenView>(view: View, viewing: Partial<Viewing>): View =>
  'viewing' in view ? { ...view, viewing: { ...view.viewing, ...viewing } } : view

const empty = { direction: 'ltr', sentences: 125, texts: 0, recordings: 0 } as const
const language = (id: string, name: string, texts = 0, recordings = 0): LanguageView => ({
  ...empty,
  id,
  name,
  texts,
  recordings,
})

/** Vietnamese and English; the slots of the others are empty. */
export const languagesKnown: readonly LanguageView[] = [
  language('vi', 'Tiếng Việt'),
  language('en', 'English'),
  language('blt-Tavt', 'Tiếng Thái (chữ Thái)'),
  language('mww', 'Tiếng Mông'),
]

/** An invented pack, in no language: every sentence is words too long to fit anywhere. */
export const longPack = (keys: readonly string[]): LanguageWords => ({
  id: 'mww',
  direction: 'ltr',
  texts: Object.fromEntries(
    keys.map((key) => [
      key,
      /^(?:answer|listen|sign\.(?:clear|done)|page\.|part\.)/u.test(key)
        ? 'Thửnghiệmtừrấtdài'
        : 'Thửnghiệmmộttừrấtdàikhôngngắtđược rồi thêm vài từ Thửnghiệmmộttừrấtdàinữa',
    ]),
  ),
  recordings: [],
  date: ['year', 'month', 'day'],
})

export const noWords = (id: string): LanguageWords => ({
  id,
  direction: 'ltr',
  texts: {},
  recordings: [],
  date: ['day', 'month', 'year'],
})

/** What main answers the citizen's page; languages are as empty as they come. */
export const citizenAnswers = (view: CitizenView, more: Answers = {}): Answers => ({
  station: () => ok(station),
  citizenView: () => ok(view),
  languages: () => ok(languagesKnown),
  languageWords: ({ language: id }) => ok(noWords(id)),
  notices: () => ok([]),
  ...more,
})
