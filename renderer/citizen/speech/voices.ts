import { useEffect, useState } from 'react'

/** Voices arrive late, and may come and go with the system's settings. */
export function useVoice(language: string): SpeechSynthesisVoice | undefined {
  const [voices, setVoices] = useState(() => speechSynthesis.getVoices())
  useEffect(() => {
    const refresh = () => setVoices(speechSynthesis.getVoices())
    speechSynthesis.addEventListener('voiceschanged', refresh)
    return () => speechSynthesis.removeEventListener('voiceschanged', refresh)
  }, [])
  return voices.find(({ lang }) => lang.toLowerCase().split(/[-_]/u)[0] === language)
}
