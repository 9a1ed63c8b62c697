import type { Page } from '@playwright/test'
import { encode } from 'fast-png'
import type { CallInput, CallName, CallOutput, Result } from '#contract/index.ts'
import { allFingers, type FingerPosition } from '#domain/biometrics/index.ts'
import type { DetailField } from '#domain/person/index.ts'
import { people } from '#native/sim/people/people.ts'
import { drawPortrait } from '#native/sim/people/portrait.ts'
import { station, type Desk } from '../fixture.ts'

/** Invented, as everybody here: nobody has this number. */
export const quang = {
  fullName: people.quang.fullName,
  personalNumber: people.quang.personalNumber,
  birthDate: '01/06/1988',
  sex: 'Nam',
  nationality: people.quang.nationality,
  residence: people.quang.residence,
} as const satisfies Partial<Record<DetailField, string>>

/** Calls main as the page's own program does; a refusal is thrown. */
export async function ask<Name extends CallName>(
  page: Page,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const result = (await page.evaluate(
    ([call, data]) => {
      // Bytes travel to the page as text.
      const revived = JSON.parse(data, (_, value: unknown) =>
        typeof value === 'object' && value !== null && 'base64' in value
          ? Uint8Array.from(atob(String(value.base64)), (letter) => letter.charCodeAt(0))
          : value,
      ) as unknown
      const { desk } = window as unknown as { desk: { call: Record<string, (input: unknown) => Promise<unknown>> } }
      return desk.call[call]!(revived)
    },
    [
      name as string,
      JSON.stringify(input, (_, value: unknown) =>
        value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
      ),
    ] as const,
  )) as Result<CallOutput<Name>>
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.value
}

export async function openStation(desk: Desk, name: { code: string; name: string } = station): Promise<void> {
  await desk.officer().setUpStation({ ...station, ...name, certificate: desk.receiver.certificate })
}

type Prepared = {
  readonly details?: Partial<Record<DetailField, string>>
  /** Fingers that are there; all others are missing, with a picture of the hand. */
  readonly fingers?: readonly FingerPosition[]
  readonly to?: 'fingers' | 'check'
}

/** A dossier up to the step that is tested, through the contract: what the officer did before is not the matter here. */
export async function prepareDossier(
  officer: Page,
  { details = quang, fingers = [], to = 'check' }: Prepared = {},
): Promise<void> {
  await ask(officer, 'openDossier', {})
  for (const [field, value] of Object.entries(details))
    await ask(officer, 'declareDetail', { field: field as DetailField, value })
  await ask(officer, 'goToStep', { from: 'arrival', to: 'compare' })
  await ask(officer, 'confirmComparison', {})
  await ask(officer, 'goToStep', { from: 'compare', to: 'portrait' })
  await ask(officer, 'addPortrait', { bytes: portrait() })
  if (fingers.length > 0) await ask(officer, 'chooseBedside', { reason: 'Công dân chỉ còn một ngón tay lành (mẫu)' })
  for (const finger of allFingers)
    if (!fingers.includes(finger)) await ask(officer, 'exceptFinger', { finger, reason: 'missing', photo: portrait() })
  await ask(officer, 'goToStep', { from: 'portrait', to })
}

function portrait(): Uint8Array {
  const { width, height, data } = drawPortrait({ seed: people.quang.portraitSeed, width: 350, height: 450 })
  return encode({ width, height, channels: 4, data: Uint8Array.from(data) })
}
