import { expect, type Browser } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cameraFaults } from '#native/sim/stage/faults.ts'
import { fileNames, startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { openBrowser, test as screens } from './harness.ts'
import { causesOf, ofCamera, openTask, reportOf } from './technician-cameras.ts'

/** What Chromium makes of the simulated camera's faults: without one whole picture it finds no format, and so no camera. */
const leadsTo: Readonly<Record<(typeof cameraFaults)[number], string>> = {
  'no-image': 'not-plugged-in',
  'empty-file': 'not-plugged-in',
  'cut-image': 'not-plugged-in',
}

/** The simulated camera, in a browser of its own: the other specs have one that beeps and rolls by itself. */
const test = screens.extend<object, { stage: Stage; debian: Browser }>({
  stage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'quay-camera-faults-'))
      const stage = await startSimulators(folder, { arguments: ['--person', 'quang-van-mau'] })
      await use(Object.assign(stage, { folder }))
      await stage.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  debian: [
    async ({ stage }, use) => {
      const { folder } = stage as Stage & { readonly folder: string }
      const browser = await openBrowser([`--use-file-for-fake-video-capture=${join(folder, fileNames.camera)}`])
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
})

for (const fault of cameraFaults) {
  test(`the simulated camera's fault ${fault} leads to ${leadsTo[fault]}`, async ({ openScreen, stage }) => {
    await stage.addFault(`${fault}@camera`)
    const screen = await openTask(openScreen, /Máy ảnh chân dung face/u, () => {})
    await screen.page.keyboard.press('Enter')
    expect(causesOf(await reportOf(screen))).toEqual([leadsTo[fault]])
    await stage.takeFaultOff(`${fault}@camera`)
  })
}

test('the simulated camera, which only takes turns of two pictures, is not called frozen, nor its paper blurred', async ({
  openScreen,
  stage,
}) => {
  await stage.show('paper')
  const screen = await openTask(openScreen, /Máy ảnh chân dung face/u, () => {})
  const { page } = screen
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đưa một trang có chữ')).toBeVisible({ timeout: 30_000 })
  await screen.picture('technician-camera-simulated')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đưa một tờ giấy trắng')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Enter')
  const report = await reportOf(screen)
  expect(report.figures).toMatchObject({ pictureWidth: 1280, pictureHeight: 960 })
  expect(report.figures['edgePixels']).toBeLessThan(4)
  expect(ofCamera(report)).toEqual([])
})
