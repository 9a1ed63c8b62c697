import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { fileNames, startSimulators, type Stage } from '#native/sim/stage/index.ts'

let dir: string
let stage: Stage & { stop(): Promise<void> }
let browser: Browser
let page: Page

beforeAll(async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  dir = await mkdtemp(join(tmpdir(), 'quay-camera-'))
  stage = await startSimulators(dir, { arguments: ['--person', 'quang-van-mau'] })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${join(dir, fileNames.camera)}`,
    ],
  })
  page = await browser.newPage()
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<title>camera</title>' }))
  await page.goto('https://camera.test/')
})
afterAll(async () => {
  await browser.close()
  await stage.stop()
  await rm(dir, { recursive: true, force: true })
})

/** One frame of a camera opened for it, as a PNG; the name of the error when it cannot be opened. */
async function takeFrame(): Promise<{ width: number; height: number; png: Buffer } | string> {
  // Written as text: it runs in the page.
  const taken = await page.evaluate<{ width: number; height: number; png: string } | string>(`(async () => {
    const constraints = { video: { width: { ideal: 1280 }, height: { ideal: 960 } } }
    let stream
    try { stream = await navigator.mediaDevices.getUserMedia(constraints) } catch (error) { return error.name }
    const video = document.createElement('video')
    video.srcObject = stream
    video.muted = true
    const canvas = document.createElement('canvas')
    await video.play()
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve))
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    canvas.getContext('2d').drawImage(video, 0, 0)
    for (const track of stream.getTracks()) track.stop()
    return { width: canvas.width, height: canvas.height, png: canvas.toDataURL('image/png').split(',')[1] }
  })()`)
  return typeof taken === 'string' ? taken : { ...taken, png: Buffer.from(taken.png, 'base64') }
}

test('Chromium takes the file for a camera of 1280 × 960, and the code on the card can be read from its frame', async () => {
  await stage.show('card-front')
  const frame = await takeFrame()
  if (typeof frame === 'string') throw new Error(frame)
  expect(frame).toMatchObject({ width: 1280, height: 960 })
  const codes = await readBarcodes(new Uint8Array(frame.png), { formats: ['QRCode'] })
  expect(codes.map(({ text }) => text)).toEqual([stage.card.qr])
})

test('another scene is seen when the camera is opened the next time', async () => {
  await stage.show('paper')
  const paper = await takeFrame()
  await stage.show('face')
  const face = await takeFrame()
  if (typeof paper === 'string' || typeof face === 'string') throw new Error('no frame')
  expect(face.png.equals(paper.png)).toBe(false)
  expect(await readBarcodes(new Uint8Array(face.png), { formats: ['QRCode'] })).toEqual([])
})

test.each(['no-image@camera', 'empty-file@camera'])(
  'with %s the camera cannot be opened, and can again afterwards',
  async (fault) => {
    await stage.addFault(fault)
    expect(await takeFrame()).toBeTypeOf('string')
    await stage.takeFaultOff(fault)
    expect(await takeFrame()).toMatchObject({ width: 1280 })
  },
)
