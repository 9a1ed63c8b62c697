import { readFileSync } from 'node:fs'
import type { LanguageView, PackFound, StudioSentence } from '#contract/index.ts'
import { ok, type Answers, type Screen } from './harness.ts'
import { liveDossier } from './officer-desk.ts'
import { wav } from '../../support/wav.ts'

const bundled = JSON.parse(
  readFileSync(new URL('../../../resources/languages/sentences.json', import.meta.url), 'utf8'),
) as readonly { readonly key: string; readonly vi: string; readonly when: string }[]

/** All keys in the order of the program. */
export const sentenceKeys = bundled.map(({ key }) => key)

const slots = [
  ['vi', 'Tiếng Việt'],
  ['en', 'English'],
  ['blt-Tavt', 'Tiếng Thái (chữ Thái)'],
  ['blt-Latn', 'Tiếng Thái (chữ La-tinh)'],
  ['mww', 'Tiếng Mông'],
  ['ium', 'Tiếng Dao'],
  ['km', 'Tiếng Khmer'],
] as const

export const packFound: PackFound = {
  id: 'mww',
  name: 'Tiếng Mông mẫu',
  station: { name: 'Công an xã Mẫu', code: 'SL-0999' },
  fingerprint: '3fa4c1d29e0b77a65d1c08f2b94e6a7730d5e8f1c2b3a495867d0e1f2a3b4c5d',
  known: false,
  texts: 4,
  recordings: 119,
  sentences: 125,
  reviewed: { by: 'Giàng A Mẫu', on: '2026-10-02' },
  replaces: 3,
}

/** Languages that live: what is recorded and written stays, and the windows are told. */
export function liveStudio(missed: Readonly<Record<string, number>> = {}, recordedAtStart = 0) {
  let screen: Screen | undefined
  const sentences = new Map(slots.map(([id]) => [id as string, fresh(id === 'mww' ? recordedAtStart : 0, missed)]))
  const facts = new Map<string, Partial<LanguageView>>()
  const views = (): LanguageView[] =>
    slots.map(([id, name]) => {
      const own = sentences.get(id) ?? []
      return {
        id,
        name,
        direction: 'ltr',
        sentences: own.length,
        texts: own.filter(({ text }) => text !== undefined).length,
        recordings: own.filter(({ recording }) => recording).length,
        ...facts.get(id),
      }
    })
  const tell = () => screen?.emit('languagesChanged', views())
  const change = async (language: string, key: string, to: (sentence: StudioSentence) => StudioSentence) => {
    sentences.set(
      language,
      (sentences.get(language) ?? []).map((each) => (each.key === key ? to(each) : each)),
    )
    facts.set(language, { ...facts.get(language) })
    await tell()
    return ok({})
  }
  const answers: Answers = {
    ...liveDossier([]).answers,
    languages: () => ok(views()),
    studioSentences: ({ language }) => ok(sentences.get(language) ?? []),
    saveRecording: ({ language, key, seconds }) =>
      change(language, key, (each) => ({ ...each, recording: { seconds, at: '2026-11-23T03:42:09.000Z' } })),
    dropRecording: ({ language, key }) => change(language, key, ({ recording: _, ...each }) => each),
    saveSentenceText: ({ language, key, text }) =>
      change(language, key, ({ text: _, ...each }) => (text === '' ? each : { ...each, text })),
    describeLanguage: async ({ language, name, date }) => {
      facts.set(language, { ...facts.get(language), name, date })
      await tell()
      return ok({})
    },
    reviewLanguage: async ({ language, by }) => {
      const { reviewed: _, ...rest } = facts.get(language) ?? {}
      facts.set(language, by === '' ? rest : { ...rest, reviewed: { by, on: '2026-11-23' } })
      await tell()
      return ok({})
    },
    exportLanguage: ({ folder }) => ok({ folder: `${folder}/mww-SL-0312`, recordings: 2 }),
    inspectLanguage: () => ok(packFound),
    importLanguage: () => ok({ language: 'mww', recordings: packFound.recordings }),
  }
  return {
    answers,
    attach: (opened: Screen) => {
      screen = opened
    },
    recorded: (language: string) =>
      (sentences.get(language) ?? []).filter(({ recording }) => recording).map(({ key }) => key),
  }
}

function fresh(recorded: number, missed: Readonly<Record<string, number>>): readonly StudioSentence[] {
  return bundled.map(({ key, vi, when }, index) => ({
    key,
    vietnamese: vi,
    hint: when,
    missed: missed[key] ?? 0,
    ...(index < recorded && { recording: { seconds: 1.4 + (index % 9) / 10, at: '2026-11-22T03:42:09.000Z' } }),
  }))
}

/** In the page: a microphone whose loudness the test sets with `document.documentElement.dataset.loud`, 0 to 2. */
export function putMicrophone(): void {
  navigator.mediaDevices.getUserMedia = (wishes) => {
    document.documentElement.dataset['asked'] = JSON.stringify(wishes)
    const context = new AudioContext()
    const tone = context.createOscillator()
    const gain = context.createGain()
    const out = context.createMediaStreamDestination()
    tone.connect(gain).connect(out)
    gain.gain.value = Number(document.documentElement.dataset['loud'] ?? '0.4')
    new MutationObserver(() => {
      gain.gain.value = Number(document.documentElement.dataset['loud'])
    }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-loud'] })
    addEventListener('pull-microphone', () => {
      const [track] = out.stream.getAudioTracks()
      track?.stop()
    })
    tone.start()
    return context.resume().then(() => out.stream)
  }
}

/** 0.3 seconds of a tone as a WAV file: what `/audio/…` plays. */
export function tone(): Uint8Array {
  const rate = 8000
  return wav(
    Int16Array.from({ length: 0.3 * rate }, (_, at) => 8000 * Math.sin(at / 3)),
    rate,
  )
}
