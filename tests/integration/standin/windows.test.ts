import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { decode } from 'fast-png'
import jpeg from 'jpeg-js'
import { afterEach, expect, test } from 'vitest'
import { launch } from '../../../build/launch/index.ts'
import { app, processesNaming, profilesOf, startDesk, type Desk } from './desk.ts'

let desk: Desk | undefined

/** Passes the time to other work until something holds; the test's own time limit ends a vain wait. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn()
}

afterEach(async () => {
  await desk?.close()
  desk = undefined
}, 30_000)

test(
  'two windows stand on their displays, and say in title and log that this is not Electron',
  { timeout: 60_000 },
  async () => {
    desk = await startDesk({ QCC_STANDIN_DISPLAYS: '1024x700,1280x800' })
    const officer = await desk.page(
      'officer',
      `[document.title, innerWidth, innerHeight, screenX, document.visibilityState]`,
    )
    expect(officer).toEqual(['Officer — bản thay thế Electron (stand-in)', 1024, 700, 0, 'visible'])
    const citizen = await desk.page(
      'citizen',
      `[document.title, innerWidth, innerHeight, screenX, document.visibilityState]`,
    )
    expect(citizen).toEqual(['Citizen — bản thay thế Electron (stand-in)', 1280, 800, 1024, 'visible'])
    expect(desk.output()).toContain('no Electron here: Chrome/')
    const size = await desk.main(
      `const image = await windows.citizen.webContents.capturePage(); return [image.getSize(), [...image.toPNG().subarray(1, 4)]]`,
    )
    expect(size).toEqual([{ width: 1280, height: 800 }, [...Buffer.from('PNG')]])
  },
)

test('a title that a window refuses its page is put back', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  await desk.main(`windows.officer.setTitle('Mine')
    windows.officer.on('page-title-updated', (event, title) => { event.preventDefault(); note('refused', { title }) })`)
  const refused = desk.next('refused')
  const back = desk.page(
    'officer',
    `new Promise((resolve) => {
      document.title = 'Yours'
      new MutationObserver(() => document.title.startsWith('Mine') && resolve(document.title))
        .observe(document, { subtree: true, childList: true, characterData: true })
    })`,
  )
  expect(await refused).toMatchObject({ title: 'Yours' })
  expect(await back).toBe('Mine — bản thay thế Electron (stand-in)')
})

test(
  'switches that main appends before it is ready reach Chromium, a film as its camera among them',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'standin-film-'))
    try {
      const film = join(folder, 'film.mjpeg')
      const frame = jpeg.encode({ width: 320, height: 240, data: new Uint8Array(320 * 240 * 4).fill(200) }, 80).data
      writeFileSync(film, Buffer.concat([frame, frame]))
      const switches = { 'use-fake-device-for-media-stream': '', 'use-file-for-fake-video-capture': film }
      desk = await startDesk({ TEST_SWITCHES: JSON.stringify(switches) })
      const size = await desk.page(
        'officer',
        `navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => {
        const { width, height } = stream.getVideoTracks()[0].getSettings()
        return [width, height]
      })`,
      )
      expect(size).toEqual([320, 240])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

test(
  'main tells its name, version and folder from package.json, and that nothing protects secrets',
  { timeout: 60_000 },
  async () => {
    desk = await startDesk()
    const facts =
      await desk.main(`let thrown; try { safeStorage.encryptString('x') } catch (error) { thrown = error.message }
    return [app.getVersion(), app.getName(), app.getAppPath(), app.getPath('userData'), app.isPackaged, safeStorage.isEncryptionAvailable(), safeStorage.getSelectedStorageBackend(), thrown]`)
    expect(facts).toEqual([
      '1.2.3',
      'standin-test',
      app,
      desk.userData,
      false,
      false,
      'basic_text',
      'safeStorage: Encryption is not available.',
    ])
  },
)

test('a display can be unplugged and plugged in again', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  const removed = desk.next('display-removed')
  await desk.launched.setDisplays('1366x768')
  expect(await removed).toMatchObject({ display: 2 })
  expect(await desk.main(`return screen.getAllDisplays().length`)).toBe(1)
  const added = desk.next('display-added')
  await desk.launched.setDisplays('1366x768,1280x800')
  expect(await added).toMatchObject({ display: 2 })
  await expect(desk.launched.setDisplays('a wide one')).rejects.toThrow('WIDTHxHEIGHT')
})

test('displays with names keep their identity in another order and after a gap', { timeout: 60_000 }, async () => {
  desk = await startDesk({ QCC_STANDIN_DISPLAYS: 'laptop=1366x768,hall=1280x800' })
  const seen = () =>
    desk!.main(
      `return screen.getAllDisplays().map(({ id, label, internal, bounds }) => [id, label, internal, bounds.x])`,
    )
  const [laptop, hall] = (await seen()) as [number, string, boolean, number][]
  expect([laptop!.slice(1), hall!.slice(1)]).toEqual([
    ['laptop', true, 0],
    ['hall', false, 1366],
  ])
  const removed = desk.next('display-removed')
  await desk.launched.setDisplays('laptop=1366x768')
  expect(await removed).toMatchObject({ display: hall![0] })
  const added = desk.next('display-added')
  await desk.launched.setDisplays('hall=1280x800,laptop=1366x768')
  expect(await added).toMatchObject({ display: hall![0] })
  expect(await seen()).toEqual([
    [hall![0], 'hall', false, 0],
    [laptop![0], 'laptop', true, 1280],
  ])
  expect(await desk.main(`return screen.getPrimaryDisplay().label`)).toBe('hall')
})

test('a picture of a page can be made smaller', { timeout: 60_000 }, async () => {
  desk = await startDesk({ QCC_STANDIN_DISPLAYS: '1024x700,1280x800' })
  await desk.page(
    'citizen',
    `void (document.body.style.background = 'rgb(200, 30, 60)', document.body.textContent = '')`,
  )
  const [size, png] = (await desk.main(
    `const image = (await windows.citizen.webContents.capturePage()).resize({ width: 480 })
    return [image.getSize(), [...image.toPNG()]]`,
  )) as [unknown, number[]]
  expect(size).toEqual({ width: 480, height: 300 })
  const { data, channels, width } = decode(Uint8Array.from(png))
  expect(width).toBe(480)
  expect([...data.subarray(0, 3)]).toEqual([200, 30, 60])
  expect([...data.subarray(data.length - channels, data.length - channels + 3)]).toEqual([200, 30, 60])
})

test('a window can be hidden, shown, moved and made full screen', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  const { windows } = { windows: 'windows.citizen' }
  expect(await desk.main(`${windows}.hide(); return ${windows}.isVisible()`)).toBe(false)
  const place = `new Promise((done) => {
    const look = () => (Math.sign(screenX) === SIDE ? done(screenX) : requestAnimationFrame(look))
    look()
  })`
  expect(await desk.page('citizen', place.replace('SIDE', '-1'))).toBeLessThan(-1280)
  expect(await desk.main(`${windows}.show(); return ${windows}.isVisible()`)).toBe(true)
  expect(await desk.page('citizen', place.replace('SIDE', '1'))).toBe(1366)
  const resized = desk.page(
    'citizen',
    `new Promise((done) => addEventListener('resize', () => done([innerWidth, innerHeight]), { once: true }))`,
  )
  // Asked in order: the page listens before the window changes.
  await desk.page('citizen', `1`)
  await desk.main(`${windows}.setFullScreen(false); ${windows}.setBounds({ x: 0, y: 0, width: 640, height: 480 })`)
  expect(await resized).toEqual([640, 480])
  expect(await desk.main(`return ${windows}.getBounds()`)).toEqual({ x: 0, y: 0, width: 640, height: 480 })
})

test('a window which the user closes is reported, and the application goes on', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  const closed = desk.next('closed')
  await desk.page('citizen', `void window.close()`)
  expect(await closed).toMatchObject({ role: 'citizen' })
  expect(
    await desk.main(
      `return [windows.citizen.isDestroyed(), windows.citizen.webContents.isDestroyed(), BrowserWindow.getAllWindows().length]`,
    ),
  ).toEqual([true, true, 1])
})

test('main may forbid that a window is closed, by itself or by the user', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  await desk.main(`const window = new BrowserWindow({ webPreferences: { session: session.fromPartition('citizen') } })
    windows.citizen.destroy()
    windows.citizen = window
    window.on('close', (event) => { note('close'); if (globalThis.firm !== false) event.preventDefault() })
    window.on('closed', () => note('closed', { role: 'second' }))
    await window.loadURL('app://citizen/open.html')
    window.close()`)
  expect(await desk.main(`return windows.citizen.isDestroyed()`)).toBe(false)
  const asked = desk.next('close')
  await desk.page('citizen', `void window.close()`)
  await asked
  expect(await desk.page('citizen', `2`)).toBe(2)
  const closed = desk.next('closed')
  await desk.main(`globalThis.firm = false; windows.citizen.close()`)
  expect(await closed).toMatchObject({ role: 'second' })
})

test(
  'the last window closed is reported; quitting asks, closes, and ends with 0 and nothing left behind',
  { timeout: 60_000 },
  async () => {
    desk = await startDesk()
    const { pid } = desk.launched.process
    expect(profilesOf(pid!)).toHaveLength(1)
    const all = desk.next('window-all-closed')
    await desk.main(`windows.officer.close(); windows.citizen.close()`)
    await all
    const asked = desk.next('will-quit')
    await desk.main(`setImmediate(() => app.quit())`)
    await asked
    expect(await desk.launched.ended).toBe(0)
    expect(profilesOf(pid!)).toEqual([])
    expect(processesNaming(`standin-chromium-${pid}-`)).toEqual([])
  },
)

test('when main is killed, Chromium and its profile go too', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  const { pid } = desk.launched.process
  expect(processesNaming(`standin-chromium-${pid}-`).length).toBeGreaterThan(3)
  expect(await desk.launched.kill()).toBe(137)
  await until(() => processesNaming(`standin-chromium-${pid}-`).length === 0)
  await until(() => profilesOf(pid!).length === 0)
})

test('a second start hands its command line to the first and ends', { timeout: 60_000 }, async () => {
  desk = await startDesk()
  const told = desk.next('second-instance')
  const second = launch({
    main: join(app, 'main.mjs'),
    args: ['--hello', 'Điện Biên'],
    output: 'pipe',
    env: { QCC_RUNTIME: 'standin', QCC_STANDIN_HEADLESS: '1', TEST_USER_DATA: desk.userData },
  })
  await expect(second).rejects.toMatchObject({ exitCode: 0 })
  const { argv, data } = (await told) as unknown as { argv: string[]; data: unknown }
  expect(argv.slice(-2)).toEqual(['--hello', 'Điện Biên'])
  expect(data).toEqual({ from: 'test' })
})

test('a lock left by a killed instance does not keep the next one out', { timeout: 60_000 }, async () => {
  const userData = mkdtempSync(join(tmpdir(), 'standin-lock-'))
  const first = await startDesk({ TEST_USER_DATA: userData })
  await first.launched.kill()
  expect(existsSync(join(userData, 'standin-instance/owner'))).toBe(true)
  desk = await startDesk({ TEST_USER_DATA: userData })
  expect(await desk.main(`return app.hasSingleInstanceLock()`)).toBe(true)
  rmSync(userData, { recursive: true, force: true })
  rmSync(first.userData, { recursive: true, force: true })
})

test('the launcher says what to do when nothing has been built', async () => {
  await expect(launch({ main: '/nowhere/index.js' })).rejects.toThrow('npm run build')
})
