import { writeFileSync } from 'node:fs'

const rate = 48_000
const seconds = 3

/** What a microphone hears, for a browser that takes a WAV for one: three syllables of a hum, nobody's voice. */
export function writeVoice(path: string): void {
  const samples = new Int16Array(rate * seconds)
  for (let at = 0; at < samples.length; at++) {
    const time = at / rate
    const syllable = Math.max(0, Math.sin(time * Math.PI * 2)) ** 0.5
    const hum = Math.sin(time * 2 * Math.PI * 180) + 0.5 * Math.sin(time * 2 * Math.PI * 360)
    samples[at] = 0.3 * 32_767 * syllable * (hum / 1.5)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]))
}
