import { expect } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { failed, ok, test } from './harness.ts'
import { answersAround, atCompare, differing, liveDossier, opened, pictures, qrScanned } from './officer-desk.ts'

test('every letter is saved as it is typed, and a field becomes part of the dossier when it is left', async ({
  openScreen,
}) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround([opened]) })
  const { page } = screen
  await page.getByLabel('Họ và tên').pressSequentially('Lò')
  await expect
    .poll(() => screen.calls('saveDraft').map(({ input }) => input))
    .toEqual([
      { field: 'declared.fullName', text: 'L' },
      { field: 'declared.fullName', text: 'Lò' },
    ])
  await expect(page.getByText('Đã lưu 10:42:09')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect
    .poll(() => screen.calls('declareDetail').map(({ input }) => input))
    .toEqual([{ field: 'fullName', value: 'Lò' }])
})

test('a full disk is said at once while typing', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround([opened]), saveDraft: () => failed('DISK_FULL') },
  })
  await screen.page.getByLabel('Họ và tên').fill('Lò')
  await expect(screen.page.getByText('Chưa lưu được: đĩa đầy, dọn đĩa ngay')).toBeVisible()
  await expect(screen.page.getByLabel('Họ và tên')).toHaveValue('Lò')
})

test('what was being typed when the program died stands in its field again', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([opened], { 'declared.fullName': 'Giàng A Mẫ', 'declared.personalNumber': '01220100' }),
  })
  await expect(screen.page.getByLabel('Họ và tên')).toHaveValue('Giàng A Mẫ')
  await expect(screen.page.getByLabel('Số định danh cá nhân')).toHaveValue('012 201 00')
  await expect(screen.page.getByText('Còn 4 chữ số.')).toBeVisible()
})

test('a number is grouped while typed and says what it knows, and what disagrees', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([opened, { type: 'declared', field: 'birthDate', value: '02/03/1991' }]),
  })
  await expect(screen.page.getByLabel('Số định danh cá nhân')).toBeFocused()
  await screen.page.keyboard.type('014190000123')
  await expect(screen.page.getByLabel('Số định danh cá nhân')).toHaveValue('014 190 000 123')
  await expect(screen.page.getByText('Sơn La · Nữ · sinh năm 1990')).toBeVisible()
  await expect(screen.page.getByText('Năm sinh trong số khác ngày sinh đã ghi')).toBeVisible()
  await screen.page.keyboard.press('Enter')
  await expect
    .poll(() => screen.calls('declareDetail').map(({ input }) => input))
    .toEqual([{ field: 'personalNumber', value: '014190000123' }])
})

test('a scanner that types into the number field ends up in the code field', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround([opened]), giveCode: () => failed('QR_FORMAT') },
  })
  await expect(screen.page.getByLabel('Số định danh cá nhân')).toBeFocused()
  await screen.page.keyboard.type('014190000123||Lò Thị Mẫu|02031990')
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByText('QR_FORMAT')).toBeVisible()
  expect(screen.calls('giveCode').map(({ input }) => input)).toEqual([{ text: '014190000123||Lò Thị Mẫu|02031990' }])
  expect(screen.calls('declareDetail')).toEqual([])
})

test('a QR code held under the document camera is read in the window', async ({ openScreen }) => {
  const text = '014190000123||Lò Thị Mẫu|02031990|Nữ|bản Mẫu, Thuận Châu, Sơn La|05062022'
  const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } })
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 6 })
  const picture = new Uint8Array(await (image ?? new Blob()).arrayBuffer())
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([opened]),
    pictures: { '/blob/code': picture },
    before: () => {
      navigator.mediaDevices.getUserMedia = async () => {
        const image = new Image()
        image.src = '/blob/code'
        await image.decode()
        const canvas = document.createElement('canvas')
        canvas.width = 1280
        canvas.height = 720
        const context = canvas.getContext('2d')
        const draw = () => {
          context?.fillRect(0, 0, 1280, 720)
          context?.drawImage(image, 400, 100)
          requestAnimationFrame(draw)
        }
        if (context) context.fillStyle = '#c9c4bb'
        draw()
        return canvas.captureStream(10)
      }
    },
  })
  await screen.page.getByRole('button', { name: 'Quét bằng máy chụp' }).click()
  await expect.poll(() => screen.calls('giveCode').map(({ input }) => input), { timeout: 20_000 }).toEqual([{ text }])
})

test('a chip reading can be stopped, and a failure leaves the way to read again', async ({ openScreen }) => {
  const desk = liveDossier([opened, qrScanned])
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      readChip: async () => {
        await desk.happen({ type: 'chipReadStarted', attempt: 'c9', device: 'reader' })
        return 'never' as const
      },
      stopCapture: async () => {
        await desk.happen({ type: 'chipReadFailed', attempt: 'c9', code: 'CANCELLED' })
        return ok({})
      },
    },
  })
  desk.attach(screen)
  await screen.page.getByRole('button', { name: 'Đọc chip' }).click()
  await expect(screen.page.getByText('Đang kết nối thẻ')).toBeVisible()
  await screen.page.keyboard.press('Escape')
  await expect.poll(() => screen.calls('stopCapture')).toHaveLength(1)
})

test('a source is chosen per row by arrows and Space, or by its digit', async ({ openScreen }) => {
  const screen = await openScreen({ role: 'officer', answers: answersAround([...atCompare, ...differing]), pictures })
  const cell = (name: string) => screen.page.locator(`[data-cell="${name}"]`)
  await expect(screen.page.locator('mark')).toHaveText(['ậ', 'o'])
  await cell('fullName/chip').focus()
  await screen.page.keyboard.press('ArrowRight')
  await screen.page.keyboard.press('ArrowRight')
  await expect(cell('fullName/declared')).toBeFocused()
  await screen.page.keyboard.press('Space')
  await expect
    .poll(() => screen.calls('chooseSource').map(({ input }) => input))
    .toEqual([{ field: 'fullName', source: 'declared' }])
  await screen.page.keyboard.press('ArrowDown')
  // The first choice may still be on its way to main: one act at a time.
  await expect(async () => {
    await screen.page.keyboard.press('2')
    expect(screen.calls('chooseSource').at(-1)?.input).toEqual({ field: 'personalNumber', source: 'qr' })
  }).toPass()
})

test('a value is corrected in its row: declared, chosen, and the focus comes back', async ({ openScreen }) => {
  const desk = liveDossier([...atCompare, ...differing])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  await screen.page.getByRole('table').waitFor()
  await screen.page.keyboard.press('Control+d')
  await screen.page.getByLabel('Họ và tên đúng').fill('Quàng Văn Mẫn')
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.locator('[data-cell="fullName/declared"]')).toHaveAttribute('aria-pressed', 'true')
  await expect(screen.page.locator('[data-cell="fullName/declared"]')).toContainText('Quàng Văn Mẫn')
  expect(screen.calls('confirmComparison')).toEqual([])
})
