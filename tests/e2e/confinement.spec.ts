import type { Page } from '@playwright/test'
import { callsFrom } from '#contract/index.ts'
import { deskOfFile, expect, test } from './fixture.ts'

const desk = deskOfFile()

test('the citizen window has the citizen calls and nothing else of the program', async () => {
  const seen = await desk().program.citizen.evaluate(() => ({
    calls: Object.keys((window as unknown as { desk: { call: object } }).desk.call).toSorted(),
    foreign: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
  }))
  expect(seen.calls).toEqual([...callsFrom('citizen')].toSorted())
  expect(seen.calls).not.toContain('sealDossier')
  expect(seen.foreign).toEqual([])
})

test('the citizen window reaches neither the officer origin nor the network, opens nothing, sees no camera and hears nothing', async () => {
  const page = desk().program.citizen
  const officerOrigin = new URL(desk().program.officer.url()).origin
  expect(await reaches(page, `${officerOrigin}/index.html`)).toBe(false)
  expect(await reaches(page, 'https://example.org/')).toBe(false)
  expect(await reaches(page, '/index.html')).toBe(true)
  const windowIsGone = () =>
    new Promise<boolean>((resolve) => {
      const opened = window.open('https://example.org/')
      const look = () => (opened === null || opened.closed ? resolve(true) : requestAnimationFrame(look))
      look()
    })
  expect(await page.evaluate(windowIsGone)).toBe(true)
  expect(await asksFor(page, { video: true })).toBe('NotAllowedError')
  expect(await asksFor(page, { audio: true })).toBe('NotAllowedError')
})

test('the officer window has camera and microphone', async () => {
  expect(await asksFor(desk().program.officer, { video: true })).toBe('granted')
  expect(await asksFor(desk().program.officer, { audio: true })).toBe('granted')
})

test('no key, wheel, drop or step back leads out of the citizen page, reloads or enlarges it', async () => {
  const page = desk().program.citizen
  await expect(page.locator('.citizen[data-scene="idle"]')).toBeVisible()
  await page.evaluate(() => {
    ;(globalThis as { same?: boolean }).same = true
  })
  const keys = ['F5', 'Control+r', 'Control+Shift+r', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Backspace', 'Control+p']
  const more = ['Control+n', 'Control+t', 'Control+o', 'Control+s', 'Control+u', 'Control+Shift+i', 'F11', 'F12']
  for (const key of [...keys, ...more, 'Control+Equal', 'Control+Minus', 'Shift+F10', 'ContextMenu']) {
    await page.keyboard.press(key)
  }
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -300)
  await page.keyboard.up('Control')
  await page.mouse.click(200, 200, { button: 'right' })
  const dropped = await page.evaluate(() => {
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() })
    history.back()
    return document.body.dispatchEvent(event)
  })
  expect(dropped).toBe(false)
  const state = await page.evaluate(() => ({
    same: 'same' in globalThis,
    back: history.length,
    scale: [visualViewport?.scale, devicePixelRatio, document.fullscreenElement],
    selected: getSelection()?.toString(),
  }))
  expect(state).toEqual({ same: true, back: 1, scale: [1, 1, null], selected: '' })
  const roles = page
    .context()
    .pages()
    .map((each) => /(officer|citizen)[./]/u.exec(each.url())?.[1])
  expect(roles.filter((role) => role !== undefined).toSorted()).toEqual(['citizen', 'officer'])
})

test('no window runs text as code or leaves its own page', async () => {
  for (const page of [desk().program.officer, desk().program.citizen]) {
    const inline = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.intruder = true'
      document.head.append(script)
      return 'intruder' in globalThis
    })
    expect(inline).toBe(false)
    const before = page.url()
    await page.evaluate(() => {
      location.href = 'https://example.org/'
    })
    expect(await page.evaluate(() => document.querySelector('h1') !== null)).toBe(true)
    expect(page.url()).toBe(before)
  }
})

test('a picture that does not belong to the citizen is not served to the citizen window', async () => {
  const name = 'ab'.repeat(32)
  expect(await statusOf(desk().program.citizen, `/blob/${name}`)).toBe(404)
  expect(await statusOf(desk().program.citizen, '/live/attempt/1.png')).toBe(404)
  expect(await statusOf(desk().program.citizen, '/live/screen/1')).toBe(404)
  expect(await statusOf(desk().program.citizen, '/audio/vi/..%2f..%2fscreens.json')).toBe(404)
  expect(await statusOf(desk().program.citizen, '/notice/..%2fscreens.json')).toBe(404)
  expect(await statusOf(desk().program.officer, '/..%2f..%2fpackage.json')).toBe(404)
})

function asksFor(page: Page, wish: MediaStreamConstraints): Promise<string> {
  return page.evaluate(
    (constraints) =>
      navigator.mediaDevices.getUserMedia(constraints).then(
        (stream) => {
          for (const track of stream.getTracks()) track.stop()
          return 'granted'
        },
        (error: Error) => error.name,
      ),
    wish,
  )
}

function reaches(page: Page, url: string): Promise<boolean> {
  return page.evaluate(
    (target) =>
      fetch(target, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    url,
  )
}

function statusOf(page: Page, url: string): Promise<number> {
  return page.evaluate((target) => fetch(target).then(({ status }) => status), url)
}
