import { Volume2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { BigButton } from '../big-button.tsx'
import { useWordsOf } from '../packs.ts'
import type { Said } from '../said.ts'
import { desk, useViewing } from '../view.ts'
import { useWords } from '../words.ts'
import { heardOf, missedKeys, waysToSay, type Means, type Way } from './plan.ts'
import { hush, isSpeaking, listenToSpeaking, prepare, speak } from './player.ts'
import { useVoice } from './voices.ts'

export type { Said, SaidPiece } from '../said.ts'

/** What is heard of `said` when it appears. Without sound, or before the recordings are known, nothing. */
export function useHeard(said: Said): 'recording' | 'voice' | 'nothing' {
  const { sound } = useViewing().viewing
  const { ways } = useWays(said)
  return sound ? heardOf(ways) : 'nothing'
}

/** Says what stands on the screen once it appears, and again on request. With nothing to say it with, no button. */
export function Listen({ said }: { readonly said: Said }) {
  const { t, say } = useWords()
  const { ways, voice, missed, language, known } = useWays(said)
  const { sound } = useViewing().viewing
  const what = JSON.stringify([language, said])
  const spoken = useRef<string>(undefined)
  const speaking = useSyncExternalStore(listenToSpeaking, isSpeaking)

  useEffect(() => prepare(ways), [ways])
  // Voices that come, go or are listed anew are no reason to say it again.
  useEffect(() => {
    if (!known || !sound || ways.length === 0 || spoken.current === what) return
    spoken.current = what
    speak(ways, voice)
  }, [known, sound, ways, voice, what])
  useEffect(
    () => () => {
      spoken.current = undefined
      hush()
    },
    [what, sound],
  )
  useMissed(language, missed, what)
  if (ways.length === 0) return null
  return (
    <BigButton kind="plain" className="listen" onPress={() => speak(ways, voice)}>
      <span className="listen-disc">
        <Volume2 size={30} aria-hidden />
      </span>
      {say('listen', t('listen'))}
      <span className="waves" aria-hidden data-speaking={speaking}>
        {[10, 26, 18, 34, 14, 26, 12].map((height, at) => (
          <span key={at} style={{ height }} />
        ))}
      </span>
    </BigButton>
  )
}

function useWays(said: Said): {
  readonly ways: readonly (readonly Way[])[]
  readonly missed: readonly string[]
  readonly voice: SpeechSynthesisVoice | undefined
  readonly language: string
  /** What is recorded is known. */
  readonly known: boolean
} {
  const { i18n } = useTranslation()
  const { language } = useViewing().viewing
  const own = useWordsOf(language)
  const vietnamese = useWordsOf('vi')
  const voice = useVoice(i18n.language)
  const what = JSON.stringify(said)
  return useMemo(() => {
    const means: Means = {
      language,
      recordings: own?.recordings ?? [],
      vietnamese: vietnamese?.recordings ?? [],
      voice: voice !== undefined,
    }
    const pieces = JSON.parse(what) as Said
    const known = own !== undefined && vietnamese !== undefined
    return {
      ways: waysToSay(pieces, means),
      missed: known ? missedKeys(pieces, means) : [],
      voice,
      language,
      known,
    }
  }, [what, language, own, vietnamese, voice])
}

/** Each missing sentence is counted once for as long as the same is shown. */
function useMissed(language: string, missed: readonly string[], what: string): void {
  const counted = useRef<string>(undefined)
  useEffect(() => {
    if (missed.length === 0 || counted.current === what) return
    counted.current = what
    void desk.call.reportMissed({ language, keys: missed.slice(0, 60) })
  }, [language, missed, what])
}
