import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDesk, type Desk } from './desk.ts'

let desk: Desk
const folder = mkdtempSync(join(tmpdir(), 'standin-camera-'))

/** Two frames of grey in the uncompressed format which Chromium's fake camera reads. */
function writeCamera(file: string, width: number, height: number): void {
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.alloc((width * height * 3) / 2, 128)])
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`), frame, frame]),
  )
}

beforeAll(async () => {
  const camera = join(folder, 'camera.y4m')
  writeCamera(camera, 320, 240)
  desk = await startDesk({ QCC_FAKE_CAMERA: camera })
}, 60_000)
afterAll(async () => {
  await desk?.close()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

test('a page served from app:// has its style, its modules, its module worker, and a secure context', async () => {
  const seen = await desk.page(
    'officer',
    `worker.then((said) => [getComputedStyle(styled).color, part, said, isSecureContext, location.pathname])`,
  )
  expect(seen).toEqual(['rgb(1, 2, 3)', 42, '42 by officer session, officer', true, '/officer.html'])
})

test('a page gets 1.5 million binary bytes unchanged, and a missing file as 404', async () => {
  const seen = await desk.page(
    'officer',
    `(async () => {
      const bytes = new Uint8Array(await (await fetch('/picture.bin')).arrayBuffer())
      return [bytes.length, bytes.every((byte, index) => byte === index % 251), (await fetch('/nothing.png')).status]
    })()`,
  )
  expect(seen).toEqual([1_500_000, true, 404])
})

test.each([
  ['a Blob', `new Blob([bytes], { type: 'image/jpeg' })`, 'image/jpeg'],
  [
    'a Blob of two parts',
    `new Blob([bytes.subarray(0, 9), new Blob([bytes.subarray(9)])], { type: 'image/jpeg' })`,
    'image/jpeg',
  ],
  ['an array of bytes', `bytes`, null],
])(
  'four million bytes posted as %s arrive whole, with their type and headers',
  async (_name, body, type) => {
    const seen = await desk.page(
      'officer',
      `(async () => {
      const bytes = Uint8Array.from({ length: 4_000_000 }, (_, index) => (index * 7) & 255)
      const sum = bytes.reduce((total, byte) => (total + byte) % 65521, 0)
      const response = await fetch('/upload?x=1', { method: 'POST', headers: { 'x-mark': 'left thumb' }, body: ${body} })
      const got = await response.json()
      return { status: response.status, reply: response.headers.get('x-reply'), same: got.sum === sum, length: got.length, type: got.type, mark: got.mark, method: got.method }
    })()`,
    )
    expect(seen).toEqual({
      status: 201,
      reply: 'stored',
      same: true,
      length: 4_000_000,
      type,
      mark: 'left thumb',
      method: 'POST',
    })
  },
  30_000,
)

test("a session never answers for another session's window", async () => {
  expect(await desk.page('citizen', `fetch('/who').then((response) => response.text())`)).toBe(
    'citizen session, citizen',
  )
  // The officer's address, asked from the citizen's window: if anyone answers, it is the citizen's session.
  const asked = await desk.page(
    'citizen',
    `fetch(location.origin.replace('citizen', 'officer') + '/who', { mode: 'no-cors' }).then((got) => got.type, () => 'refused')`,
  )
  expect(asked).toBe('refused')
  await desk.main(`await windows.citizen.loadURL('app://citizen/open.html')`)
  await desk.main(`globalThis.asked = []
    session.fromPartition('officer').protocol.unhandle('app')
    session.fromPartition('officer').protocol.handle('app', (request) => (asked.push(request.url), new Response('officer', { headers: { 'access-control-allow-origin': '*' } })))`)
  const answer = await desk.page(
    'citizen',
    `fetch(location.origin.replace('citizen', 'officer') + '/who').then((got) => got.text(), () => 'refused')`,
  )
  expect(answer).toBe('refused')
  expect(await desk.main('return asked')).toEqual([])
  expect(await desk.page('officer', `fetch('/who').then((got) => got.text())`)).toBe('officer')
  expect(await desk.main('return asked')).toEqual(['app://officer/who'])
})

test('a request which the session cancels fails', async () => {
  const cancelled = desk.next('cancelled')
  expect(await desk.page('citizen', `fetch('/forbidden').catch((error) => error.name)`)).toBe('TypeError')
  expect(await cancelled).toMatchObject({ url: 'app://citizen/forbidden' })
})

test('no request, socket or beacon of a page reaches a server outside, not even on this machine', async () => {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await desk.main(`await windows.citizen.loadURL('app://citizen/open.html')`)
  const seen = await desk.page(
    'citizen',
    `(async () => {
      const attempts = []
      for (const host of ['127.0.0.1', 'localhost']) {
        attempts.push(await fetch('http://' + host + ':${port}/', { mode: 'no-cors' }).then(() => 'reached', () => 'refused'))
        attempts.push(await new Promise((resolve) => {
          const socket = new WebSocket('ws://' + host + ':${port}/')
          socket.onopen = () => resolve('reached')
          socket.onerror = () => resolve('refused')
        }))
        attempts.push(await new Promise((resolve) => {
          const image = new Image()
          image.onload = () => resolve('reached')
          image.onerror = () => resolve('refused')
          image.src = 'http://' + host + ':${port}/x.png'
        }))
      }
      return attempts
    })()`,
  )
  server.close()
  expect(seen).toEqual(Array.from({ length: 6 }, () => 'refused'))
  expect(connections).toBe(0)
})

test('the camera is there for the officer and refused to the citizen', async () => {
  const open = `navigator.mediaDevices.getUserMedia({ video: true, audio: false }).then(
    (stream) => { const { width, height } = stream.getVideoTracks()[0].getSettings(); stream.getTracks().forEach((track) => track.stop()); return [width, height] },
    (error) => error.name)`
  expect(await desk.page('officer', open)).toEqual([320, 240])
  expect(await desk.page('citizen', open)).toBe('NotAllowedError')
}, 20_000)

test('the microphone is there for the officer, records, and is refused to the citizen', async () => {
  const open = `navigator.mediaDevices.getUserMedia({ audio: true }).then(
    (stream) => new Promise((done) => {
      const recorder = new MediaRecorder(stream, { mimeType: 'audio/webm;codecs=opus' })
      recorder.ondataavailable = ({ data }) => {
        if (data.size === 0) return
        recorder.ondataavailable = null
        recorder.stop()
        stream.getTracks().forEach((track) => track.stop())
        done(data.type)
      }
      recorder.start(100)
    }),
    (error) => error.name)`
  expect(await desk.page('officer', open)).toBe('audio/webm;codecs=opus')
  expect(await desk.page('citizen', open)).toBe('NotAllowedError')
}, 20_000)

test.each(['geolocation', 'notifications', 'clipboard-read', 'midi'])('%s is refused to both windows', async (name) => {
  for (const role of ['officer', 'citizen'] as const) {
    expect(await desk.page(role, `navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`)).toBe(
      'denied',
    )
  }
})

test('a page cannot navigate away: main is asked, and the page stays as it was', async () => {
  await desk.page('officer', `void (globalThis.mark = 'still here')`)
  const asked = desk.next('will-navigate')
  await desk.page('officer', `void away.click()`)
  expect(await asked).toMatchObject({ role: 'officer', url: 'app://officer/citizen.html' })
  expect(await desk.page('officer', `[location.pathname, mark]`)).toEqual(['/officer.html', 'still here'])
})

test('a page cannot open a window: main is asked, the page goes on, and no window is left', async () => {
  for (const features of [`''`, `'popup'`, `'popup,noopener'`]) {
    const asked = desk.next('window-open')
    await desk.page('officer', `void window.open('/citizen.html', '_blank', ${features})`)
    expect(await asked).toMatchObject({ role: 'officer', url: 'app://officer/citizen.html' })
  }
  expect(await desk.page('officer', `1 + 1`)).toBe(2)
  expect(await desk.main(`return BrowserWindow.getAllWindows().length`)).toBe(2)
})
