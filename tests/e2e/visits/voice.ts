import { writeFileSync } from 'node:fs'
import { wav } from '../../support/wav.ts'

const rate = 48_000
const seconds = 3

/** What a microphone hears, for a browser that takes a WAV for one: three syllables of a hum, nobody's voice. */
export function writeVoice(path: string): void {
  const samples = new Int16Array(rate * seconds)
  for (let at = 0; at < samples.length; at++) {
    const time = at / rate
    const syllable = Math.max(0, Math.sin(time * Math.PI * 2)) ** 0.5
    const hum = Math.sin(time * 2 * Math.PI * 180) + 0.5 * Math.sin(time * 2 * Math.PI * 360)
    // The browser's gain begins at some 15 dB: a hum three times as loud is cut off until it has settled.
    samples[at] = 0.1 * 32_767 * syllable * (hum / 1.5)
  }
  writeFileSync(path, wav(samples, rate))
}
