import { beforeAll, describe, expect, it } from 'vitest'
import { AppError, isFailureCode } from '#domain/failure/index.ts'
import { verifyActive } from '#native/chip/active-authentication.ts'
import { chooseChipAuthentication } from '#native/chip/chip-authentication.ts'
import { createChipCache, readChip } from '#native/chip/index.ts'
import { parseCom } from '#native/chip/lds/com.ts'
import { parseDg1 } from '#native/chip/lds/dg1.ts'
import { parseDg11, parseDg12 } from '#native/chip/lds/dg11.ts'
import { parseDg13 } from '#native/chip/lds/dg13.ts'
import { parseDg14 } from '#native/chip/lds/dg14.ts'
import { parseDg15 } from '#native/chip/lds/dg15.ts'
import { parseDg2 } from '#native/chip/lds/dg2.ts'
import { checkJpeg2000 } from '#native/chip/lds/jpeg2000-header.ts'
import { decodeJpeg2000 } from '#native/chip/lds/shown-portrait.ts'
import { parseSod } from '#native/chip/lds/sod.ts'
import { choosePace } from '#native/chip/pace.ts'
import { cardCapabilities, responseLimit } from '#native/chip/read-lengths.ts'
import { parseSecurityInfos } from '#native/chip/security-infos.ts'
import { fullChip, personalise, simulatedChip, type ChipImage, type ChipOptions } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { canOf, mrzOf } from '../../unit/chip/reader.ts'
import { mutate, randomFrom } from './mutate.ts'

// A short run by default; QCC_FUZZ=100000 for the full one, QCC_FUZZ_SEED for another.
const rounds = Number(process.env['QCC_FUZZ'] ?? 1500)
const seed = Number(process.env['QCC_FUZZ_SEED'] ?? 20260101)
/** Milliseconds that one round may take, and bytes that a run may leave behind. */
const patience = 5000
const memoryLimit = 400 * 1024 * 1024
const timeout = 60_000 + rounds * 20

// Lò Thị Mẫu is invented.
const everything: ChipOptions = { ...fullChip, additionalDetails: true }
let image: ChipImage
let plain: ChipImage
let newer: ChipImage
let rsa: ChipImage
let field: ChipImage
beforeAll(async () => {
  image = await personalise(people.lo, everything)
  plain = await personalise(people.lo)
  newer = await personalise(people.lo, { portrait: 'jpeg2000', container: 'iso39794' })
  rsa = await personalise(people.lo, { activeAuthentication: { kind: 'rsa', bits: 1024, hash: 'sha256' } })
  field = await personalise(people.lo, { chipAuthentication: { cipher: 'aes128', parameters: 0 } })
})

type Outcomes = { readonly codes: Map<string, number>; slowest: number }

/** Runs `part` of the rounds and fails at the first that ends in anything but a value or a failure with a code. */
async function fuzz(part: number, round: (random: () => number) => unknown): Promise<Outcomes> {
  const outcomes: Outcomes = { codes: new Map(), slowest: 0 }
  const before = process.memoryUsage().rss
  const count = Math.max(20, Math.ceil(rounds * part))
  for (let index = 0; index < count; index++) {
    const random = randomFrom(seed + index * 7919)
    const started = performance.now()
    let outcome = 'value'
    try {
      await round(random)
    } catch (error) {
      if (!(error instanceof AppError)) throw new Error(`round ${index} of seed ${seed}`, { cause: error })
      expect(isFailureCode(error.code)).toBe(true)
      expect(JSON.stringify(error.context).length).toBeLessThan(500)
      outcome = error.code
    }
    outcomes.codes.set(outcome, (outcomes.codes.get(outcome) ?? 0) + 1)
    outcomes.slowest = Math.max(outcomes.slowest, performance.now() - started)
  }
  expect(outcomes.slowest).toBeLessThan(patience)
  expect(process.memoryUsage().rss - before).toBeLessThan(memoryLimit)
  return outcomes
}

function oneOf<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

describe('mutated files', () => {
  it(
    'end in a value or in a failure with a code, quickly and in little memory',
    async () => {
      const file = (of: ChipImage, name: keyof ChipImage['files']) => of.files[name] ?? new Uint8Array()
      const signature = new Uint8Array(128).fill(0x5a)
      const parsers: readonly (readonly [Uint8Array, (bytes: Uint8Array) => unknown])[] = [
        [file(image, 'COM'), parseCom],
        [file(image, 'DG1'), parseDg1],
        [file(image, 'DG2').subarray(0, 400), parseDg2],
        [file(newer, 'DG2').subarray(0, 400), parseDg2],
        [file(image, 'DG11'), parseDg11],
        [file(image, 'DG12'), parseDg12],
        [file(image, 'DG13'), parseDg13],
        [file(image, 'DG14'), (bytes) => chooseChipAuthentication(parseDg14(bytes))],
        [file(field, 'DG14'), (bytes) => chooseChipAuthentication(parseDg14(bytes))],
        [
          file(image, 'DG15'),
          (bytes) => verifyActive(parseDg15(bytes), [], new Uint8Array(8), signature.subarray(0, 64)),
        ],
        [file(rsa, 'DG15'), (bytes) => verifyActive(parseDg15(bytes), [], new Uint8Array(8), signature)],
        [file(image, 'SOD'), parseSod],
        [image.cardAccess ?? new Uint8Array(), (bytes) => choosePace(parseSecurityInfos(bytes))],
        [newer.portrait.subarray(0, 300), checkJpeg2000],
        [
          simulatedChip(image, { quirks: { extendedLength: true } }).atr,
          (bytes) => [cardCapabilities(bytes), responseLimit(bytes)],
        ],
      ]
      const { codes } = await fuzz(0.85, (random) => {
        const [bytes, parse] = oneOf(parsers, random)
        return parse(mutate(bytes, random))
      })
      // Both ends were reached: something was refused, and something survived.
      expect(codes.get('CHIP_MALFORMED')).toBeGreaterThan(0)
      expect(codes.get('value')).toBeGreaterThan(0)
    },
    timeout,
  )

  it(
    'on a chip that protects them well are read to an end',
    async () => {
      const { codes } = await fuzz(0.05, async (random) => {
        const name = oneOf(Object.keys(image.files), random) as keyof ChipImage['files']
        const files = { ...plain.files, [name]: mutate(image.files[name] ?? new Uint8Array(), random) }
        const chip = simulatedChip({ ...plain, files })
        let commands = 0
        await readChip({
          transmit: async (apdu) => {
            if (++commands > 20_000) throw new Error('no end in sight')
            return chip.process(apdu).response
          },
          access: mrzOf(plain),
          signal: new AbortController().signal,
        })
      })
      expect(codes.get('CHIP_MALFORMED') ?? 0).toBeGreaterThan(0)
    },
    timeout,
  )
})

describe('mutated responses', () => {
  const disturbed = async (of: ChipImage, hit: number, random: () => number, can: boolean) => {
    const chip = simulatedChip(of)
    let count = 0
    const reading = await readChip({
      transmit: async (apdu) => {
        const { response } = chip.process(apdu)
        return count++ === hit ? mutate(response, random) : response
      },
      access: can ? canOf(of) : mrzOf(of),
      cache: createChipCache(),
      signal: new AbortController().signal,
    })
    expect(['failed', 'no-trust-anchor']).toContain(reading.trust)
  }

  it(
    'of a chip with BAC end in a reading or in a failure with a code',
    async () => {
      const { codes } = await fuzz(0.08, (random) => disturbed(plain, Math.floor(random() * 30), random, false))
      expect(codes.get('CHIP_TAMPERED')).toBeGreaterThan(0)
    },
    timeout,
  )

  it(
    'of a chip with PACE, chip and active authentication too',
    async () => {
      const { codes } = await fuzz(0.015, (random) => disturbed(image, Math.floor(random() * 90), random, true))
      expect(codes.get('CHIP_TAMPERED')).toBeGreaterThan(0)
    },
    timeout,
  )
})

describe('mutated JPEG 2000 portraits', () => {
  it(
    'are decoded or refused, and never grow without bound',
    async () => {
      const { codes } = await fuzz(0.005, async (random) => {
        await decodeJpeg2000(mutate(newer.portrait, random))
      })
      expect([...codes.keys()].every((code) => ['value', 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'].includes(code))).toBe(
        true,
      )
      expect(codes.get('IMAGE_UNREADABLE')).toBeGreaterThan(0)
    },
    timeout,
  )
})
