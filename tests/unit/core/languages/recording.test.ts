import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspectRecording } from '#core/languages/recording.ts'
import { inventedRecording } from './invented-recording.ts'

/** 1.5 s of Chromium's fake microphone through MediaRecorder, handed over in slices of 200 ms. */
const real = readFileSync(join(import.meta.dirname, 'chromium-beep.webm'))

describe('a recording', () => {
  test('of Chromium is as long as it was recorded', () => {
    expect(inspectRecording(real).seconds).toBeCloseTo(1.5, 1)
  })

  test.each([false, true])('is measured by its blocks, with sizes left open: %s', (unknownSizes) => {
    expect(inspectRecording(inventedRecording(1, 2.4, { unknownSizes })).seconds).toBe(2.4)
  })

  test('that does not begin at nought is as long as its sound', () => {
    const bytes = Buffer.from(inventedRecording(1, 1.2))
    const cluster = bytes.indexOf(Buffer.from([0xe7]))
    bytes[cluster + 9] = 200
    expect(inspectRecording(bytes).seconds).toBe(1.2)
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'not-webm'],
    ['a text', Buffer.from('Xin chào. '.repeat(20)), 'not-webm'],
    ['a WAV', Buffer.concat([Buffer.from('RIFF0000WAVEfmt '), Buffer.alloc(400)]), 'not-webm'],
    ['an Ogg', Buffer.concat([Buffer.from('OggS'), Buffer.alloc(400)]), 'not-webm'],
    ['Matroska that is not WebM', inventedRecording(1, 1, { docType: 'matroska' }), 'not-webm'],
    ['Vorbis', inventedRecording(1, 1, { codec: 'A_VORBIS' }), 'not-opus'],
    ['video', inventedRecording(1, 1, { trackType: 1 }), 'not-opus'],
    ['no track', inventedRecording(1, 1, { tracks: 0 }), 'not-opus'],
    ['two tracks', inventedRecording(1, 1, { tracks: 2 }), 'several-tracks'],
    ['an encrypted track', inventedRecording(1, 1, { encodings: true }), 'encoded'],
    ['laced blocks', inventedRecording(1, 1, { lacing: 0x06 }), 'laced'],
    ['a click', inventedRecording(1, 0.1), 'too-short'],
    ['half a minute and more', inventedRecording(1, 30.6), 'too-long'],
    ['more than 1 MB', inventedRecording(1, 20, { packet: 4000 }), 'too-large'],
    ['a recording cut off in the middle', inventedRecording(1, 2).subarray(0, 400), 'cut-off'],
    ['a header alone', inventedRecording(1, 2).subarray(0, 40), 'cut-off'],
  ])('that is %s is refused, and why is told', (_, bytes, reason) => {
    expect(() => inspectRecording(bytes)).toThrow(
      expect.objectContaining({ code: 'RECORDING_UNUSABLE', context: { reason } }),
    )
  })

  test('changed in any byte is measured or refused, and nothing else happens', () => {
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(fc.nat(real.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(real)
        bytes[at] = (bytes[at] ?? 0) ^ change
        outcomes.add(outcomeOf(bytes))
      }),
      { numRuns: 3000 },
    )
    expect(outcomes).toEqual(new Set(['measured', 'RECORDING_UNUSABLE']))
  })

  test('of random bytes behind the right head is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(outcomeOf(Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), bytes]))).toBe('RECORDING_UNUSABLE')
      }),
      { numRuns: 2000 },
    )
  })
})

function outcomeOf(bytes: Uint8Array): string {
  try {
    const { seconds } = inspectRecording(bytes)
    return seconds >= 0.2 && seconds <= 30 ? 'measured' : `says ${seconds} seconds`
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
