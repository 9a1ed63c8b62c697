import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { launch } from '#build/launch/index.ts'
import { median, ms, timed, type Figure } from './figure.ts'

const rounds = 3
const switches = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--headless=new',
]

/** From the start of the process until the officer can type, over an empty Chromium window from its start until its page is there. */
export async function startUp(): Promise<readonly Figure[]> {
  const ours: number[] = []
  const empty: number[] = []
  for (let round = 0; round < rounds; round++) {
    const dir = mkdtempSync(join(tmpdir(), 'qcc-bench-'))
    try {
      empty.push((await timed(() => emptyWindow(join(dir, 'profile')))).ms)
      const { ms: taken, value: program } = await timed(async () => {
        const app = await launch({
          args: ['--data', join(dir, 'data')],
          env: { QCC_STANDIN_HEADLESS: '1' },
          debug: true,
        })
        const browser = await chromium.connectOverCDP(app.cdpEndpoint ?? '')
        const isOfficer = (page: Page) => new URL(page.url()).host.startsWith('officer')
        const [context] = browser.contexts()
        const officer = context?.pages().find(isOfficer) ?? (await context?.waitForEvent('page', isOfficer))
        await officer?.locator('input:focus').waitFor()
        return { stop: () => browser.close().then(app.stop) }
      })
      ours.push(taken)
      await program.stop()
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  }
  const [mine, peer] = [median(ours), median(empty)]
  return [
    {
      name: 'start to the first usable screen, over an empty Chromium window',
      ours: ms(mine),
      beside: ms(peer),
      ratio: mine / peer,
      wanted: 1.5,
      better: 'lower',
    },
  ]
}

async function emptyWindow(profile: string): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(
    '/usr/bin/chromium',
    [
      ...switches,
      ...sandbox,
      `--user-data-dir=${profile}`,
      '--remote-debugging-port=0',
      '--app=data:text/html,<title>empty</title>',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const endpoint = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const address = /ws:\/\/(127\.0\.0\.1:\d+)/u.exec(text)?.[1]
      if (address) resolve(`http://${address}`)
    })
    void exited.then(() => reject(new Error('Chromium ended early')))
  })
  const browser = await chromium.connectOverCDP(endpoint)
  const context = browser.contexts()[0]
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
  await page?.waitForLoadState()
  await browser.close()
  child.kill('SIGTERM')
  await exited
}
