import { expect } from '@playwright/test'
import type { CallOutput } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { failed, ok, test, type Screen } from './harness.ts'
import {
  answersAround,
  atDocuments,
  atPortrait,
  blobs,
  documentsTaken,
  liveDossier,
  nobodySeen,
  pictures,
  portraitMade,
} from './officer-desk.ts'

const named = (screen: Screen, name: string) => screen.calls().filter((each) => each.name === name)
const live = (screen: Screen) => expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
/** A page that was taken shows as such. */
const thumbs = (screen: Screen) => screen.page.locator('.thumb:not([data-pending])')

const face = {
  width: 640,
  height: 480,
  faces: [{ x: 230, y: 110, width: 180, height: 230 }],
  landmarks: {
    leftEye: { x: 360, y: 200 },
    rightEye: { x: 280, y: 200 },
    nose: { x: 320, y: 240 },
    mouth: { x: 320, y: 280 },
    chin: { x: 320, y: 330 },
    crown: { x: 320, y: 90 },
  },
  crop: { x: 180, y: 40, width: 280, height: 360, angle: 2 },
  findings: [],
} as const satisfies CallOutput<'lookAtPortrait'>
const glasses = { check: 'glasses', value: 0.9, mark: { x: 260, y: 180, width: 120, height: 40 } } as const
const shadow = { check: 'shadow', value: 0.4 } as const

const page = {
  width: 800,
  height: 600,
  corners: [
    { x: 180, y: 60 },
    { x: 640, y: 80 },
    { x: 620, y: 540 },
    { x: 160, y: 520 },
  ],
  problems: [],
} as const satisfies CallOutput<'lookAtPage'>
const glare = { problem: 'glare', value: 0.2, mark: { x: 300, y: 200, width: 120, height: 80 } } as const

const refused: DossierEvent = {
  type: 'portraitTaken',
  picture: blobs.face,
  original: blobs.whole,
  findings: [
    { check: 'glasses', value: 0.9 },
    { check: 'shadow', value: 0.4 },
  ],
}

test.describe('portrait', () => {
  test('each finding is said in words and marked on the live picture, refusals first', async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(atPortrait), lookAtPortrait: () => ok({ ...face, findings: [shadow, glasses] }) },
      pictures,
    })
    await live(screen)
    await expect(screen.page.locator('.looks li')).toHaveText([/Đeo kính: bỏ kính ra/u, /Mặt có bóng/u])
    await expect(screen.page.locator('.mark-finding[data-demand="refusal"]')).toHaveCount(1)
    await expect(screen.page.locator('.mark-crop')).toHaveCount(1)
    await expect(screen.page.locator('.mark-eyes')).toHaveCount(1)
    const [video, marks] = await Promise.all(
      ['.camera-picture', '.marks'].map((part) => screen.page.locator(part).boundingBox()),
    )
    expect(marks).toEqual(video)
    expect(named(screen, 'takePortrait')).toEqual([])
  })

  test('is taken by itself when nothing is refused for some looks, and only once', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, lookAtPortrait: () => ok({ ...face, findings: [shadow] }) },
      pictures,
    })
    desk.attach(screen)
    await expect(screen.page.getByAltText('Ảnh vừa chụp')).toBeVisible()
    await expect(screen.page.getByText('So với ảnh trong chip')).toBeVisible()
    const looked = named(screen, 'lookAtPortrait').length
    await expect.poll(() => named(screen, 'lookAtPortrait').length).toBeGreaterThan(looked + 5)
    expect(named(screen, 'takePortrait')).toHaveLength(1)
  })

  test('is not taken by itself when that is switched off, and by hand always', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    let seen: CallOutput<'lookAtPortrait'> = { ...face, findings: [glasses] }
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, lookAtPortrait: () => ok(seen) },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await expect(screen.page.getByText('Tự chụp: bật')).toBeVisible()
    await screen.page.keyboard.press('a')
    await expect(screen.page.getByText('Tự chụp: tắt')).toBeVisible()
    seen = face
    await expect(screen.page.getByText('Đạt yêu cầu')).toBeVisible()
    const looked = named(screen, 'lookAtPortrait').length
    await expect.poll(() => named(screen, 'lookAtPortrait').length).toBeGreaterThan(looked + 5)
    expect(named(screen, 'takePortrait')).toEqual([])
    await screen.page.keyboard.press('Space')
    await expect(screen.page.getByAltText('Ảnh vừa chụp')).toBeVisible()
    expect(named(screen, 'takePortrait')).toHaveLength(1)
  })

  test('goes on against a refusal only with a reason', async ({ openScreen }) => {
    const desk = liveDossier([...atPortrait, refused])
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    await expect(screen.page.getByText('Ảnh chưa đạt:')).toBeVisible()
    const accept = screen.page.getByRole('button', { name: 'Dùng ảnh với lý do này' })
    await expect(accept).toBeDisabled()
    await screen.page.getByLabel('Vì sao dùng ảnh chưa đạt').fill('kính y tế')
    await live(screen)
    await screen.picture('officer-portrait-refused')
    await screen.expectSound()
    await screen.page.keyboard.press('Enter')
    await expect(screen.page.getByText('Dùng vì: kính y tế')).toBeVisible()
    await expect(accept).toHaveCount(0)
    expect(named(screen, 'acceptPortrait').map(({ input }) => input)).toEqual([
      { name: blobs.face.name, because: 'kính y tế' },
    ])
    expect(named(screen, 'goToStep')).toEqual([])
  })

  test('stands beside the chip’s with a figure, and the answer is the officer’s', async ({ openScreen }) => {
    const desk = liveDossier([...atPortrait, portraitMade])
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    await expect(screen.page.getByText('Giống nhau 82/100')).toBeVisible()
    await expect(screen.page.getByRole('radio', { name: 'Có', checked: true })).toHaveCount(0)
    await screen.page.keyboard.press('3')
    await expect(screen.page.getByRole('radio', { name: /Chưa rõ/u })).toBeChecked()
    expect(named(screen, 'judgePortrait').map(({ input }) => input)).toEqual([
      { name: blobs.face.name, same: 'unsure', likeness: 82 },
    ])
  })

  test('that cannot be made is kept, and stored as it is when the officer says so', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, takePortrait: () => failed('HOST_GONE'), lookAtPortrait: () => failed('HOST_GONE') },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await expect(screen.page.getByText('Chưa phân tích được hình')).toBeVisible()
    await screen.page.keyboard.press('Space')
    await expect(screen.page.getByText('HOST_GONE')).toBeVisible()
    const pending = screen.page.locator('.face img[src^="blob:"]')
    await expect(pending).toBeVisible()
    await screen.picture('officer-portrait-unmade')
    await screen.expectSound()
    await screen.page.getByRole('button', { name: 'Lưu nguyên ảnh' }).click()
    await expect(pending).toHaveCount(0)
    expect(named(screen, 'addPortrait')).toHaveLength(1)
  })

  test('is not asked for from a child under 6', async ({ openScreen }) => {
    const born: readonly DossierEvent[] = [
      { type: 'declared', field: 'birthDate', value: '01/06/2022' },
      { type: 'chosen', field: 'birthDate', source: 'declared' },
      { type: 'compared' },
    ]
    const screen = await openScreen({ role: 'officer', answers: answersAround([...atPortrait, ...born]), pictures })
    await expect(screen.page.getByText('không thu ảnh chân dung')).toBeVisible()
    await expect(screen.page.locator('.camera')).toHaveCount(0)
    await screen.picture('officer-portrait-child')
    await screen.expectSound()
  })
})

test.describe('papers', () => {
  test('the page is outlined and what is wrong is said', async ({ openScreen }) => {
    let seen: CallOutput<'lookAtPage'> = { ...page, problems: [glare] }
    const screen = await openScreen({
      role: 'officer',
      answers: { ...answersAround(atDocuments), lookAtPage: () => ok(seen) },
      pictures,
    })
    await live(screen)
    await expect(screen.page.getByText('Lóa: nghiêng giấy hoặc đèn')).toBeVisible()
    await expect(screen.page.locator('.page-marks rect')).toHaveCount(1)
    seen = page
    await expect(screen.page.getByText('Thấy trọn trang')).toBeVisible()
    await expect(screen.page.locator('.page-marks polygon')).toHaveAttribute('data-good', 'true')
  })

  test('the usual ones come first, others have several pages, each turned and in grey as wanted', async ({
    openScreen,
  }) => {
    const desk = liveDossier(atDocuments)
    const screen = await openScreen({ role: 'officer', answers: desk.answers, pictures })
    desk.attach(screen)
    await live(screen)
    const shootNow = async (count: number) => {
      await expect(screen.page.locator('[data-key="Space"]')).toBeEnabled()
      await screen.page.keyboard.press('Space')
      await expect(thumbs(screen)).toHaveCount(count)
    }
    await shootNow(1)
    await shootNow(2)
    await screen.page.getByLabel('Giấy tờ khác…').selectOption('birth-certificate')
    await screen.page.keyboard.press('g')
    await screen.page.keyboard.press('r')
    await shootNow(3)
    await expect(screen.page.getByText('Đặt trang 2 của giấy khai sinh')).toBeVisible()
    await shootNow(4)
    await screen.page.keyboard.press('9')
    await expect(screen.page.getByRole('button', { name: /Chụp trang 1/u })).toBeVisible()
    const kinds = named(screen, 'takePage').map(({ input: { picture: _, ...about } }) => about)
    expect(kinds).toEqual([
      { kind: 'old-card-front', colour: 'colour', turn: 0 },
      { kind: 'old-card-back', colour: 'colour', turn: 0 },
      { kind: 'birth-certificate', colour: 'grey', turn: 90, page: 1 },
      { kind: 'birth-certificate', colour: 'grey', turn: 90, page: 2 },
    ])
    await screen.picture('officer-documents-pages')
    await screen.expectSound()
  })

  test('a page is turned from its original, and the old one goes only when the new one is there', async ({
    openScreen,
  }) => {
    const taken: DossierEvent = {
      type: 'documentTaken',
      kind: 'guardianship',
      picture: blobs.front,
      original: blobs.original,
      colour: 'grey',
      turn: 270,
      page: 2,
    }
    const desk = liveDossier([...atDocuments, taken])
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, takePage: () => failed('HOST_GONE') },
      pictures,
    })
    desk.attach(screen)
    const turn = screen.page.getByRole('button', { name: 'Xoay Giấy tờ giám hộ · trang 2' })
    await turn.click()
    await expect(screen.page.getByText('HOST_GONE')).toBeVisible()
    expect(named(screen, 'dropDocument')).toEqual([])
    screen.answer('takePage', desk.answers.takePage!)
    await turn.click()
    await expect
      .poll(() => named(screen, 'dropDocument').map(({ input }) => input))
      .toEqual([{ name: blobs.front.name }])
    expect(named(screen, 'takePage').at(-1)?.input).toMatchObject({
      kind: 'guardianship',
      colour: 'grey',
      turn: 0,
      page: 2,
    })
  })

  test('what is read off a page becomes part of the dossier only line by line, by the officer', async ({
    openScreen,
  }) => {
    const desk = liveDossier([...atDocuments, ...documentsTaken.slice(0, 1)])
    const hostile = 'https://mau.example/<script>alert(1)</script>'
    const box = { x: 1, y: 1, width: 10, height: 10 }
    const screen = await openScreen({
      role: 'officer',
      answers: {
        ...desk.answers,
        giveCode: () => failed('QR_FORMAT'),
        readPage: ({ wanted }) =>
          ok({
            codes: wanted === 'codes' ? [hostile] : [],
            texts:
              wanted === 'text'
                ? [
                    { kind: 'text', text: 'Nơi cư trú', confidence: 70, box: { ...box, y: 9 } },
                    { kind: 'number', text: '014190000123', confidence: 91, box },
                    { kind: 'date', text: '15/03/1990', confidence: 80, box: { ...box, y: 5 } },
                  ]
                : [],
          }),
      },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await screen.page.getByRole('button', { name: 'Đọc chữ: Mặt trước' }).click()
    const rows = screen.page.locator('.suggestion')
    await expect(rows).toHaveCount(4)
    await expect(screen.page.getByText(hostile)).toBeVisible()
    await expect(screen.page.locator('.suggestion a, .suggestion script')).toHaveCount(0)
    expect([...named(screen, 'declareDetail'), ...named(screen, 'giveCode')]).toEqual([])
    await screen.picture('officer-documents-read')
    await screen.expectSound()

    await rows.nth(0).getByRole('button').click()
    await expect(rows.nth(0).getByText('QR_FORMAT')).toBeVisible()
    await rows.nth(2).getByRole('textbox').fill('15/03/1991')
    await rows.nth(2).getByRole('button').click()
    await expect(rows.nth(2).getByText('Đã nhận')).toBeVisible()
    await expect(rows.nth(3).getByRole('button')).toBeDisabled()
    expect(named(screen, 'declareDetail').map(({ input }) => input)).toEqual([
      { field: 'birthDate', value: '15/03/1991' },
    ])
  })

  test('the sides of the old card are read by themselves for what no source has said', async ({ openScreen }) => {
    const desk = liveDossier(atDocuments)
    const mrz = [
      'IDVNM1900001230014190000123<<7',
      '9003152F3003150VNM<<<<<<<<<<<2',
      'LO<<THI<MAU<<<<<<<<<<<<<<<<<<<',
    ] as const
    const screen = await openScreen({
      role: 'officer',
      answers: { ...desk.answers, readPage: () => ok({ codes: [], mrz, texts: [] }) },
      pictures,
    })
    desk.attach(screen)
    await live(screen)
    await screen.page.keyboard.press('2')
    await screen.page.keyboard.press('Space')
    await screen.page.getByRole('button', { name: 'Nhận mã này' }).click()
    await expect(screen.page.getByText('Đã nhận')).toBeVisible()
    // The QR code was scanned at arrival.
    expect(named(screen, 'readPage').map(({ input }) => input['wanted'])).toEqual(['mrz'])
    expect(named(screen, 'giveCode').map(({ input }) => input)).toEqual([{ text: mrz.join('\n') }])
  })
})

test.describe('pictures from a watched folder', () => {
  const offered = (seed: string) => ({
    role: 'portrait-camera' as const,
    picture: { ...blobs.whole, name: `${blobs.whole.name.slice(0, 30)}${seed}` },
    at: '2026-11-23T03:40:07.000Z',
  })

  test('are used like a shot or dropped, and leave the shelf only when they are stored', async ({ openScreen }) => {
    const desk = liveDossier(atPortrait)
    const [one, two] = [offered('a1'), offered('b2')]
    const stored = pictures[`/blob/${blobs.face.name}`]!
    const screen = await openScreen({
      role: 'officer',
      answers: {
        ...desk.answers,
        takePortrait: () => failed('FACE_MISSING'),
        pictureSources: () => ok({ folders: [], offered: [one, two] }),
      },
      pictures: { ...pictures, [`/blob/${one.picture.name}`]: stored, [`/blob/${two.picture.name}`]: stored },
    })
    desk.attach(screen)
    await live(screen)
    await expect(screen.page.getByRole('heading', { name: 'Ảnh mới từ thư mục' })).toBeVisible()
    await screen.picture('officer-portrait-offered')
    await screen.expectSound()
    await screen.page.keyboard.press('Control+u')
    await expect(screen.page.getByText('FACE_MISSING')).toBeVisible()
    expect(named(screen, 'dropOfferedPicture')).toEqual([])
    screen.answer('takePortrait', desk.answers.takePortrait!)
    await screen.page.keyboard.press('Control+s')
    await expect
      .poll(() => named(screen, 'dropOfferedPicture').map(({ input }) => input))
      .toEqual([{ name: one.picture.name }])
    expect(named(screen, 'takePortrait').map(({ input }) => input['picture'])).toEqual([
      { bytes: stored.length },
      { bytes: stored.length },
    ])
    await screen.page
      .locator('.offered-list li')
      .nth(1)
      .getByRole('button', { name: /Bỏ ảnh/u })
      .click()
    await expect.poll(() => named(screen, 'dropOfferedPicture').at(-1)?.input).toEqual({ name: two.picture.name })
  })

  test('the folder is set beside the camera, and what is wrong with it is said', async ({ openScreen }) => {
    const screen = await openScreen({ role: 'officer', answers: answersAround(atPortrait), pictures })
    await live(screen)
    await screen.page.keyboard.press('Control+e')
    await screen.page.getByLabel('Thư mục máy ảnh lưu vào').fill('/media/EOS')
    await screen.page.getByRole('button', { name: 'Theo dõi thư mục' }).click()
    await expect
      .poll(() => named(screen, 'watchPictureFolder').map(({ input }) => input))
      .toEqual([{ role: 'portrait-camera', folder: '/media/EOS' }])
    await screen.emit('pictureSourcesChanged', {
      folders: [
        {
          role: 'portrait-camera',
          folder: '/media/EOS',
          problem: 'missing',
          left: [{ file: 'scan.jpg', code: 'IMAGE_UNREADABLE' }],
        },
      ],
      offered: [],
    })
    await screen.picture('officer-portrait-settings')
    await screen.expectSound()
    await screen.page.keyboard.press('Escape')
    await expect(screen.page.getByText('Không thấy thư mục /media/EOS').first()).toBeVisible()
    await expect(screen.page.getByText('scan.jpg')).toBeVisible()
  })
})

test.describe('a camera', () => {
  test('that sends one frame for ever is noticed, and its picture is never taken', async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: answersAround(atDocuments),
      pictures,
      before: () => {
        navigator.mediaDevices.getUserMedia = () => {
          const canvas = document.createElement('canvas')
          canvas.width = 640
          canvas.height = 480
          const context = canvas.getContext('2d')!
          let frozen = false
          let last = 0
          addEventListener('freeze-stream', () => {
            frozen = true
          })
          addEventListener('thaw-stream', () => {
            frozen = false
          })
          const draw = () => {
            if (!frozen) last++
            // The same pixels are drawn anew: frames go on coming.
            context.fillStyle = '#456'
            context.fillRect(0, 0, 640, 480)
            context.fillStyle = '#fff'
            context.fillRect(last % 600, 100, 40, 300)
            setTimeout(draw, 40)
          }
          draw()
          return Promise.resolve(canvas.captureStream())
        }
      },
    })
    await live(screen)
    await screen.page.evaluate(() => dispatchEvent(new Event('freeze-stream')))
    await expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'frozen')
    await expect(screen.page.getByText('gửi mãi một hình')).toBeVisible()
    await expect(screen.page.locator('[data-key="Space"]')).toBeDisabled()
    await screen.picture('officer-documents-frozen')
    await screen.page.evaluate(() => dispatchEvent(new Event('thaw-stream')))
    await live(screen)
    await expect(screen.page.locator('[data-key="Space"]')).toBeEnabled()
  })

  test('that ends is said, and one that changes its resolution is shown in its new shape', async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: answersAround(atDocuments),
      pictures,
      before: () => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        navigator.mediaDevices.getUserMedia = async (wishes) => {
          const stream = await open(wishes)
          const [track] = stream.getVideoTracks()
          addEventListener('narrow', () => void track?.applyConstraints({ width: 320, height: 240 }))
          addEventListener('pull', () => {
            track?.stop()
            track?.dispatchEvent(new Event('ended'))
          })
          return stream
        }
      },
    })
    await live(screen)
    await screen.page.evaluate(() => dispatchEvent(new Event('narrow')))
    await expect
      .poll(() =>
        screen.page.locator('.camera-frame').evaluate((frame) => (frame.clientWidth / frame.clientHeight).toFixed(2)),
      )
      .toBe('1.33')
    await live(screen)
    await screen.page.evaluate(() => dispatchEvent(new Event('pull')))
    await expect(screen.page.getByText('vừa mất kết nối')).toBeVisible()
    await screen.page.getByRole('button', { name: 'Thử lại' }).click()
    await live(screen)
  })

  test('chosen once is opened again by its label, though its id has changed', async ({ openScreen }) => {
    const screen = await openScreen({
      role: 'officer',
      answers: {
        ...answersAround(atPortrait),
        cameraChoice: ({ role }) => ok(role === 'portrait-camera' ? { id: 'gone', label: 'Máy ảnh hai' } : null),
      },
      pictures,
      before: () => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        const camera = (deviceId: string, label: string) =>
          ({ deviceId, label, kind: 'videoinput', groupId: '' }) as MediaDeviceInfo
        navigator.mediaDevices.enumerateDevices = () =>
          Promise.resolve([camera('one', 'Máy ảnh một'), camera('two', 'Máy ảnh hai'), camera('three', 'Máy ảnh ba')])
        navigator.mediaDevices.getUserMedia = (wishes) => {
          const { deviceId } = (wishes?.video ?? {}) as { deviceId?: { exact: string } }
          document.documentElement.dataset['asked'] = deviceId?.exact ?? ''
          return open({ video: true })
        }
      },
    })
    await live(screen)
    await expect(screen.page.locator('html')).toHaveAttribute('data-asked', 'two')
    await screen.page.keyboard.press('Control+e')
    await screen.page.locator('.camera-settings select').first().selectOption('three')
    await expect(screen.page.locator('html')).toHaveAttribute('data-asked', 'three')
    expect(named(screen, 'rememberCamera').map(({ input }) => input)).toEqual([
      { role: 'portrait-camera', id: 'three', label: 'Máy ảnh ba' },
    ])
  })

  test('keeps the window at 30 frames a second while answers are slow, with one look at a time', async ({
    openScreen,
  }) => {
    let under = 0
    let most = 0
    const slow: (() => void)[] = []
    const screen = await openScreen({
      role: 'officer',
      answers: {
        ...answersAround(atPortrait),
        lookAtPortrait: async () => {
          most = Math.max(most, ++under)
          await new Promise<void>((resolve) => slow.push(resolve))
          under--
          return ok(nobodySeen)
        },
      },
      pictures,
    })
    await live(screen)
    await expect.poll(() => slow.length).toBe(1)
    const gaps = async () =>
      screen.page.evaluate(
        () =>
          new Promise<number[]>((resolve) => {
            const found: number[] = []
            let last = performance.now()
            const tick = (now: number) => {
              found.push(now - last)
              last = now
              if (found.length < 60) requestAnimationFrame(tick)
              else resolve(found.slice(1))
            }
            requestAnimationFrame(tick)
          }),
      )
    const median = (found: readonly number[]) => found.toSorted((one, other) => one - other)[found.length >> 1] ?? 0
    // Nothing is looked at while the first answer is awaited: what this machine can do at all.
    const idle = median(await gaps())
    let looking = true
    const answering = (async () => {
      while (looking) {
        await expect.poll(() => slow.length).toBeGreaterThan(0)
        slow.shift()!()
      }
    })()
    const busy = median(await gaps())
    looking = false
    await answering
    test.info().annotations.push({ type: 'milliseconds between frames', description: `idle ${idle}, looking ${busy}` })
    expect(busy).toBeLessThanOrEqual(Math.max(1000 / 30, 1.5 * idle))
    expect(named(screen, 'lookAtPortrait').length).toBeGreaterThan(1)
    expect(most).toBe(1)
  })
})

for (const [name, events, looks] of [
  ['portrait', [...atPortrait, refused], { lookAtPortrait: () => ok({ ...face, findings: [glasses, shadow] }) }],
  ['documents', [...atDocuments, ...documentsTaken], { lookAtPage: () => ok({ ...page, problems: [glare] }) }],
] as const)
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1024, height: 600 },
  ])
    test(`the ${name} screen with all it can say is sound at ${size.width} × ${size.height}, by day and by night`, async ({
      openScreen,
    }) => {
      const screen = await openScreen({
        role: 'officer',
        answers: { ...answersAround(events), ...looks },
        pictures,
        size,
      })
      await live(screen)
      await expect(screen.page.locator('.looks, .page-problems').first()).toBeVisible()
      await expect(screen.page.locator('[data-settling]')).toHaveCount(0)
      await screen.picture(`officer-${name}-full-${size.width}`)
      await screen.expectSound()
      await screen.page.emulateMedia({ colorScheme: 'dark' })
      await screen.picture(`officer-${name}-full-${size.width}-dark`)
      await screen.expectSound()
    })
