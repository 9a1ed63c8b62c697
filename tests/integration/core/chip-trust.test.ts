import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChipReading } from '#native/capability/card-reader.ts'
import type { HostCalls } from '#native/capability/host.ts'
import { setUpStation, type Station } from '../../support/desk.ts'
import { chipOfLoThiMau } from '../../support/instant-host.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const verdicts: readonly (readonly [verdict: NonNullable<ChipReading['verdict']>, check: string | undefined])[] = [
  [{ trust: 'verified' }, undefined],
  [{ trust: 'no-trust-anchor', check: 'anchor' }, undefined],
  [{ trust: 'expired-or-revoked', check: 'signer-revoked' }, 'signer-revoked'],
  [{ trust: 'failed', check: 'group-hash', group: 'DG2' }, 'group-hash'],
]

test.each(verdicts)(
  'a reading judged %j is shown as such, with the check %j, also after a restart',
  async (verdict, check) => {
    const asked: HostCalls['chip.read']['input'][] = []
    const answers = {
      'chip.read': (input: HostCalls['chip.read']['input']) => {
        asked.push(input)
        return { ...chipOfLoThiMau(), trust: verdict.trust, verdict }
      },
    }
    const desk = await station.sitDown({ answers }, 'mrz')
    await desk.ask('readChip', {})
    expect(asked).toMatchObject([{ anchors: { certificates: [], crls: [] } }])
    for (const each of [desk, await station.restart(desk)]) {
      const { chip } = each.view().state
      expect(chip?.trust).toBe(verdict.trust)
      expect(chip?.failedCheck).toBe(check)
    }
  },
)
