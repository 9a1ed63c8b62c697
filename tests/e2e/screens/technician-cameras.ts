import { expect } from '@playwright/test'
import type { CallInput } from '#contract/index.ts'
import type { Answers, Screen, ScreenOptions } from './harness.ts'
import { ok } from './harness.ts'
import { open, openPage, surroundings } from './technician-desk.ts'

export type Report = CallInput<'keepCheck'>['report']

type Open = (options: ScreenOptions) => Promise<Screen>

/** The page of tests at what the name of a choice says, of a desk that has no outcome yet; looks last half as long. */
export async function openTask(
  openScreen: Open,
  name: RegExp,
  before: () => void,
  more: { readonly answers?: Answers; readonly options?: Partial<ScreenOptions> } = {},
): Promise<Screen> {
  const screen = await open(
    openScreen,
    { checks: () => ok([]), cameraChoice: () => ok(null), surroundings: () => ok(surroundings), ...more.answers },
    { before, hurry: 2, ...more.options },
  )
  await openPage(screen, 2)
  await screen.page.getByRole('button', { name }).click()
  return screen
}

/** What the window kept of its test, once it did. */
export async function reportOf(screen: Screen): Promise<Report> {
  await expect.poll(() => screen.calls('keepCheck').length, { timeout: 60_000 }).toBe(1)
  return screen.calls('keepCheck')[0]?.input['report'] as Report
}

export const causesOf = ({ found }: Report) => found.map(({ cause }) => cause)

/** What was found of the camera itself; a busy test machine is none of its faults, and lets frames pass unseen. */
export const ofCamera = (report: Report) => causesOf(report).filter((cause) => !ofBusyMachines.has(cause))
const ofBusyMachines: ReadonlySet<string> = new Set(['computer-slow', 'frames-lost'])

/** Presses Enter at each thing to be done, having set the scene for it, until the outcome stands there. */
export async function doAll(screen: Screen, scenes: Readonly<Record<string, string>>): Promise<void> {
  for (const [words, scene] of Object.entries(scenes)) {
    await expect(screen.page.getByText(words)).toBeVisible({ timeout: 30_000 })
    await show(screen, scene)
    await screen.page.keyboard.press('Enter')
    await expect(screen.page.getByText(words)).toHaveCount(0)
  }
}

/** Sets the scene, and where a picture runs waits until it is seen: on the way from a camera to the window lie some frames. */
export const show = (screen: Screen, scene: string) =>
  screen.page.evaluate(async (next) => {
    document.documentElement.dataset['scene'] = next
    const video = document.querySelector('video')
    if (!video?.srcObject) return
    const side = 16
    const small = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!
    small.imageSmoothingQuality = 'high'
    const levels = (from: CanvasImageSource) => {
      small.drawImage(from, 0, 0, side, side)
      return small.getImageData(0, 0, side, side).data
    }
    /** More than a camera's frames differ among themselves, less than two scenes do. */
    const alike = 13
    for (let left = 2; left > 0;) {
      await new Promise((seen) => video.requestVideoFrameCallback(seen))
      const { scenes } = window as never as { scenes: ReadonlyMap<string, HTMLCanvasElement> }
      const [wanted, seen] = [scenes.get(next), levels(video)]
      if (!wanted) continue
      const off = levels(wanted).reduce((sum, level, at) => sum + Math.abs(level - (seen[at] ?? 0)), 0)
      if (off / seen.length < alike) left--
    }
  }, scene)

/** Before a camera of `putCamera` all is well. */
export const allWell = {
  'Đưa một trang có chữ trước camera': 'page',
  'Đưa một tờ giấy trắng trước camera': 'sheet',
} as const

/**
 * In the page: a camera of 1280 × 720. What it does stands in `data-camera` of the document (a fault), what is before it
 * in `data-scene`, both words separated by spaces.
 */
export function putCamera(): void {
  const said = (name: string) => (document.documentElement.dataset[name] ?? '').split(' ')
  const refuse = (name: string, message: string) => Promise.reject(new DOMException(message, name))
  const open = () => {
    const size = said('camera').includes('small') ? [640, 480] : [1280, 720]
    const [width = 0, height = 0] = size
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')!
    let frame = 0
    // Drawn once for each scene: a blur takes a busy machine longer than a frame.
    const drawn = new Map<string, HTMLCanvasElement>()
    const scenes = new Map<string, HTMLCanvasElement>()
    Object.assign(window, { scenes })
    const paint = (camera: readonly string[], scene: readonly string[]) => {
      const sheet = document.createElement('canvas')
      sheet.width = width
      sheet.height = height
      const to = sheet.getContext('2d')!
      to.filter = scene.includes('blurred') ? 'blur(4px)' : 'none'
      to.fillStyle = '#b9b2a6'
      if (scene.includes('sheet')) to.fillStyle = '#c8c8c6'
      if (scene.includes('blue')) to.fillStyle = '#96b4d8'
      if (scene.includes('dark')) to.fillStyle = '#3a3a39'
      if (scene.includes('burnt')) to.fillStyle = '#ffffff'
      if (camera.includes('covered')) to.fillStyle = '#030303'
      to.fillRect(0, 0, width, height)
      if (scene.includes('page') && !camera.includes('covered')) {
        to.fillStyle = '#e8e8e4'
        to.fillRect(width * 0.2, height * 0.1, width * 0.6, height * 0.8)
        to.fillStyle = '#222222'
        to.font = `${height / 30}px serif`
        for (let line = 0; line < 16; line++)
          to.fillText('Trang chữ để đo độ nét 0123456789 của máy ảnh', width * 0.23, height * (0.18 + line * 0.044))
      }
      to.filter = 'none'
      if (scene.includes('side')) {
        const light = to.createLinearGradient(0, 0, width, 0)
        light.addColorStop(0, 'rgba(0, 0, 0, 0)')
        light.addColorStop(1, 'rgba(0, 0, 0, 0.7)')
        to.fillStyle = light
        to.fillRect(0, 0, width, height)
      }
      return sheet
    }
    const draw = () => {
      const [camera, scene] = [said('camera'), said('scene')]
      if (camera.includes('stops') && frame > 8) return
      frame++
      const key = `${camera.join()} ${scene.join()}`
      const picture = drawn.get(key) ?? paint(camera, scene)
      drawn.set(key, picture)
      context.drawImage(picture, 0, 0)
      scenes.set(scene.join(' '), picture)
      // What no living camera leaves out: each frame differs a little from the last.
      if (!camera.includes('frozen')) {
        context.fillStyle = `rgba(0, 0, 0, ${0.02 * (frame % 3)})`
        context.fillRect(0, 0, width, height)
      }
      setTimeout(draw, camera.includes('slow') ? 350 : 45)
    }
    draw()
    const stream = canvas.captureStream()
    addEventListener('pull', () => {
      const [track] = stream.getVideoTracks()
      track?.stop()
      track?.dispatchEvent(new Event('ended'))
    })
    return Promise.resolve(stream)
  }
  navigator.mediaDevices.getUserMedia = (wishes) => {
    const camera = said('camera')
    document.documentElement.dataset['asked'] = JSON.stringify(wishes)
    const { width } = (wishes?.video ?? {}) as { width?: { ideal: number } }
    if (camera.includes('absent')) return refuse('NotFoundError', 'Requested device not found')
    if (camera.includes('refused')) return refuse('NotAllowedError', 'Permission denied')
    if (camera.includes('taken')) return refuse('NotReadableError', 'Device in use')
    if (camera.includes('broken')) return refuse('NotReadableError', 'Could not start video source')
    if (camera.includes('narrow') && (width?.ideal ?? 0) > 640)
      return refuse('NotReadableError', 'Could not start video source')
    if (camera.includes('silent')) return Promise.resolve(document.createElement('canvas').captureStream(0))
    return open()
  }
}
