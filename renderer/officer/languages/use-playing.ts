import { useCallback, useEffect, useRef, useState } from 'react'

/** Plays one sound at a time; the same act stops it. `failed`: it could not be played. */
export function usePlaying() {
  const sound = useRef<HTMLAudioElement>(undefined)
  const [state, setState] = useState<'silent' | 'playing' | 'failed'>('silent')
  const stop = useCallback(() => {
    sound.current?.pause()
    sound.current = undefined
    setState('silent')
  }, [])
  useEffect(
    () => () => {
      sound.current?.pause()
      sound.current = undefined
    },
    [],
  )
  const toggle = (url: string) => {
    if (sound.current) return stop()
    const next = new Audio(url)
    sound.current = next
    const end = (as: 'silent' | 'failed') => {
      if (sound.current !== next) return
      sound.current = undefined
      setState(as)
    }
    next.addEventListener('ended', () => end('silent'))
    setState('playing')
    next.play().catch(() => end('failed'))
  }
  return { state, toggle, stop }
}
