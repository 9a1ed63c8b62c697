import type { Page } from '@playwright/test'
import { wav } from '../../support/wav.ts'

/** A recording of 20 ms of silence. */
export const recording: Uint8Array = wav(new Int16Array(160), 8000)

/** `/audio/<language>/<key>` of these sentences, each with a recording that plays. */
export const recorded = (language: string, keys: readonly string[]): Record<string, Uint8Array> =>
  Object.fromEntries(keys.map((key) => [`/audio/${language}/${key}`, recording]))

/** In the page: writes down what is played, and what a Vietnamese voice says. Playing itself stays the browser's. */
export function overhear(): void {
  const heard: string[] = []
  Object.assign(window, { heard })
  const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')?.value as () => Promise<void>
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    return play.call(this).then(() => {
      heard.push(decodeURIComponent(new URL(this.src).pathname))
    })
  }
  class Utterance {
    readonly text: string
    voice: unknown
    onend?: () => void
    constructor(text: string) {
      this.text = text
    }
  }
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => [{ lang: 'vi-VN', name: 'thử' }],
    speak: (words: Utterance) => {
      heard.push(words.text)
      queueMicrotask(() => words.onend?.())
    },
    cancel: () => undefined,
  })
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
}

export const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard)
