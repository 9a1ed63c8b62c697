import { expect } from '@playwright/test'
import { ok, test } from './harness.ts'
import { answersAround, atCompare, liveDossier, opened, pictures } from './officer-desk.ts'
import { inputs } from './officer-fingers.ts'

const residence = { field: 'residence', value: 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La' } as const
const atOldAddress = [...atCompare, { type: 'declared', ...residence }, chosen('declared')] as const

function chosen(source: 'declared') {
  return { type: 'chosen', field: 'residence', source } as const
}

test('an old address is offered as it is called today, and taken only when the officer says so', async ({
  openScreen,
}) => {
  const desk = liveDossier(atOldAddress)
  const today = 'Bản Mẫu, xã Thuận Châu, tỉnh Sơn La'
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      placeCandidates: ({ address }) =>
        ok(
          address === today
            ? { known: 'unchanged', candidates: [] }
            : { known: 'one', candidates: [{ address: today, because: 'xã Thôm Mòn (2025)' }] },
        ),
    },
    pictures,
  })
  desk.attach(screen)
  const offer = screen.page.locator('.notice').getByRole('button', { name: today })
  await expect(offer).toBeVisible()
  expect(inputs(screen, 'declareDetail')).toEqual([])
  await screen.picture('officer-compare-places')
  await screen.expectSound()
  await offer.click()
  await expect.poll(() => inputs(screen, 'declareDetail')).toEqual([{ field: 'residence', value: today }])
  await expect.poll(() => inputs(screen, 'chooseSource')).toEqual([{ field: 'residence', source: 'declared' }])
  await expect(offer).toHaveCount(0)
})

test('of several places the officer chooses after asking', async ({ openScreen }) => {
  const desk = liveDossier(atOldAddress)
  const places = ['xã Thuận Châu, tỉnh Sơn La', 'xã Bình Thuận, tỉnh Sơn La']
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      placeCandidates: () =>
        ok({ known: 'several', candidates: places.map((address) => ({ address, because: 'chia hai' })) }),
    },
    pictures,
  })
  desk.attach(screen)
  for (const place of places) await expect(screen.page.getByRole('button', { name: place })).toBeVisible()
  await expect(screen.page.getByText('Hỏi công dân rồi chọn')).toBeVisible()
  expect(inputs(screen, 'declareDetail')).toEqual([])
})

test('a scanned code that is no card is shown as text and never opened', async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround([opened]), pictures })
  await screen.page.getByRole('heading', { level: 1 }).waitFor()
  const text = 'https://example.invalid/<script>alert(1)</script>'
  await screen.emit('codeScanned', { device: 'scanner', found: 'none', problem: 'QR_FORMAT', text })
  await expect(screen.page.getByText(text)).toBeVisible()
  await expect(screen.page.getByText('QR_FORMAT')).toBeVisible()
  expect(await screen.page.locator('a').count()).toBe(0)
  await screen.expectSound()
})
