import { Volume2 } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Said } from '../said.ts'
import { desk, useViewing } from '../view.ts'
import { useWords } from '../words.ts'
import { heardOf, missedKeys, waysToSay } from './plan.ts'
import { hush, isSpeaking, listenToSpeaking, prepare, speak } from './player.ts'
import { useSame, useSpeech } from './ways.ts'

export type { Said, SaidPiece } from '../said.ts'

/** What is heard of `said` when it appears. Without sound, or before the recordings are known, nothing. */
export function useHeard(said: Said): 'recording' | 'voice' | 'nothing' {
  const { sound } = useViewing().viewing
  const { means, known } = useSpeech()
  return sound && known ? heardOf(waysToSay(said, means)) : 'nothing'
}

/** Says what stands on the screen once it appears, and again on request. With nothing to say it with, no button. */
export function Listen({ said: pieces }: { readonly said: Said }) {
  const { t, say, langOf } = useWords()
  const { sound } = useViewing().viewing
  const { said, text } = useSame(pieces)
  const { means, voice, known } = useSpeech()
  const ways = useMemo(() => waysToSay(said, means), [said, means])
  const spoken = useRef<string>(undefined)
  const speaking = useSyncExternalStore(listenToSpeaking, isSpeaking)
  const what = `${means.language} ${text}`

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
  const countMissed = useMissed()
  useEffect(() => countMissed(said), [countMissed, said])
  if (ways.length === 0) return null
  return (
    <button type="button" className="listen" onClick={() => speak(ways, voice)}>
      <span className="listen-disc">
        <Volume2 size={30} aria-hidden />
      </span>
      <span lang={langOf('listen')}>{say('listen', t('listen'))}</span>
      <span className="waves" aria-hidden data-speaking={speaking}>
        {[10, 26, 18, 34, 14, 26, 12].map((height, at) => (
          <span key={at} style={{ height }} />
        ))}
      </span>
    </button>
  )
}

/** Says something at once, instead of whatever is being said. */
export function useSayNow(): (said: Said) => void {
  const { means, voice, known } = useSpeech()
  const countMissed = useMissed()
  const latest = useRef({ means, voice, known, countMissed })
  useEffect(() => {
    latest.current = { means, voice, known, countMissed }
  })
  return useCallback((said) => {
    const { known: ready, ...now } = latest.current
    if (!ready) return
    now.countMissed(said)
    const ways = waysToSay(said, now.means)
    if (ways.length > 0) speak(ways, now.voice)
  }, [])
}

/** Counts what is not recorded in this language, each sentence once for as long as the scene stands. */
function useMissed(): (said: Said) => void {
  const { means, known } = useSpeech()
  const counted = useRef(new Set<string>())
  return useCallback(
    (said) => {
      if (!known) return
      const keys = missedKeys(said, means).filter((key) => !counted.current.has(`${means.language} ${key}`))
      for (const key of keys) counted.current.add(`${means.language} ${key}`)
      if (keys.length > 0) void desk.call.reportMissed({ language: means.language, keys: keys.slice(0, 60) })
    },
    [known, means],
  )
}
