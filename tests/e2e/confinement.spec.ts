import type { Page } from '@playwright/test'
import { callsFrom } from '#contract/index.ts'
import { expect, test } from './fixture.ts'

test('the citizen window has the citizen calls and nothing else of the program', async ({ desk }) => {
  const seen = await desk.program.citizen.evaluate(() => ({
    calls: Object.keys((window as unknown as { desk: { call: object } }).desk.call).toSorted(),
    foreign: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
  }))
  expect(seen.calls).toEqual([...callsFrom('citizen')].toSorted())
  expect(seen.calls).not.toContain('sealDossier')
  expect(seen.foreign).toEqual([])
})

test('the citizen window reaches neither the officer origin nor the network, opens nothing and sees no camera', async ({
  desk,
}) => {
  const page = desk.program.citizen
  const officerOrigin = new URL(desk.program.officer.url()).origin
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
  expect(
    await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      ),
    ),
  ).toBe('NotAllowedError')
})

test('no window runs text as code or leaves its own page', async ({ desk }) => {
  for (const page of [desk.program.officer, desk.program.citizen]) {
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

test('a picture that does not belong to the citizen is not served to the citizen window', async ({ desk }) => {
  const name = 'ab'.repeat(32)
  expect(await statusOf(desk.program.citizen, `/blob/${name}`)).toBe(404)
  expect(await statusOf(desk.program.citizen, '/live/attempt/1.png')).toBe(404)
  expect(await statusOf(desk.program.officer, '/..%2f..%2fpackage.json')).toBe(404)
})

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
