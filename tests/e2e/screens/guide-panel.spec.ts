import { expect } from '@playwright/test'
import { failed, ok, test, type Screen, type ScreenOptions } from './harness.ts'
import { answersAround, around, atFingers, opened, pictures, stationOpen } from './officer-desk.ts'
import * as technician from './technician-desk.ts'

const guide = ({ page }: Screen) => page.getByRole('complementary', { name: /^(Hướng dẫn|Guide)$/ })

type Open = (options: ScreenOptions) => Promise<Screen>

/** A locked desk that was given a wrong passphrase. */
async function refused(openScreen: Open, dark = false): Promise<Screen> {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(undefined),
      station: () => ok({ ...stationOpen, phase: 'locked' }),
      unlockStation: () => failed('WRONG_PASSPHRASE'),
    },
    pictures,
    dark,
  })
  await screen.page.getByLabel('Cụm mật khẩu').fill('sai rồi')
  await expect(screen.page.locator('.button-next')).toBeEnabled()
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByRole('alert')).toContainText('WRONG_PASSPHRASE')
  return screen
}

const visit = (openScreen: Open) => openScreen({ role: 'officer', answers: answersAround([opened]), pictures })

for (const dark of [false, true]) {
  test(`a failure's key opens its page without leaving the screen, readable for everybody${dark ? ' in the dark' : ''}`, async ({
    openScreen,
  }) => {
    const screen = await refused(openScreen, dark)
    await screen.page.keyboard.press('Alt+h')
    await expect(guide(screen).getByRole('heading', { name: 'WRONG_PASSPHRASE' })).toBeVisible()
    await expect(guide(screen)).toContainText('Cụm mật khẩu chưa đúng.')
    await expect(guide(screen)).toContainText('Việc cần làm')
    await expect(guide(screen)).not.toContainText('What to do')
    await screen.expectSound()
    await screen.picture(`guide-passphrase${dark ? '-dark' : ''}`)
  })
}

test('Escape closes the guide and leads back to the field one was in', async ({ openScreen }) => {
  const screen = await refused(openScreen)
  const field = screen.page.getByLabel('Cụm mật khẩu')
  await field.focus()
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen).getByRole('region')).toBeFocused()
  await screen.page.keyboard.press('Escape')
  await expect(guide(screen)).toHaveCount(0)
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('sai rồi')
})

test('keys pressed while the guide is read do nothing behind it', async ({ openScreen }) => {
  const screen = await refused(openScreen)
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen).getByRole('region')).toBeFocused()
  const before = screen.calls('unlockStation').length
  await screen.page.keyboard.press('Enter')
  await screen.page.keyboard.press('Space')
  await screen.page.keyboard.press('Escape')
  await expect(guide(screen)).toHaveCount(0)
  expect(screen.calls('unlockStation')).toHaveLength(before)
})

test('the work beside the open guide goes on: the guide covers, it does not hold', async ({ openScreen }) => {
  const screen = await refused(openScreen)
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen).getByRole('region')).toBeFocused()
  await screen.page.getByLabel('Cụm mật khẩu').fill('nắng sớm trên nương chè')
  screen.answer('unlockStation', () => ok({}))
  await screen.page.keyboard.press('Enter')
  await expect.poll(() => screen.calls('unlockStation').length).toBe(2)
  await expect(guide(screen)).toBeVisible()
})

test('links between pages stay in the guide, and one can go back', async ({ openScreen }) => {
  const screen = await refused(openScreen)
  await screen.page
    .getByRole('button', { name: /Xem hướng dẫn/ })
    .first()
    .click()
  await guide(screen).getByRole('button', { name: 'Mọi mã lỗi' }).click()
  await guide(screen).getByRole('link', { name: 'DISK_FULL', exact: true }).click()
  await expect(guide(screen).getByRole('heading', { name: 'DISK_FULL' })).toBeVisible()
  const address = screen.page.url()
  await guide(screen).getByRole('button', { name: 'Trang trước' }).click()
  await expect(guide(screen).getByRole('link', { name: 'DISK_FULL', exact: true })).toBeVisible()
  await screen.page.keyboard.press('Backspace')
  await expect(guide(screen).getByRole('heading', { name: 'WRONG_PASSPHRASE' })).toBeVisible()
  expect(screen.page.url()).toBe(address)
})

test('the English interface shows the English part of a page', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(undefined),
      station: () => ok({ ...stationOpen, phase: 'failed', failure: 'STORE_FROM_FUTURE' }),
    },
    before: () => localStorage.setItem('language', 'en'),
  })
  await expect(screen.page.getByRole('alert')).toContainText('STORE_FROM_FUTURE')
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen)).toContainText('The data was made by a newer version.')
  await expect(guide(screen).getByRole('heading', { name: 'What to do' })).toBeVisible()
  await expect(guide(screen)).not.toContainText('Việc cần làm')
  await screen.expectSound()
})

test('a field that is refused names its code and leads to its page', async ({ openScreen }) => {
  const screen = await visit(openScreen)
  const field = screen.page.getByLabel(/Số định danh/).first()
  await field.fill('12345')
  await field.press('Enter')
  await expect(screen.page.getByText('NUMBER_FORMAT').first()).toBeVisible()
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen).getByRole('heading', { name: 'NUMBER_FORMAT' })).toBeVisible()
  await screen.expectSound()
  await screen.picture('guide-field')
})

test('a device that fails leads to its page from the foot of the window', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...answersAround(atFingers),
      surroundings: () =>
        ok({
          ...around,
          devices: around.devices.map((device) =>
            device.kind === 'fingerprint-scanner' ? { ...device, state: 'failed', problem: 'DEVICE_SILENT' } : device,
          ),
        }),
    },
    pictures,
  })
  await screen.page.getByRole('button', { name: 'Xem hướng dẫn về mã DEVICE_SILENT' }).click()
  await expect(guide(screen).getByRole('heading', { name: 'DEVICE_SILENT' })).toBeVisible()
  await screen.expectSound()
  await screen.picture('guide-device')
})

test('without a failure the key opens the handbook, from the menu as well', async ({ openScreen }) => {
  const screen = await visit(openScreen)
  await expect(screen.page.getByRole('heading', { level: 1 })).toBeVisible()
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen).getByRole('heading', { name: 'Sổ tay cán bộ' })).toBeVisible()
  await screen.picture('guide-handbook')
  await screen.page.keyboard.press('Escape')
  await screen.page.getByRole('button', { name: 'Trình đơn' }).click()
  await screen.page.getByRole('menuitem', { name: 'Sổ tay hướng dẫn' }).click()
  await expect(guide(screen).getByRole('heading', { name: 'Sổ tay cán bộ' })).toBeVisible()
})

test('a failure in a dialog opens its page above it, and Escape closes the guide first', async ({ openScreen }) => {
  const screen = await technician.open(openScreen, { unbindDevice: () => failed('DISK_FULL') })
  await screen.page.getByRole('button', { name: 'Gỡ scanner khỏi quầy' }).click()
  const dialog = screen.page.getByRole('alertdialog')
  await screen.page.keyboard.press('Delete')
  await expect(dialog).toContainText('DISK_FULL')
  await screen.page.keyboard.press('Alt+h')
  await expect(guide(screen).getByRole('heading', { name: 'DISK_FULL' })).toBeVisible()
  await expect(guide(screen).getByRole('region')).toBeFocused()
  await screen.picture('guide-dialog')
  await screen.page.keyboard.press('Escape')
  await expect(guide(screen)).toHaveCount(0)
  await expect(dialog).toBeVisible()
})

test('the technician opens the page of a device and how to read a verdict', async ({ openScreen }) => {
  const screen = await technician.open(openScreen)
  await screen.page.getByRole('button', { name: 'Xem hướng dẫn về mã DEVICE_SILENT' }).click()
  await expect(guide(screen).getByRole('heading', { name: 'DEVICE_SILENT' })).toBeVisible()
  await screen.picture('guide-technician')
  await guide(screen).getByRole('button', { name: 'Sổ tay' }).click()
  await expect(guide(screen).getByRole('heading', { name: 'Tìm lỗi trong hai phút' })).toBeVisible()
  await screen.expectSound()
  await screen.page.keyboard.press('Escape')
  await technician.openPage(screen, 2)
})
