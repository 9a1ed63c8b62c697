import { expect } from '@playwright/test'
import type { FingerDoubt } from '#domain/biometrics/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import type { Screen } from './harness.ts'
import { blobs, pictures, printPictures, taken } from './officer-desk.ts'

export const repeated: FingerDoubt = { kind: 'repeated', position: 'right-index', other: 'right-middle', score: 71 }
export const weakTwice: readonly DossierEvent[] = [
  ...taken('right-four', 'f1', [52, 70, 21, 60]),
  ...taken('right-four', 'f2', [78, 81, 34, 66]),
]
export const inBed: DossierEvent = { type: 'bedsideChosen', reason: 'nằm tại giường, bàn tay mòn' }
export const deformed: DossierEvent & { type: 'fingerExcepted' } = {
  type: 'fingerExcepted',
  finger: 'right-ring',
  reason: 'deformed',
  photo: blobs.hand,
}
export const openSheet = (name: RegExp) => async (screen: Screen) => {
  await screen.page.getByRole('button', { name }).click()
  await screen.page.getByRole('dialog').waitFor()
}
export const openOfficers = async ({ page }: Screen) => {
  await page.getByRole('button', { name: 'Trình đơn' }).click()
  await page.getByRole('menuitem', { name: 'Vân tay cán bộ…' }).click()
  await page.getByRole('dialog').waitFor()
}

/** Those of the desk, and the prints of the right hand. */
export const allPictures = { ...pictures, ...printPictures('right-four', 'f1', 'f2', 'f3') }

/** The green button, once it is awake. */
export const awake = (screen: Screen) => expect(screen.page.locator('.button-next')).toBeEnabled()
export const title = (screen: Screen) => screen.page.getByRole('heading', { level: 1 })
export const inputs = (screen: Screen, name: string) =>
  screen
    .calls()
    .filter((each) => each.name === name)
    .map(({ input }) => input)
