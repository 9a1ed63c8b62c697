import { expect } from '@playwright/test'
import { rolledSteps, singleSteps, type CaptureStep, type FingerDoubt } from '#domain/biometrics/index.ts'
import { failed, ok, test } from './harness.ts'
import {
  answersAround,
  atFingers,
  captureStarted,
  found,
  liveDossier,
  pictures,
  slapsTaken,
  taken,
} from './officer-desk.ts'
import { allPictures, awake, inputs, openSheet, repeated, title, weakTwice } from './officer-fingers.ts'

test('one Enter takes the whole plan: each good capture leads to the next by itself', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  await awake(screen)
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByRole('button', { name: 'Nhận vân tay, sang Công dân xem' })).toBeEnabled()
  expect(inputs(screen, 'captureFingers').map(({ step }) => step)).toEqual([
    'right-four',
    'left-four',
    'two-thumbs',
    ...rolledSteps,
  ])
  await screen.page.keyboard.press('Enter')
  await expect(title(screen)).toHaveText('Công dân xem')
})

test('without the chain every capture waits for its own Enter', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Control+l')
  await expect(page.getByRole('switch', { name: 'Chụp liên tiếp' })).not.toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Nhận tay phải, sang tay trái' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Nhận tay trái, sang hai ngón cái' })).toBeEnabled()
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'right-four' }, { step: 'left-four' }])
})

test('a weak capture stops the chain, and so does a doubted one', async ({ openScreen }) => {
  const qualities = { 'left-four': [61, 30, 83, 77] } as Partial<Record<CaptureStep, readonly number[]>>
  const doubts = { 'two-thumbs': [{ kind: 'wrong-hand' }] } as Partial<Record<CaptureStep, readonly FingerDoubt[]>>
  const desk = liveDossier(atFingers)
  let count = 0
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      captureFingers: ({ step }) => {
        const own = qualities[step] ?? [78, 81, 64, 66]
        delete qualities[step]
        return desk.happen(...taken(step, `h${++count}`, own, doubts[step]))
      },
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Chưa đạt 40: ngón giữa trái')).toHaveCount(0)
  await expect(page.getByText('Chưa đạt 40: ngón áp út trái')).toBeVisible()
  await awake(screen)
  expect(inputs(screen, 'captureFingers').map(({ step }) => step)).toEqual(['right-four', 'left-four'])
  await page.keyboard.press('Enter')
  await expect(page.getByText('Hình này giống bàn tay kia.')).toBeVisible()
  expect(inputs(screen, 'captureFingers').map(({ step }) => step)).toEqual([
    'right-four',
    'left-four',
    'left-four',
    'two-thumbs',
  ])
  await expect(page.locator('.button-next')).toBeDisabled()
})

test('the chain waits for the comparison, and Escape ends it there', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      // Taken, but not yet compared with the other prints.
      captureFingers: ({ step }) => desk.happen(...taken(step, 'h1', [78, 81, 64, 66]).slice(0, 2)),
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang so với các vân tay đã lấy…')).toBeVisible()
  await expect(page.getByText('Đang chụp liên tiếp. Esc để dừng.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Các ngón đều đạt.')).toBeVisible()
  await desk.happen({ type: 'fingersCompared', attempt: 'h1', doubts: [] })
  await expect(page.getByText('Đang so với các vân tay đã lấy…')).toHaveCount(0)
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'right-four' }])
  expect(inputs(screen, 'goToStep')).toEqual([])
})

test('a dialog ends the chain: what is compared meanwhile leads nowhere', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      captureFingers: ({ step }) => desk.happen(...taken(step, 'h1', [78, 81, 64, 66]).slice(0, 2)),
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang chụp liên tiếp')).toBeVisible()
  await openSheet(/^Ngón áp út phải/u)(screen)
  await desk.happen({ type: 'fingersCompared', attempt: 'h1', doubts: [] })
  await page.keyboard.press('F3')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('Các ngón đều đạt.')).toBeVisible()
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'right-four' }])
  expect(inputs(screen, 'goToStep')).toEqual([])
})

test('Escape stops a capture and with it the chain, and Space shoots at once', async ({ openScreen }) => {
  const desk = liveDossier(atFingers)
  let stop: (reply: ReturnType<typeof failed>) => void = () => {}
  const screen = await openScreen({
    role: 'officer',
    answers: {
      ...desk.answers,
      captureFingers: async ({ step }) => {
        await desk.happen(captureStarted(step, 'h1'))
        return new Promise<ReturnType<typeof failed>>((resolve) => {
          stop = resolve
        })
      },
      stopCapture: async () => {
        await desk.happen({ type: 'fingerCaptureFailed', attempt: 'h1', code: 'CANCELLED' })
        stop(failed('CANCELLED'))
        return ok({})
      },
    },
    pictures,
  })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang chờ tay trên mặt kính')).toBeVisible()
  await page.keyboard.press('Space')
  await expect.poll(() => inputs(screen, 'shootFingers')).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect(page.getByText('CANCELLED')).toBeVisible()
  await awake(screen)
  expect(inputs(screen, 'captureFingers')).toHaveLength(1)
})

test('captures are chosen by digit and by arrows, in any order, and any of them is taken again', async ({
  openScreen,
}) => {
  const desk = liveDossier([...atFingers, ...slapsTaken])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await expect(title(screen)).toHaveText('Lăn ngón cái phải')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(title(screen)).toHaveText('Lăn ngón giữa phải')
  await page.keyboard.press('ArrowLeft')
  await expect(title(screen)).toHaveText('Lăn ngón trỏ phải')
  await page.keyboard.press('2')
  await expect(title(screen)).toHaveText('Bốn ngón tay trái, đặt phẳng')
  await page.keyboard.press('Control+l')
  await page.keyboard.press('Control+r')
  await expect(page.getByRole('button', { name: 'Lần 2' })).toBeVisible()
  expect(inputs(screen, 'captureFingers')).toEqual([{ step: 'left-four' }])
  await expect(page.locator('[data-key="Enter"]')).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(title(screen)).toHaveText('Lăn ngón cái phải')
})

test('of all tries the best print of each finger is used, and any of them can be looked at', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, ...weakTwice]),
    pictures: allPictures,
  })
  const { page } = screen
  const used = (finger: string) =>
    page.getByRole('row', { name: new RegExp(`^${finger}`, 'u') }).locator('[data-used="true"]')
  await expect(used('Trỏ')).toHaveText(/78/u)
  await expect(used('Áp út')).toHaveText(/34/u)
  await expect(page.getByAltText('Lần lấy 2')).toBeVisible()
  await page.getByRole('button', { name: 'Lần 1' }).click()
  await expect(page.getByAltText('Lần lấy 1')).toBeVisible()
  await expect(page.locator('.finger-label').filter({ hasText: 'Áp út' })).toContainText('21')
})

test('weak prints are accepted only with a reason after three tries', async ({ openScreen }) => {
  const weak = ['f1', 'f2', 'f3'].flatMap((attempt) => taken('left-four', attempt, [52, 70, 21, 60]))
  const desk = liveDossier([...atFingers, ...weak])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  await awake(screen)
  await expect(screen.page.getByRole('button', { name: 'Nhận dù chưa đạt' })).toHaveCount(0)
  await screen.page.keyboard.press('2')
  await expect(title(screen)).toHaveText('Bốn ngón tay trái, đặt phẳng')
  await screen.page.keyboard.press('Control+m')
  await expect(screen.page.getByRole('button', { name: 'Nhận với lý do này' })).toBeDisabled()
  await screen.page.getByLabel('Vì sao nhận vân tay chưa đạt').fill('ngón giữa mòn')
  await screen.picture('officer-fingers-accept')
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByText('Nhận tay trái, sang hai ngón cái')).toBeVisible()
  expect(inputs(screen, 'acceptFingers')).toEqual([{ step: 'left-four', reason: 'ngón giữa mòn' }])
})

test('a failed capture says what to do and is taken again with the same key', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: { ...answersAround(atFingers), captureFingers: () => failed('DEVICE_GONE') },
    pictures,
  })
  await awake(screen)
  await screen.page.keyboard.press('Enter')
  await expect(screen.page.getByText('DEVICE_GONE')).toBeVisible()
  await awake(screen)
  await screen.page.keyboard.press('Enter')
  await expect.poll(() => inputs(screen, 'captureFingers')).toHaveLength(2)
})

test('a doubted try is dropped with one key, or used with a reason', async ({ openScreen }) => {
  const desk = liveDossier([
    ...atFingers,
    ...taken('right-four', 'f1', [78, 81, 64, 66], [repeated]),
    ...taken('right-four', 'f2', [70, 71, 72, 73], [repeated]),
  ])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await expect(page.getByText('Lần 2', { exact: true })).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('button', { name: 'Lần 2: đã bỏ' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Lần 1' })).toBeVisible()
  await page.keyboard.press('Control+d')
  await expect(page.getByRole('button', { name: 'Vẫn dùng', exact: true })).toBeDisabled()
  await page.getByLabel('Vì sao vẫn dùng').fill('đã xem tận tay')
  await screen.picture('officer-fingers-doubt-reason')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Lần 1 vẫn dùng: đã xem tận tay')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Nhận tay phải, sang tay trái' })).toBeVisible()
  expect(inputs(screen, 'dropFingerTry')).toEqual([{ attempt: 'f2' }])
  expect(inputs(screen, 'dismissFingerDoubt')).toEqual([{ attempt: 'f1', reason: 'đã xem tận tay' }])
})

test('every doubt is said in words', async ({ openScreen }) => {
  const doubts: readonly FingerDoubt[] = [
    repeated,
    { kind: 'roll-differs', position: 'right-ring' },
    { kind: 'wrong-hand' },
    { kind: 'officer', position: 'right-little', badge: '112-345', score: 60 },
    { kind: 'other-dossier', position: 'right-index', dossier: 'SL-0312-000101', score: 55 },
  ]
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, ...taken('right-four', 'f1', [78, 81, 64, 66], doubts)]),
    pictures,
  })
  await expect(screen.page.locator('.doubts li')).toHaveText([
    'Ngón trỏ phải giống ngón giữa phải đã lấy.',
    'Dấu lăn và dấu phẳng của ngón áp út phải không giống nhau.',
    'Hình này giống bàn tay kia.',
    'Ngón út phải giống vân tay của cán bộ 112-345.',
    'Ngón trỏ phải giống vân tay trong hồ sơ SL-0312-000101.',
  ])
  await screen.expectFits()
})

test('single fingers are taken with a reason after weak tries, and left again', async ({ openScreen }) => {
  const desk = liveDossier([...atFingers, ...weakTwice])
  const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
  desk.attach(screen)
  const { page } = screen
  await awake(screen)
  await page.keyboard.press('Control+b')
  await expect(page.getByLabel('Vì sao lấy từng ngón')).toBeFocused()
  await page.keyboard.type('nằm tại giường')
  await screen.picture('officer-fingers-bedside-reason')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Đang lấy từng ngón')).toBeVisible()
  await awake(screen)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Nhận vân tay, sang Công dân xem' })).toBeEnabled()
  // What the slaps gave above the lower threshold is not asked for again.
  const asked = inputs(screen, 'captureFingers').map(({ step }) => step)
  expect(asked).toEqual(['flat-right-thumb', ...singleSteps.slice(5)])
  await page.keyboard.press('Control+b')
  await expect(page.getByText('Đang lấy từng ngón')).toHaveCount(0)
  expect(inputs(screen, 'chooseBedside')).toEqual([{ reason: 'nằm tại giường' }, { reason: '' }])
})

test('a frame of the preview changes nothing but the picture and what lies on it', async ({ openScreen }) => {
  const screen = await openScreen({
    role: 'officer',
    answers: answersAround([...atFingers, captureStarted('right-four', 'a1')]),
    pictures,
  })
  const { page } = screen
  const frame = (number: number, qualities: readonly number[]) =>
    screen.emit('fingerPreview', {
      attempt: 'a1',
      number,
      width: 800,
      height: 460,
      fingers: found('right-four', qualities),
      missing: [],
    })
  const shown = (number: number) =>
    expect(page.getByAltText('Hình trực tiếp của máy vân tay')).toHaveAttribute('src', `/live/a1/${number}.png`)
  await frame(1, [70, 71, 72, 73])
  await shown(1)
  await expect(page.locator('[data-settling]')).toHaveCount(0)
  await page.evaluate(() => {
    const changed: string[] = []
    Object.assign(window, { changed })
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        if (!element?.closest('.slap')) changed.push(element?.outerHTML.slice(0, 80) ?? '')
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const before = await spent()
  const frames = 60
  for (let number = 2; number < 2 + frames; number++) await frame(number, [70 + (number % 9), 71, 72, 73])
  await shown(1 + frames)
  test.info().annotations.push({
    type: 'figure',
    description: `${((await spent()) - before) / frames} ms of the window's main thread per preview frame`,
  })
  expect(await page.evaluate(() => (window as unknown as { changed: string[] }).changed)).toEqual([])
  await frame(200, [20, 71, 72, 73])
  await expect(page.getByText('Ngón trỏ phải chưa đạt 40')).toBeVisible()
})
