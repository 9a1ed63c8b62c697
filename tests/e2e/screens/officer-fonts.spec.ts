import { expect } from '@playwright/test'
import { failed, ok, test } from './harness.ts'
import { liveStudio } from './officer-studio.ts'

test('the officer sees the fonts of a pack, adds one by its path and deletes one', async ({ openScreen }) => {
  const studio = liveStudio()
  let fonts: readonly string[] = ['khmer-moul']
  const known = studio.answers.languages?.({})
  if (!known || known instanceof Promise || known === 'never' || !known.ok) throw new Error('no languages')
  const languages = () => known.value.map((each) => (each.id === 'km' ? { ...each, fonts: [...fonts] } : each))
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...studio.answers,
      languages: () => ok(languages()),
      dropFont: async ({ name }) => {
        fonts = fonts.filter((each) => each !== name)
        await screen.emit('languagesChanged', languages())
        return ok({})
      },
    },
  })
  const { page } = screen
  await page.getByRole('button', { name: 'Trình đơn' }).click()
  await page.getByRole('menuitem', { name: 'Ngôn ngữ của màn hình công dân…' }).click()
  await page.getByRole('button', { name: /^Tiếng Khmer/u }).click()
  await page.getByRole('radio', { name: 'Tên, duyệt, xuất gói' }).click()
  await expect(page.getByRole('list', { name: 'Phông chữ' })).toContainText('khmer-moul')

  screen.answer('addFont', () => failed('FONT_UNUSABLE', { reason: 'not-woff2' }))
  const path = page.getByRole('textbox', { name: 'Đường dẫn tệp phông chữ' })
  await path.fill('/media/usb/khmer.ttf')
  await path.press('Enter')
  await expect(page.getByText('Phông chữ này chưa dùng được')).toBeVisible()
  await expect(path).toHaveValue('/media/usb/khmer.ttf')
  await screen.picture('officer-studio-fonts')
  await screen.expectSound()

  screen.answer('addFont', async () => {
    fonts = ['khmer-battambang', 'khmer-moul']
    await screen.emit('languagesChanged', languages())
    return ok({})
  })
  await path.fill('/media/usb/khmer-battambang.woff2')
  await page.getByRole('button', { name: 'Thêm phông chữ' }).click()
  await expect(page.getByRole('list', { name: 'Phông chữ' })).toContainText('khmer-battambang')
  await expect(path).toHaveValue('')
  expect(screen.calls('addFont').at(-1)?.input).toEqual({ language: 'km', file: '/media/usb/khmer-battambang.woff2' })

  await page.getByRole('button', { name: 'Xóa phông chữ khmer-moul' }).click()
  await expect(page.getByRole('list', { name: 'Phông chữ' })).not.toContainText('khmer-moul')
  expect(screen.calls('dropFont').at(-1)?.input).toEqual({ language: 'km', name: 'khmer-moul' })

  await page.getByRole('button', { name: /^Tiếng Việt/u }).click()
  await expect(page.getByText('Tên và ngày tháng')).toBeVisible()
  await expect(path).toHaveCount(0)
})
