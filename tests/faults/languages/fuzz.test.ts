import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readManifest, readTexts } from '#core/languages/manifest.ts'
import { readPack } from '#core/languages/pack-source.ts'
import { verifyManifest } from '#core/languages/signature.ts'
import { forge } from './forge.ts'

const codes = new Set(['PACK_MALFORMED', 'PACK_TOO_LARGE', 'PACK_SIGNATURE'])

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  expect(codes).toContain(code)
  return code
}

function outcome(act: () => unknown): string {
  try {
    act()
    return 'taken'
  } catch (error) {
    return codeOf(error)
  }
}

/** Some bytes changed, taken out or put in. */
function mutated(bytes: Uint8Array): fc.Arbitrary<Buffer> {
  const at = fc.nat(bytes.length - 1)
  const change = fc.record({ at, cut: fc.nat(8), put: fc.uint8Array({ maxLength: 8 }) })
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce<Buffer>(
        (now, each) => Buffer.concat([now.subarray(0, each.at), each.put, now.subarray(each.at + each.cut)]),
        Buffer.from(bytes),
      ),
    )
}

/** Values that JSON can hold, with the names of a manifest among the keys. */
const names = ['format', 'language', 'id', 'station', 'files', 'file', 'size', 'sha256', '__proto__', 'audio']
const json = fc.jsonValue({ maxDepth: 4 })
const manifestLike = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), json)

test('a manifest of any bytes, or bent in any place, is read or refused with a code', () => {
  const good = readFileSync(join(forge(), 'manifest.json'))
  const outcomes = new Set<string>()
  const see = (bytes: Uint8Array): void => void outcomes.add(outcome(() => readManifest(bytes)))
  fc.assert(fc.property(mutated(good), see), { numRuns: 1500 })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), see), { numRuns: 1000 })
  fc.assert(
    fc.property(manifestLike, (value) => see(Buffer.from(JSON.stringify(value)))),
    { numRuns: 1000 },
  )
  expect(outcomes).toEqual(new Set(['taken', 'PACK_MALFORMED']))
})

test('texts of any shape are taken as plain texts of our sentences, or refused', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('answer.right', 'digit.7', 'x'), fc.oneof(fc.string(), json)),
      (value) => {
        const said = outcome(() => {
          const texts = readTexts(Buffer.from(JSON.stringify(value)), 'mww')
          for (const text of texts.values()) expect(text).not.toMatch(/[<>\p{Cc}]/u)
        })
        expect(['taken', 'PACK_MALFORMED']).toContain(said)
      },
    ),
    { numRuns: 3000 },
  )
})

test('a signature of any bytes, or bent in any place, proves nothing for another manifest', () => {
  const folder = forge()
  const manifest = readFileSync(join(folder, 'manifest.json'))
  const good = readFileSync(join(folder, 'manifest.p7s'))
  expect(verifyManifest(manifest, good)).toMatchObject({ code: 'SL-0666' })
  const other = Buffer.concat([manifest, Buffer.from(' ')])
  const see = (bytes: Uint8Array): void => {
    expect(outcome(() => verifyManifest(other, bytes))).toBe('PACK_SIGNATURE')
  }
  fc.assert(fc.property(mutated(good), see), { numRuns: 1500 })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), see), { numRuns: 1000 })
  fc.assert(
    fc.property(fc.nat(60_000), (depth) => see(Buffer.alloc(depth, 0x30))),
    { numRuns: 50 },
  )
})

test('one bit flipped anywhere in what is signed is found', () => {
  const folder = forge()
  const manifest = readFileSync(join(folder, 'manifest.json'))
  const good = readFileSync(join(folder, 'manifest.p7s'))
  for (let bit = 0; bit < manifest.length * 8; bit += 7) {
    const bent = Buffer.from(manifest)
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(outcome(() => verifyManifest(bent, good))).toBe('PACK_SIGNATURE')
  }
})

test('a signed pack whose files are then bent anywhere is never taken', async () => {
  const folder = forge()
  const files = ['manifest.json', 'texts.json', 'audio/answer.right.webm']
  const good = new Map(files.map((file) => [file, readFileSync(join(folder, file))]))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (file, at, change) => {
        const bytes = good.get(file)!
        const bent = Buffer.from(bytes)
        bent[at % bytes.length] = (bent[at % bytes.length] ?? 0) ^ change
        writeFileSync(join(folder, file), bent)
        const said = await readPack(folder).then(() => 'taken', codeOf)
        writeFileSync(join(folder, file), bytes)
        expect(said).toBe('PACK_SIGNATURE')
      },
    ),
    { numRuns: 400 },
  )
  expect(await readPack(folder)).toMatchObject({ signer: { code: 'SL-0666' } })
})
