import type { Page } from '@playwright/test'

/** A recording of 20 ms of silence: WAV, 8 kHz, 8 bit, one channel. */
export const recording: Uint8Array = wav(160)

function wav(samples: number): Uint8Array {
  const bytes = Buffer.alloc(44 + samples, 0x80)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + samples, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8000, 24)
  bytes.writeUInt32LE(8000, 28)
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(samples, 40)
  return bytes
}

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
