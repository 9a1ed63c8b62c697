import { beforeAll, describe, expect, test } from 'vitest'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { TrustAnchors } from '#native/capability/trust.ts'
import { readChip } from '#native/chip/index.ts'
import { dateOfIssue } from '#native/chip/trust/index.ts'
import { fullChip, personalise, simulatedChip, type ChipImage, type ChipQuirks } from '#native/sim/chip/index.ts'
import { issueSigner, makeAuthority, signSod } from '#native/sim/chip/issuer/index.ts'
import { people } from '#native/sim/people/people.ts'
import { now } from './groups.ts'

// Lò Thị Mẫu is invented.
let image: ChipImage
beforeAll(async () => {
  image = await personalise(people.lo)
})

const kind = { type: 'ec', curve: 'brainpoolP256r1' } as const
const csca = makeAuthority({ seed: 'reading', kind })
const anchors = { certificates: [csca.certificate], crls: [] }

/** The chip of a card whose security object is by another signer. */
function signedBy(signer: Parameters<typeof signSod>[0]): ChipImage {
  return { ...image, files: { ...image.files, SOD: signSod(signer, image.files) } }
}

async function read(of: ChipImage, trusted?: TrustAnchors, quirks: ChipQuirks = {}) {
  const chip = simulatedChip(of, { quirks })
  return readChip({
    transmit: async (apdu) => chip.process(apdu).response,
    access: { kind: 'mrz', ...bacInputs(parseMrz(of.mrz.join('\n'))) },
    signal: new AbortController().signal,
    at: now,
    ...(trusted && { anchors: trusted }),
  })
}

describe('a reading', () => {
  test('is verified with the authority of the card, and only then', async () => {
    const signer = issueSigner(csca, { seed: 'reading', kind })
    expect(await read(signedBy(signer), anchors)).toMatchObject({
      trust: 'verified',
      verdict: { trust: 'verified', signer: { serial: '2' } },
    })
    expect(await read(signedBy(signer))).toMatchObject({ trust: 'no-trust-anchor', verdict: { check: 'anchor' } })
    expect(await read(image, anchors)).toMatchObject({ trust: 'no-trust-anchor' })
  })

  test('knows from the card itself when it was signed', async () => {
    // The card was issued on 1 August 2024.
    const during = { from: new Date('2024-07-01T00:00:00Z'), to: new Date('2024-09-01T00:00:00Z') }
    const before = { from: new Date('2024-05-01T00:00:00Z'), to: new Date('2024-07-01T00:00:00Z') }
    const signedIn = (validity: { from: Date; to: Date }) =>
      signedBy(issueSigner(csca, { seed: 'reading', kind, ...validity }))
    expect(await read(signedIn(during), anchors)).toMatchObject({
      trust: 'verified',
      verdict: { signedAt: { at: '2024-08-01T00:00:00.000Z', from: 'date-of-issue' } },
    })
    expect(await read(signedIn(before), anchors)).toMatchObject({
      trust: 'expired-or-revoked',
      verdict: { check: 'signer-validity' },
    })
  })

  test('of a copy with all that was signed is failed by the chip’s own proof', async () => {
    const full = await personalise(people.lo, fullChip)
    const SOD = signSod(issueSigner(csca, { seed: 'reading', kind }), full.files)
    const signed = { ...full, files: { ...full.files, SOD } }
    expect(await read(signed, anchors)).toMatchObject({ trust: 'verified', chipAuthentication: 'proved' })
    expect(await read(signed, anchors, { copied: true })).toMatchObject({
      trust: 'failed',
      verdict: { trust: 'failed', check: 'chip-authentication', anchor: { country: 'VN' } },
    })
  })

  test('of a card with a changed group names the group', async () => {
    const signed = signedBy(issueSigner(csca, { seed: 'reading', kind }))
    const DG2 = Uint8Array.from(signed.files.DG2 ?? [])
    DG2[DG2.length - 30]! ^= 1
    expect(await read({ ...signed, files: { ...signed.files, DG2 } }, anchors)).toMatchObject({
      trust: 'failed',
      verdict: { check: 'group-hash', group: 'DG2' },
    })
  })
})

test.each([
  ['01/08/2024', '2024-08-01'],
  [' 29/02/2024 ', '2024-02-29'],
  ['31/02/2024', undefined],
  ['2024', undefined],
  ['', undefined],
  [undefined, undefined],
])('the date of issue %j is the day %j', (printed, day) => {
  expect(dateOfIssue(printed)?.toISOString().slice(0, 10)).toBe(day)
})
