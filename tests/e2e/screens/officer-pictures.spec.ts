import { expect } from '@playwright/test'
import { failed, ok, test } from './harness.ts'
import { answersAround, atDocuments, atPortrait, blobs, documentsTaken, liveDossier, pictures } from './officer-desk.ts'
import { live, face, glasses, shadow, page, glare, refused } from './officer-looks.ts'

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
    expect(screen.calls('dropOfferedPicture')).toEqual([])
    screen.answer('takePortrait', desk.answers.takePortrait!)
    await screen.page.keyboard.press('Control+s')
    await expect
      .poll(() => screen.calls('dropOfferedPicture').map(({ input }) => input))
      .toEqual([{ name: one.picture.name }])
    expect(screen.calls('takePortrait').map(({ input }) => input['picture'])).toEqual([
      { bytes: stored.length },
      { bytes: stored.length },
    ])
    await screen.page
      .locator('.offered-list li')
      .nth(1)
      .getByRole('button', { name: /Bỏ ảnh/u })
      .click()
    await expect.poll(() => screen.calls('dropOfferedPicture').at(-1)?.input).toEqual({ name: two.picture.name })
  })

  test('the folder is set beside the camera, and what is wrong with it is said', async ({ openScreen }) => {
    const screen = await openScreen({ role: 'officer', answers: answersAround(atPortrait), pictures })
    await live(screen)
    await screen.page.keyboard.press('Control+e')
    await screen.page.getByLabel('Thư mục máy ảnh lưu vào').fill('/media/EOS')
    await screen.page.getByRole('button', { name: 'Theo dõi thư mục' }).click()
    await expect
      .poll(() => screen.calls('watchPictureFolder').map(({ input }) => input))
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
      await screen.expectSoundByNight()
      await screen.picture(`officer-${name}-full-${size.width}-dark`)
    })
