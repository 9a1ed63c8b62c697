import { z } from 'zod'
import { citizen, listOf, nothing, officer, picture } from './common.ts'
import { isoDate, isoTime, languageId, text } from './dossier-schema.ts'
import { call, event } from './kinds.ts'

/** Key of a sentence in resources/languages/sentences.json: `greeting.heading`, `digit.7`. */
export const sentenceKey = z
  .string()
  .regex(/^[a-z0-9]+(?:[.-][a-zA-Z0-9]+)*$/u)
  .max(80)
/** Of a font in a pack. */
export const fontName = z.string().regex(/^[a-z0-9-]{1,40}$/u)
const fontNames = z.array(fontName).max(4).readonly()
const direction = z.enum(['ltr', 'rtl'])

/** A language that the citizen's screen knows, with how much of it is there. */
export const languageView = z.strictObject({
  id: languageId,
  /** In the language itself where the pack says so, otherwise Vietnamese. */
  name: text,
  direction,
  sentences: z.int().nonnegative(),
  texts: z.int().nonnegative(),
  recordings: z.int().nonnegative(),
  /** The order in which a date is said. */
  date: z
    .array(z.enum(['day', 'month', 'year']))
    .readonly()
    .exactOptional(),
  /** Names of the fonts that its texts are shown with first. */
  fonts: fontNames.exactOptional(),
  /** Who listened to all of it and found it right. */
  reviewed: z.strictObject({ by: text, on: isoDate }).exactOptional(),
  /** Station that recorded it, when it was another one. */
  from: text.exactOptional(),
})
export type LanguageView = z.infer<typeof languageView>

/**
 * What the citizen's page needs of a language. Recordings: `/audio/<language>/<key>` of the window's own origin, fonts:
 * `/font/<language>/<name>`.
 */
export const languageWords = z.strictObject({
  id: languageId,
  direction,
  texts: z.record(sentenceKey, text),
  recordings: z.array(sentenceKey).readonly(),
  /** The order in which a date is said, and whether each part has its word before it. */
  date: z.array(z.enum(['day', 'month', 'year'])).readonly(),
  fonts: fontNames.exactOptional(),
})
export type LanguageWords = z.infer<typeof languageWords>

/** One sentence to be recorded. */
export const studioSentence = z.strictObject({
  key: sentenceKey,
  /** What it says, in Vietnamese. */
  vietnamese: text,
  /** When it is heard. */
  hint: text.exactOptional(),
  text: text.exactOptional(),
  recording: z.strictObject({ seconds: z.number().positive(), at: isoTime }).exactOptional(),
  /** How often citizens needed it and it was not there. */
  missed: z.int().nonnegative(),
})
export type StudioSentence = z.infer<typeof studioSentence>

/** A pack in a folder, before it is taken over. */
export const packFound = z.strictObject({
  id: languageId,
  name: text,
  station: z.strictObject({ name: text, code: text }),
  /** SHA-256 of the station's certificate, hexadecimal. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/u),
  /** A pack of this station was taken over before. */
  known: z.boolean(),
  texts: z.int().nonnegative(),
  recordings: z.int().nonnegative(),
  sentences: z.int().nonnegative(),
  fonts: z.int().nonnegative().exactOptional(),
  reviewed: z.strictObject({ by: text, on: isoDate }).exactOptional(),
  /** How many recordings of this station it would replace. */
  replaces: z.int().nonnegative(),
})
export type PackFound = z.infer<typeof packFound>

const folder = z.string().min(1).max(1024)
const ofWriting = ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'] as const
const ofPack = ['PACK_MALFORMED', 'PACK_TOO_LARGE', 'PACK_SIGNATURE'] as const

/** Languages of the citizen's screen: recording them, carrying them from station to station. */
export const languageCalls = {
  languages: call({
    from: ['officer', 'citizen'],
    input: nothing,
    output: z.array(languageView).readonly(),
    errors: [],
  }),
  languagesChanged: event({ to: ['officer', 'citizen'], data: z.array(languageView).readonly() }),
  languageWords: call({
    from: citizen,
    input: z.strictObject({ language: languageId }),
    output: languageWords,
    errors: [],
  }),
  /** A citizen needed a sentence that is not recorded. */
  reportMissed: call({
    from: citizen,
    input: z.strictObject({ language: languageId, keys: listOf(sentenceKey, { least: 1, most: 60 }) }),
    output: nothing,
    errors: [],
  }),
  studioSentences: call({
    from: officer,
    input: z.strictObject({ language: languageId }),
    output: z.array(studioSentence).readonly(),
    errors: ['STATION_LOCKED'],
  }),
  /** WebM with Opus as MediaRecorder makes it. A new recording or text takes the review away. */
  saveRecording: call({
    from: officer,
    input: z.strictObject({
      language: languageId,
      key: sentenceKey,
      audio: picture,
      seconds: z.number().positive().max(60),
    }),
    output: nothing,
    errors: [...ofWriting, 'RECORDING_UNUSABLE'],
  }),
  dropRecording: call({
    from: officer,
    input: z.strictObject({ language: languageId, key: sentenceKey }),
    output: nothing,
    errors: ofWriting,
  }),
  /** '' takes it away. */
  saveSentenceText: call({
    from: officer,
    input: z.strictObject({ language: languageId, key: sentenceKey, text }),
    output: nothing,
    errors: [...ofWriting, 'FIELD_FORMAT'],
  }),
  /** Name of the language in the language itself, and how dates are said. */
  describeLanguage: call({
    from: officer,
    input: z.strictObject({
      language: languageId,
      name: text,
      date: listOf(z.enum(['day', 'month', 'year']), { least: 3, most: 3 }),
    }),
    output: nothing,
    errors: [...ofWriting, 'FIELD_FORMAT'],
  }),
  /** Somebody who speaks the language heard all of it; '' takes it back. */
  reviewLanguage: call({
    from: officer,
    input: z.strictObject({ language: languageId, by: text }),
    output: nothing,
    errors: [...ofWriting, 'FIELD_FORMAT'],
  }),
  /** Writes the pack into a new folder below `folder` and reads it back. Answers with that folder. */
  exportLanguage: call({
    from: officer,
    input: z.strictObject({ language: languageId, folder }),
    output: z.strictObject({ folder: z.string().max(1200), recordings: z.int().nonnegative() }),
    errors: ['STATION_LOCKED', 'STATION_INCOMPLETE', 'EXPORT_FAILED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
  /** Looks at a pack, or at the only one right below `folder`; changes nothing. */
  inspectLanguage: call({
    from: officer,
    input: z.strictObject({ folder }),
    output: packFound,
    errors: ['STATION_LOCKED', ...ofPack],
  }),
  /** Takes the pack over; `fingerprint` is the one that the officer was shown. */
  importLanguage: call({
    from: officer,
    input: z.strictObject({ folder, fingerprint: z.string().regex(/^[0-9a-f]{64}$/u) }),
    output: z.strictObject({ language: languageId, recordings: z.int().nonnegative() }),
    errors: [...ofWriting, ...ofPack],
  }),
  /** `file` is the path of a WOFF2 font; one of the same name is replaced. Takes the review away. */
  addFont: call({
    from: officer,
    input: z.strictObject({ language: languageId, file: folder }),
    output: nothing,
    errors: [...ofWriting, 'FONT_UNUSABLE'],
  }),
  dropFont: call({
    from: officer,
    input: z.strictObject({ language: languageId, name: fontName }),
    output: nothing,
    errors: ofWriting,
  }),
} as const
