import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trustChecks } from '#domain/enrolment/trust-checks.ts'
import type { ChipTrust } from '#native/capability/card-reader.ts'

const outcomes: Readonly<Record<ChipTrust, true>> = {
  verified: true,
  'no-trust-anchor': true,
  'expired-or-revoked': true,
  failed: true,
}

type Words = {
  readonly trust: Readonly<Record<string, unknown>> & { readonly check: Readonly<Record<string, string>> }
}

test.each(['vi', 'en'])(
  'in %s each outcome and each check has a sentence of its own, and a failed chip has advice',
  (language) => {
    const path = join(import.meta.dirname, '../../../resources/languages', language, 'officer.json')
    const { trust } = JSON.parse(readFileSync(path, 'utf8')) as Words
    const { check, 'failed-advice': advice, ...sentences } = trust
    expect(Object.keys(sentences).toSorted()).toEqual(Object.keys(outcomes).toSorted())
    expect(Object.keys(check).toSorted()).toEqual([...trustChecks].toSorted())
    const all = [...Object.values(sentences), ...Object.values(check), advice]
    for (const sentence of all) expect(sentence).toMatch(/\S{2}.* .*\S/u)
    expect(new Set(all).size).toBe(all.length)
  },
)
