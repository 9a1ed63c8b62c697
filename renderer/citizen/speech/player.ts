import type { Way } from './plan.ts'

/** True while something is being said; for pictures that move with it, and for choices that wait for it. */
let speaking = false
const listeners = new Set<(speaking: boolean) => void>()

/** Recordings are fetched when a scene appears, not when they are wanted; the number of those that want them. */
const fetched = new Map<string, { readonly audio: HTMLAudioElement; users: number }>()

const addressOf = (language: string, key: string) => `/audio/${language}/${key}`

/** Has the recordings of these ways ready. Answers with what lets them go. */
export function prepare(ways: readonly (readonly Way[])[]): () => void {
  const wanted = new Set(ways.flatMap(([best]) => addressesOf(best)))
  for (const address of wanted) {
    const entry = fetched.get(address) ?? { audio: load(address), users: 0 }
    entry.users++
    fetched.set(address, entry)
  }
  return () => {
    for (const address of wanted) {
      const entry = fetched.get(address)
      if (entry && --entry.users === 0) fetched.delete(address)
    }
  }
}

function addressesOf(way: Way | undefined): string[] {
  return way?.by === 'recording' ? way.keys.map((key) => addressOf(way.language, key)) : []
}

function load(address: string): HTMLAudioElement {
  const audio = new Audio(address)
  audio.preload = 'auto'
  return audio
}

function audioOf(address: string): HTMLAudioElement {
  return fetched.get(address)?.audio ?? load(address)
}

export function isSpeaking(): boolean {
  return speaking
}

export function listenToSpeaking(listener: (speaking: boolean) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(now: boolean): void {
  if (speaking === now) return
  speaking = now
  for (const listener of listeners) listener(now)
}

let under: AbortController | undefined

/** Says one piece after the other, each in the best way that works; what cannot be played is passed over in silence. */
export function speak(ways: readonly (readonly Way[])[], voice: SpeechSynthesisVoice | undefined): void {
  hush()
  const control = new AbortController()
  under = control
  tell(true)
  void sayAll(ways, voice, control.signal).finally(() => {
    if (under !== control) return
    under = undefined
    tell(false)
  })
}

/** Ends at once whatever is being said. */
export function hush(): void {
  if (!under) return
  under.abort()
  under = undefined
  speechSynthesis.cancel()
  tell(false)
}

async function sayAll(
  ways: readonly (readonly Way[])[],
  voice: SpeechSynthesisVoice | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (const piece of ways) {
    for (const way of piece) {
      if (signal.aborted) return
      const said = way.by === 'recording' ? await playAll(way, signal) : await utter(way, voice, signal)
      if (said) break
    }
  }
}

/** False when the first of them cannot be played: nothing was heard yet, so another way may be tried. */
async function playAll({ language, keys }: Way & { readonly by: 'recording' }, signal: AbortSignal): Promise<boolean> {
  for (const [at, key] of keys.entries()) {
    const played = await play(audioOf(addressOf(language, key)), signal)
    if (signal.aborted) return true
    if (!played && at === 0) return false
  }
  return true
}

function play(audio: HTMLAudioElement, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const own = new AbortController()
    const end = (played: boolean) => {
      own.abort()
      resolve(played)
    }
    const listen = { signal: own.signal }
    audio.addEventListener('ended', () => end(true), listen)
    audio.addEventListener('error', () => end(false), listen)
    signal.addEventListener(
      'abort',
      () => {
        audio.pause()
        end(false)
      },
      listen,
    )
    if (audio.error) return end(false)
    audio.currentTime = 0
    audio.play().catch(() => end(false))
  })
}

/** A voice that never tells its end must not hold back what follows for good: it is given the time of a slow reader. */
function utter(
  { text, named }: Way & { readonly by: 'voice' },
  voice: SpeechSynthesisVoice | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (!voice || (named && !standsOnScreen(text))) return Promise.resolve(false)
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text)
    words.voice = voice
    words.lang = voice.lang
    words.rate = 0.9
    const longest = setTimeout(() => resolve(true), 3000 + text.length * 200)
    const end = (said: boolean) => () => {
      clearTimeout(longest)
      resolve(said)
    }
    words.onend = end(true)
    words.onerror = end(false)
    signal.addEventListener('abort', end(true), { once: true })
    speechSynthesis.speak(words)
  })
}

function standsOnScreen(text: string): boolean {
  const plain = (words: string) => words.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
  const shown = document.querySelector('.stage')?.textContent ?? ''
  return plain(shown).includes(plain(text))
}
