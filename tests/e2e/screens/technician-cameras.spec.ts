import { expect } from '@playwright/test'
import { failed, ok, test } from './harness.ts'
import { allWell, causesOf, doAll, ofCamera, openTask, putCamera, reportOf, show } from './technician-cameras.ts'
import { looks } from './technician-desk.ts'

const portrait = /Máy ảnh chân dung face/u
const papers = /^Máy chụp giấy tờ (?!shutter)/u

test.describe('the technician’s test of a camera', () => {
  for (const [name, options] of Object.entries(looks)) {
    test(`shows the live picture and says in large words what to hold before it: ${name}`, async ({ openScreen }) => {
      const screen = await openTask(openScreen, portrait, putCamera, { options })
      const { page } = screen
      await expect(page.getByText('Xem hình vài giây')).toBeVisible()
      await screen.picture(`technician-camera-${name}`)
      await screen.expectSound()
      await page.keyboard.press('Enter')
      await expect(page.getByText('Đang xem hình')).toBeVisible()
      await show(screen, 'page')
      await expect(page.getByText('Đưa một trang có chữ')).toBeVisible()
      await screen.picture(`technician-camera-text-${name}`)
      await screen.expectSound()
      await page.keyboard.press('Enter')
      await expect(page.getByText('Giữ yên…')).toBeVisible()
      await expect(page.getByText('Đưa một tờ giấy trắng')).toBeVisible()
      await show(screen, 'sheet')
      await screen.picture(`technician-camera-sheet-${name}`)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: 'Kết quả' })).toBeVisible()
      await expect(page.getByRole('row', { name: /Bề rộng của nét/u })).toBeVisible()
      await screen.picture(`technician-camera-report-${name}`)
      await screen.expectSound()
    })
  }

  test('of a camera without a fault finds none, keeps the figures under its name and lets it go', async ({
    openScreen,
  }) => {
    const screen = await openTask(openScreen, portrait, putCamera)
    await screen.page.keyboard.press('Enter')
    await doAll(screen, allWell)
    const report = await reportOf(screen)
    expect(ofCamera(report)).toEqual([])
    expect(report).toMatchObject({
      subject: 'portrait-camera',
      device: 'face',
      figures: { pictureWidth: 1280, pictureHeight: 720, sheetSeen: 1, blackShare: 0 },
    })
    expect(report.figures['edgePixels']).toBeLessThan(3)
    expect(await screen.page.locator('video').evaluate((video: HTMLVideoElement) => video.srcObject)).toBeNull()
  })

  for (const [fault, cause] of [
    ['absent', 'not-plugged-in'],
    ['refused', 'camera-refused'],
    ['taken', 'taken-by-another-program'],
    ['broken', 'camera-not-starting'],
    ['narrow', 'camera-line-narrow'],
    ['silent', 'no-picture'],
    ['frozen', 'picture-frozen'],
    ['stops', 'picture-frozen'],
    ['covered', 'picture-black'],
  ] as const) {
    test(`finds of one that is ${fault} that it is ${cause}, and asks for nothing`, async ({ openScreen }) => {
      const screen = await openTask(openScreen, portrait, putCamera)
      await begin(screen, fault)
      const report = await reportOf(screen)
      expect(causesOf(report)).toEqual([cause])
      expect(report.verdict).toBe('fails')
      await expect(screen.page.getByRole('region', { name: 'Kết quả' })).toContainText(cause)
      if (fault === 'taken' || fault === 'covered') await screen.picture(`technician-camera-${fault}`)
    })
  }

  for (const [scenes, camera, cause] of [
    [{ page: 'page blurred', sheet: 'sheet' }, '', 'picture-blurred'],
    [{ page: 'nothing', sheet: 'sheet' }, '', 'picture-blurred'],
    [{ page: 'page', sheet: 'sheet dark' }, '', 'picture-dark'],
    [{ page: 'page', sheet: 'sheet burnt' }, '', 'picture-bright'],
    [{ page: 'page', sheet: 'sheet blue' }, '', 'colours-off'],
    [{ page: 'page', sheet: 'sheet side' }, '', 'light-uneven'],
    [{ page: 'page', sheet: 'sheet' }, 'small', 'picture-small'],
    [{ page: 'page', sheet: 'sheet' }, 'slow', 'frames-slow'],
  ] as const) {
    test(`finds before '${scenes.page}' and '${scenes.sheet}' ${camera} that it is ${cause}`, async ({
      openScreen,
    }) => {
      const screen = await openTask(openScreen, portrait, putCamera)
      await begin(screen, camera)
      const [text, sheet] = Object.keys(allWell) as [string, string]
      await doAll(screen, { [text]: scenes.page, [sheet]: scenes.sheet })
      const report = await reportOf(screen)
      // A test machine may be too busy to tell a slow camera from itself, and then says so.
      const busy = (report.figures['paintsPerSecond'] ?? 0) < 20
      expect(ofCamera(report)).toEqual(cause === 'frames-slow' && busy ? [] : [cause])
    })
  }

  test('notices a camera that is unplugged while it waits for a person', async ({ openScreen }) => {
    const screen = await openTask(openScreen, portrait, putCamera)
    await begin(screen, '')
    await expect(screen.page.getByText('Đưa một trang có chữ')).toBeVisible()
    await screen.page.evaluate(() => dispatchEvent(new Event('pull')))
    expect(causesOf(await reportOf(screen))).toEqual(['comes-and-goes'])
  })

  test('is stopped by Escape, keeps nothing and can begin again', async ({ openScreen }) => {
    const screen = await openTask(openScreen, portrait, putCamera)
    await begin(screen, '')
    await expect(screen.page.getByText('Đưa một trang có chữ')).toBeVisible()
    await screen.page.keyboard.press('Escape')
    await expect(screen.page.getByText('Xem hình vài giây')).toBeVisible()
    await screen.page.keyboard.press('Enter')
    await doAll(screen, allWell)
    await reportOf(screen)
  })

  test('opens the camera of the role, and the technician says which that is', async ({ openScreen }) => {
    const screen = await openTask(openScreen, papers, putThreeCameras, {
      answers: { cameraChoice: () => ok({ id: 'gone', label: 'Máy ảnh hai' }) },
    })
    const { page } = screen
    const choice = page.getByLabel('Camera dùng cho việc này')
    await expect(choice).toHaveValue('two')
    await screen.picture('technician-camera-role')
    await choice.selectOption('three')
    expect(screen.calls('rememberCamera').map(({ input }) => input)).toEqual([
      { role: 'document-camera', id: 'three', label: 'Máy ảnh ba' },
    ])
    await page
      .getByRole('button', { name: /^Kiểm tra/u })
      .last()
      .click()
    await expect(page.locator('html')).toHaveAttribute('data-asked', 'three')
    expect(await reportOf(screen)).toMatchObject({ subject: 'document-camera' })
    expect(await reportOf(screen)).not.toHaveProperty('device')
  })

  test('goes by devices.json while the station is locked, and says that a choice is not kept', async ({
    openScreen,
  }) => {
    const screen = await openTask(openScreen, portrait, putThreeCameras, {
      answers: {
        cameraChoice: () => failed('STATION_LOCKED'),
        rememberCamera: () => failed('STATION_LOCKED'),
      },
    })
    const choice = screen.page.getByLabel('Camera dùng cho việc này')
    await expect(choice.locator('option:checked')).toHaveText('fake_device_0')
    await choice.selectOption('one')
    await expect(screen.page.getByRole('alert')).toContainText('STATION_LOCKED')
  })
})

async function begin(screen: Parameters<typeof show>[0], camera: string): Promise<void> {
  await screen.page.evaluate((what) => {
    document.documentElement.dataset['camera'] = what
    document.documentElement.dataset['scene'] = 'page'
  }, camera)
  await screen.page.keyboard.press('Enter')
}

/** In the page: three cameras, none of which opens; which was asked for stands in `data-asked`. */
function putThreeCameras(): void {
  const camera = (deviceId: string, label: string) =>
    ({ deviceId, label, kind: 'videoinput', groupId: '' }) as MediaDeviceInfo
  navigator.mediaDevices.enumerateDevices = () =>
    Promise.resolve([camera('one', 'fake_device_0'), camera('two', 'Máy ảnh hai'), camera('three', 'Máy ảnh ba')])
  navigator.mediaDevices.getUserMedia = (wishes) => {
    const { deviceId } = (wishes?.video ?? {}) as { deviceId?: { exact: string } }
    document.documentElement.dataset['asked'] = deviceId?.exact ?? ''
    return Promise.reject(new DOMException('none', 'NotFoundError'))
  }
}
