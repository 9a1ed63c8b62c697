import { describe, expect, it } from 'vitest'
import {
  causeOfTrouble,
  judgeCardReader,
  judgeCodeScanner,
  judgeDocumentCamera,
  judgeFingerprintScanner,
  judgeIrisCamera,
  judgeLine,
  judgeService,
  slowReadings,
  verdictOf,
  type Figures,
  type Found,
  type Trouble,
} from '#domain/diagnosis/index.ts'

const names = (found: readonly Found[]) => found.map(({ cause }) => cause)
const quiet: Figures = { asked: 40, answered: 40, bytesIn: 4000 }

describe('a line', () => {
  it.each<[string, Figures, readonly string[]]>([
    ['that answers each question once', {}, []],
    ['with a byte or two when the device got its power', { noise: 1 }, []],
    ['with noise', { noise: 5 }, ['line-garbled']],
    ['with a damaged answer', { damaged: 1 }, ['line-garbled']],
    ['with answers that come twice', { unasked: 4 }, ['line-garbled']],
    ['that loses answers', { lost: 1 }, ['answers-late']],
    ['with late answers', { late: 2 }, ['answers-late']],
    ['that closed 20 times in a minute', { closings: 20 }, ['comes-and-goes']],
    ['of a device whose power went', { restarts: 1, noise: 1 }, ['comes-and-goes']],
    ['with 10 MB that nobody asked for', { noise: 9, noiseBytes: 10_000_000 }, ['floods']],
  ])('%s', (_, line, causes) => {
    expect(names(judgeLine({ ...quiet, ...line }))).toEqual(causes)
  })
})

describe('a device that fails', () => {
  it.each<[string, Trouble, Figures, string]>([
    ['is not there', { code: 'DEVICE_ABSENT', during: 'opening' }, {}, 'not-plugged-in'],
    [
      'whose port somebody else has',
      { code: 'DEVICE_BUSY', during: 'opening', exclusive: true },
      {},
      'taken-by-another-program',
    ],
    [
      'that is busy for ever on a line of its own',
      { code: 'DEVICE_BUSY', during: 'work', exclusive: true },
      quiet,
      'hangs',
    ],
    ['that may not be opened', { code: 'DEVICE_REFUSED', during: 'opening' }, {}, 'no-rights'],
    ['that says no', { code: 'DEVICE_REFUSED', during: 'greeting' }, quiet, 'refuses'],
    ['that never said a word', { code: 'DEVICE_SILENT', during: 'greeting' }, {}, 'no-answer'],
    ['that talks another language', { code: 'DEVICE_SILENT', during: 'greeting' }, { noise: 6 }, 'wrong-driver'],
    ['that fell silent', { code: 'DEVICE_SILENT', during: 'work' }, quiet, 'hangs'],
    ['that nobody can read', { code: 'DEVICE_GARBLED', during: 'work' }, quiet, 'line-unreadable'],
    ['that vanished', { code: 'DEVICE_GONE', during: 'work' }, quiet, 'comes-and-goes'],
    ['without its system library', { code: 'TRANSPORT_MISSING', during: 'opening' }, {}, 'system-part-missing'],
    [
      'whose certificate ended',
      { code: 'DEVICE_UNTRUSTED', during: 'greeting', reason: 'certificate-expired' },
      {},
      'certificate-expired',
    ],
    [
      'whose signature does not hold',
      { code: 'DEVICE_UNTRUSTED', during: 'work', reason: 'signature' },
      {},
      'service-not-trusted',
    ],
    ['with an answer of 200 MB', { code: 'DEVICE_GARBLED', during: 'work', reason: 'too-long' }, {}, 'floods'],
  ])('%s', (_, trouble, line, cause) => {
    expect(causeOfTrouble(trouble, line)).toBe(cause)
  })
})

describe('a card reader', () => {
  const good = { readsTried: 20, readsGood: 20, readMedianMs: 120, readSlowestMs: 180, statusMedianMs: 10 }
  it.each<[string, Figures, readonly string[]]>([
    ['that reads evenly works', {}, []],
    ['that loses the card for moments has a weak antenna', { readsGood: 17 }, ['antenna-weak']],
    ['that reads now fast, now slowly has a weak antenna', { readsSlow: 3, readSlowestMs: 900 }, ['antenna-weak']],
    ['that was slow once while the machine was busy works', { readsSlow: 1, readSlowestMs: 900 }, []],
    ['whose slowest readings are a matter of milliseconds works', { readMedianMs: 4, readsSlow: 0 }, []],
    ['that always takes long is slow', { readMedianMs: 2400, readSlowestMs: 2600 }, ['reading-slow']],
    ['whose card says now this, now that', { readsGood: 20, readsDifferent: 2 }, ['card-answers-damaged']],
    ['that takes a second for its state', { statusMedianMs: 900 }, ['answers-late']],
  ])('%s', (_, figures, causes) => {
    expect(names(judgeCardReader({ ...good, ...figures }, quiet))).toEqual(causes)
  })

  it('is not blamed for a card that was pulled, nor its antenna for a bad cable', () => {
    const removed = { code: 'CARD_REMOVED', during: 'work' } as const
    expect(names(judgeCardReader({ ...good, readsGood: 6, readsTried: 7 }, quiet, removed))).toEqual([
      'card-lost-in-mid-read',
    ])
    expect(names(judgeCardReader({ ...good, readsSlow: 5, readSlowestMs: 2000 }, { ...quiet, damaged: 3 }))).toEqual([
      'line-garbled',
    ])
  })
})

describe('a fingerprint scanner', () => {
  const good = {
    previewFrames: 20,
    hasPreview: 1,
    framesPerSecond: 12,
    lookMs: 1700,
    quietMs: 0,
    deadLines: 0,
    dirtShare: 0.0005,
    contrastLevels: 120,
    ghostLevels: 1,
    ridgePeriodMm: 0.47,
    saidDpi: 500,
    verificationOnly: 0,
  }
  it.each<[string, Figures, Figures, readonly string[]]>([
    ['in order works', {}, {}, []],
    ['with two dead lines', { deadLines: 2 }, {}, ['dead-lines']],
    ['with dirt', { dirtShare: 0.02 }, {}, ['platen-dirty']],
    ['that keeps the last print', { ghostLevels: 14 }, {}, ['ghost-of-last-print']],
    ['with pale prints', { contrastLevels: 18 }, {}, ['contrast-low']],
    ['whose ridges are too far apart', { ridgePeriodMm: 0.95 }, {}, ['resolution-off']],
    ['that a target proves wrong', { measuredDpi: 470 }, {}, ['resolution-off']],
    ['that a target proves right', { measuredDpi: 503 }, {}, []],
    ['with a slow preview', { framesPerSecond: 2, previewFrames: 8 }, {}, ['preview-slow']],
    ['whose preview stopped', { previewFrames: 3, lookMs: 4000, quietMs: 3700 }, {}, ['picture-frozen']],
    ['that loses blocks', {}, { blocks: 3000, resent: 320 }, ['picture-lost-on-the-way']],
    ['that loses them to noise', {}, { blocks: 300, resent: 90, noise: 12 }, ['line-garbled']],
    [
      'that loses so many that its preview is slow',
      { framesPerSecond: 2 },
      { blocks: 300, resent: 90 },
      ['picture-lost-on-the-way'],
    ],
    ['that loses one block in thousands', {}, { blocks: 3000, resent: 1 }, []],
    ['of the small kind', { hasPreview: 0, previewFrames: 0, verificationOnly: 1 }, {}, ['only-for-verification']],
  ])('%s', (_, figures, line, causes) => {
    expect(names(judgeFingerprintScanner({ ...good, ...figures }, { ...quiet, ...line }))).toEqual(causes)
  })
})

describe('a service, a camera, a scanner', () => {
  it('of the old specification or of another environment says so', () => {
    expect(names(judgeService({ services: 1, specVersion: 0.9 }))).toEqual(['service-old'])
    expect(names(judgeService({ services: 1, specVersion: 1, environmentFits: 0 }))).toEqual(['service-not-trusted'])
    expect(judgeService({ services: 1, specVersion: 1, environmentFits: 1, certificateDays: 200 })).toEqual([])
  })

  it('an iris camera that sees no eye works; one that answers otherwise does not', () => {
    const refused = { code: 'DEVICE_REFUSED', during: 'work' } as const
    expect(judgeIrisCamera({}, { ...refused, reason: 'nothing-detected' })).toEqual([])
    expect(names(judgeIrisCamera({}, { ...refused, reason: 'extraction' }))).toEqual(['refuses'])
  })

  it('a code scanner is judged by the same code held before it twice', () => {
    const twice = { codesWanted: 2, codesSeen: 2, codesDifferent: 0 }
    expect(judgeCodeScanner(twice, { bytesIn: 80 })).toEqual([])
    expect(names(judgeCodeScanner({ ...twice, codesDifferent: 1 }, { bytesIn: 80 }))).toEqual(['line-garbled'])
    expect(names(judgeCodeScanner({ ...twice, codesSeen: 0 }, { bytesIn: 0 }))).toEqual(['nothing-scanned'])
    expect(names(judgeCodeScanner({ ...twice, codesSeen: 0 }, { bytesIn: 64 }))).toEqual(['line-unreadable'])
  })

  it('a shutter that is not heard is silent, or cannot be read', () => {
    expect(judgeDocumentCamera({ presses: 1, hasLamp: 0 }, { bytesIn: 16 })).toEqual([])
    expect(names(judgeDocumentCamera({ presses: 0 }, { bytesIn: 0 }))).toEqual(['no-answer'])
    expect(names(judgeDocumentCamera({ presses: 0 }, { bytesIn: 16, noise: 2 }))).toEqual(['line-unreadable'])
    expect(verdictOf(judgeDocumentCamera({ presses: 0 }, { bytesIn: 0 }))).toBe('fails')
  })
})

it('readings count as slow against the others of the same card, and from a quarter of a second on', () => {
  expect(slowReadings([100, 110, 120, 900, 800], 120)).toBe(2)
  expect(slowReadings([4, 4, 4, 60, 240], 4)).toBe(0)
  expect(slowReadings([1000, 1000, 1100, 3900], 1000)).toBe(0)
})

it('a scanner that shows more codes and a button that is pressed more often than any hand does floods', () => {
  const codes = { codesWanted: 2, codesSeen: 64, codesDifferent: 1 }
  expect(judgeCodeScanner(codes, {})).toEqual([{ cause: 'floods', figures: { codesSeen: 64 } }])
  expect(judgeDocumentCamera({ presses: 500 }, {})).toEqual([{ cause: 'floods', figures: { presses: 500 } }])
})
