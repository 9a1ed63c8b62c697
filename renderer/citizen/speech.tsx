import { Volume2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

/** Speaks a sentence once it is shown, and again on request. Without a voice for the language there is no button. */
export function Listen({ sentence }: { readonly sentence: string }) {
  const { t, i18n } = useTranslation()
  const voice = useVoice(i18n.language)
  const [speaking, setSpeaking] = useState(false)
  const speak = useCallback(() => {
    if (!voice) return
    speechSynthesis.cancel()
    const words = new SpeechSynthesisUtterance(sentence)
    words.voice = voice
    words.lang = voice.lang
    words.rate = 0.9
    words.onstart = () => setSpeaking(true)
    words.onend = () => setSpeaking(false)
    words.onerror = () => setSpeaking(false)
    speechSynthesis.speak(words)
  }, [voice, sentence])
  // Voices that come, go or are listed anew are no reason to say it again.
  const spoken = useRef<string>(undefined)
  useEffect(() => {
    if (!voice || spoken.current === sentence) return
    spoken.current = sentence
    speak()
  }, [speak, voice, sentence])
  useEffect(
    () => () => {
      spoken.current = undefined
      speechSynthesis.cancel()
    },
    [sentence],
  )
  if (!voice) return null
  return (
    <Button className="listen" onPress={speak}>
      <span className="listen-disc">
        <Volume2 size={30} aria-hidden />
      </span>
      {t('listen')}
      <span className="waves" aria-hidden data-speaking={speaking}>
        {[10, 26, 18, 34, 14, 26, 12].map((height, at) => (
          <span key={at} style={{ height }} />
        ))}
      </span>
    </Button>
  )
}

/** Voices arrive late, and may come and go with the system's settings. */
function useVoice(language: string): SpeechSynthesisVoice | undefined {
  const [voices, setVoices] = useState(() => speechSynthesis.getVoices())
  useEffect(() => {
    const refresh = () => setVoices(speechSynthesis.getVoices())
    speechSynthesis.addEventListener('voiceschanged', refresh)
    return () => speechSynthesis.removeEventListener('voiceschanged', refresh)
  }, [])
  return voices.find(({ lang }) => lang.toLowerCase().split(/[-_]/u)[0] === language)
}
