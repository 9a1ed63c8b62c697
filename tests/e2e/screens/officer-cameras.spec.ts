import { expect } from '@playwright/test'
import { ok, test } from './harness.ts'
import { answersAround, atDocuments, atPortrait, nobodySeen, pictures } from './officer-desk.ts'
import { live } from './officer-looks.ts'

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
    expect(screen.calls('rememberCamera').map(({ input }) => input)).toEqual([
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
    expect(screen.calls('lookAtPortrait').length).toBeGreaterThan(1)
    expect(most).toBe(1)
  })
})
