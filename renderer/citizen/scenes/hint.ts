import { useEffect, useRef } from 'react'
import type { EventData } from '#contract/index.ts'
import { latest } from '../../state/mirror.ts'
import { useSayNow } from '../speech/listen.tsx'
import { desk, useViewing } from '../view.ts'

type Hint = NonNullable<EventData<'citizenHint'>>
/** Known before the scene is on the screen, too. */
const seen = latest(desk.on.citizenHint)

/** What to do now, while main looks at the hand or the face; `undefined` while nothing is looked at. */
export function useHint(): Hint | undefined {
  return seen(({ value }) => value) ?? undefined
}

/** Milliseconds between two hints that are spoken: nobody follows more. */
const pause = 4000

/** Says a hint when it appears: what has become of it by then, when another was said just before. Never twice. */
export function useSpokenHint(key: string | undefined, text: string): void {
  const { sound } = useViewing().viewing
  const say = useSayNow()
  const last = useRef({ at: -Infinity, key: '' })
  useEffect(() => {
    if (key === undefined || !sound || last.current.key === key) return
    const wait = setTimeout(
      () => {
        last.current = { at: performance.now(), key }
        say([{ keys: [key], text }])
      },
      Math.max(0, last.current.at + pause - performance.now()),
    )
    return () => clearTimeout(wait)
  }, [key, text, sound, say])
}
