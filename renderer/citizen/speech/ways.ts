import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWordsOf } from '../packs.ts'
import type { Said } from '../said.ts'
import { useViewing } from '../view.ts'
import type { Means } from './plan.ts'
import { useVoice } from './voices.ts'

export type Speech = {
  readonly means: Means
  readonly voice: SpeechSynthesisVoice | undefined
  /** What is recorded is known. */
  readonly known: boolean
}

/** What there is to speak with in the language of this person. */
export function useSpeech(): Speech {
  const { i18n } = useTranslation()
  const { language } = useViewing().viewing
  const own = useWordsOf(language)
  const vietnamese = useWordsOf('vi')
  const voice = useVoice(i18n.language)
  return useMemo(
    () => ({
      means: {
        language,
        recordings: own?.recordings ?? [],
        vietnamese: vietnamese?.recordings ?? [],
        voice: voice !== undefined,
      },
      voice,
      known: own !== undefined && vietnamese !== undefined,
    }),
    [language, own, vietnamese, voice],
  )
}

/** The same pieces as long as they say the same. */
export function useSame(said: Said): { readonly said: Said; readonly text: string } {
  const text = JSON.stringify(said)
  return useMemo(() => ({ said: JSON.parse(text) as Said, text }), [text])
}
