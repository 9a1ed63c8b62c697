import { useEffect } from 'react'
import { create } from 'zustand'
import type { LanguageView, LanguageWords } from '#contract/index.ts'
import { loadPackFonts, showPackFontsOf } from './pack-fonts.ts'
import { desk } from './view.ts'
import { useOwned } from '../state/owned.ts'

/** Words of the languages that were asked for, by id; the one now in use. Nothing of a person is in here. */
const packs = create<{ readonly words: Readonly<Record<string, LanguageWords>>; readonly language: string }>(() => ({
  words: {},
  language: 'vi',
}))

const askLanguages = () => desk.call.languages({})

/** Languages of which at least one sentence is there in words or sound, Vietnamese and English always. */
export function useLanguages(): readonly LanguageView[] {
  const { value } = useOwned(askLanguages, desk.on.languagesChanged)
  return (value ?? []).filter(({ id, texts, recordings }) => id === 'vi' || id === 'en' || texts > 0 || recordings > 0)
}

/** Keeps the words of `language` and, as what everything falls back to, the Vietnamese ones. */
export function useFetchedWords(language: string): void {
  const languages = useOwned(askLanguages, desk.on.languagesChanged).value
  useEffect(() => {
    packs.setState({ language })
    showPackFontsOf(language)
    for (const id of new Set([language, 'vi']))
      void desk.call.languageWords({ language: id }).then(async (result) => {
        const words = result.ok ? result.value : nothingKnown(id)
        // Words are fitted by measuring: they come with their letters.
        await loadPackFonts(id, words.fonts ?? [])
        showPackFontsOf(packs.getState().language)
        packs.setState((known) => ({ words: { ...known.words, [id]: words } }))
      })
  }, [language, languages])
}

/** `undefined` until they are there. A language whose words cannot be had has none. */
export function useWordsOf(language: string): LanguageWords | undefined {
  return packs(({ words }) => words[language])
}

/** The order in which the language in use says a date. */
export function dateOrder(): LanguageWords['date'] {
  const { words, language } = packs.getState()
  return words[language]?.date ?? usualOrder
}

const usualOrder = ['day', 'month', 'year'] as const

function nothingKnown(id: string): LanguageWords {
  return { id, direction: 'ltr', texts: {}, recordings: [], date: usualOrder }
}
