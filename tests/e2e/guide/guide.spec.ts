import { expect } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from '../screens/harness.ts'
import { pictureNames } from './names.ts'
import { guideScenes } from './scenes.ts'

const folder = resolve(import.meta.dirname, '../../../docs/huong-dan-can-bo/pictures')

for (const name of pictureNames) {
  test(`the guide's picture ${name} fits, and says where the devices are simulated`, async ({ openScreen }) => {
    const { options, until } = guideScenes[name]
    const screen = await openScreen(options)
    const { page } = screen
    await page.getByRole('heading').first().waitFor()
    await until?.(screen)
    if (options.role !== 'citizen') await expect(page.getByText(/mô phỏng|giả lập/iu).first()).toBeVisible()
    await screen.expectFits()
    await page.evaluate(async () => {
      await document.fonts.ready
      await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
    })
    await page.mouse.move(0, 0)
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: resolve(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
  })
}
