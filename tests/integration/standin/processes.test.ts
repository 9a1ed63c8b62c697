import { readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDesk, type Desk } from './desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
}, 60_000)
afterAll(() => desk?.close(), 30_000)

/** Whether a process is there and not only waiting to be buried. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Starts a utility process as `utility` in main, and reports what becomes of it. */
const startUtility = `
  globalThis.utility = utilityProcess.fork(join(folder, 'utility.mjs'), ['--answer', '42'], { serviceName: 'device host', stdio: 'pipe' })
  utility.on('exit', (code) => note('utility-exit', { code }))`

test(
  'a crashed renderer is reported to window and application, and a reload brings it back',
  { timeout: 30_000 },
  async () => {
    const gone = desk.next('gone')
    const application = desk.next('app-gone')
    await desk.main(`windows.officer.webContents.forcefullyCrashRenderer()`)
    expect(await gone).toMatchObject({ role: 'officer', reason: 'crashed' })
    expect(await application).toMatchObject({ reason: 'crashed' })
    expect(await desk.page('citizen', `desk.call('whoami').then(({ role }) => role)`)).toBe('citizen')
    await desk.main(`const { webContents } = windows.officer
    const loaded = new Promise((resolve) => webContents.once('did-finish-load', resolve))
    webContents.reload()
    await loaded`)
    expect(await desk.page('officer', `desk.call('whoami')`)).toEqual({
      role: 'officer',
      main: true,
      url: 'app://officer/officer.html',
    })
  },
)

test('a utility process gets its arguments and answers with bytes', { timeout: 30_000 }, async () => {
  await desk.main(startUtility)
  const seen = (await desk.main(`
    const answer = new Promise((resolve) => utility.once('message', resolve))
    utility.postMessage({ bytes: new Uint8Array([1, 2, 3]) })
    const { pid, argv, reversed } = await answer
    return [pid === utility.pid, argv, reversed instanceof Uint8Array, [...reversed]]`)) as unknown[]
  expect(seen).toEqual([true, ['--answer', '42'], true, [3, 2, 1]])
  const ended = desk.next('utility-exit')
  expect(await desk.main(`return utility.kill()`)).toBe(true)
  expect(await ended).toMatchObject({ code: 15 })
})

test('a utility process that crashes is reported, and another can be started', { timeout: 30_000 }, async () => {
  await desk.main(startUtility)
  const ended = desk.next('utility-exit')
  const gone = desk.next('child-gone')
  await desk.main(`utility.postMessage({ crash: true })`)
  expect(await ended).toMatchObject({ code: 6 })
  expect(await gone).toMatchObject({ type: 'Utility', reason: 'crashed' })
  await desk.main(startUtility)
  const pid = await desk.main(
    `const answer = new Promise((resolve) => utility.once('message', resolve)); utility.postMessage({ bytes: new Uint8Array() }); return (await answer).pid`,
  )
  expect(pid).toBeTypeOf('number')
})

test('a utility process ends when main is killed', { timeout: 30_000 }, async () => {
  const own = await startDesk()
  const pid = (await own.main(`${startUtility}
    return await new Promise((resolve) => utility.once('spawn', () => resolve(utility.pid)))`)) as number
  expect(isRunning(pid)).toBe(true)
  await own.launched.kill()
  while (isRunning(pid)) await turn()
  await own.close()
})
