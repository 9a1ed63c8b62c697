import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDesk, type Desk } from './desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
}, 60_000)
afterAll(() => desk?.close(), 30_000)

test('a page gets from main what it sent, of every kind that can be cloned', async () => {
  const seen = await desk.page(
    'officer',
    `(async () => {
      const sent = { bytes: new Uint8Array([0, 1, 254, 255]), floats: new Float64Array([0.5, -1]), when: new Date(86400000),
        map: new Map([['a', new Set([1n])]]), none: undefined, nil: null, odd: [NaN, -0, Infinity], $: 'dollar', text: 'Lò Thị Mẫu' }
      const got = await desk.call('echo', sent)
      return [got.bytes instanceof Uint8Array, [...got.bytes], got.floats.constructor.name, [...got.floats], got.when.getTime(),
        got.map.get('a').has(1n), 'none' in got, got.nil, Object.is(got.odd[1], -0), String(got.odd), got.$, got.text]
    })()`,
  )
  expect(seen).toEqual([
    true,
    [0, 1, 254, 255],
    'Float64Array',
    [0.5, -1],
    86_400_000,
    true,
    true,
    null,
    true,
    'NaN,0,Infinity',
    'dollar',
    'Lò Thị Mẫu',
  ])
})

test('a Buffer which main returns arrives as a Uint8Array of the same two million bytes', async () => {
  await desk.main(`ipcMain.handle('buffer', () => Buffer.alloc(2_000_000, 'abc'))`)
  const seen = await desk.page(
    'citizen',
    `desk.call('buffer').then((got) => [got.constructor.name, got.length, got[1_999_999]])`,
  )
  expect(seen).toEqual(['Uint8Array', 2_000_000, 'b'.charCodeAt(0)])
})

test('main knows the window and the main frame which called', async () => {
  expect(await desk.page('officer', `desk.call('whoami')`)).toEqual({
    role: 'officer',
    main: true,
    url: 'app://officer/officer.html',
  })
  expect(await desk.page('citizen', `desk.call('whoami')`)).toEqual({
    role: 'citizen',
    main: true,
    url: 'app://citizen/citizen.html',
  })
})

test("an error in a handler rejects the call with Electron's sentence", async () => {
  const refused = await desk.page(
    'officer',
    `desk.call('refuse').catch((error) => [error instanceof Error, error.message])`,
  )
  expect(refused).toEqual([true, "Error invoking remote method 'refuse': TypeError: not for you"])
  const unknown = await desk.page('officer', `desk.call('nobody').catch((error) => error.message)`)
  expect(unknown).toBe("Error invoking remote method 'nobody': Error: No handler registered for 'nobody'")
})

test('what cannot be cloned is refused on either side', async () => {
  await desk.main(`ipcMain.handle('function', () => () => 1)`)
  expect(await desk.page('officer', `desk.call('function').catch((error) => error.message)`)).toContain(
    'could not be cloned',
  )
  expect(
    await desk.page('officer', `desk.call('echo', document.body).catch((error) => error.message)`).catch(String),
  ).toContain('could not be cloned')
  await expect(desk.main(`windows.officer.webContents.send('news', () => 1)`)).rejects.toThrow('could not be cloned')
})

test('main pushes events to a listening page until the page ends its subscription', async () => {
  await desk.page(
    'officer',
    `void (globalThis.heard = [], globalThis.stop = desk.listen('news', (...args) => { heard.push(args); desk.tell('tell', heard.length) }))`,
  )
  const first = desk.next('told')
  await desk.main(`windows.officer.webContents.send('news', 1, new Uint8Array([7]))`)
  expect(await first).toMatchObject({ args: [1], main: true })
  expect(await desk.page('officer', `[heard[0][0], heard[0][1] instanceof Uint8Array, heard[0][1][0]]`)).toEqual([
    1,
    true,
    7,
  ])
  await desk.page('officer', `stop()`)
  await desk.main(`windows.officer.webContents.send('news', 2)`)
  // Messages keep their order: when this call is answered, the event before it would have been heard.
  await desk.page('officer', `desk.call('echo', 1)`)
  expect(await desk.page('officer', `heard.length`)).toBe(1)
})

test('the bridge answers at once, throws what the preload throws, and is frozen', async () => {
  const seen = await desk.page(
    'officer',
    `(() => { let error; try { desk.fail() } catch (thrown) { error = thrown }
      return [desk.double(21), error instanceof RangeError, error.message, Object.isFrozen(desk), Object.isFrozen(desk.names), desk.names.join(), delete globalThis.desk] })()`,
  )
  expect(seen).toEqual([42, true, 'out of reach', true, true, 'a,b', false])
})

test('a page sees nothing of Node, of the preload or of the way to main', async () => {
  const seen = await desk.page(
    'officer',
    `[typeof require, typeof process, typeof module, typeof ipcRenderer, typeof Buffer,
      Object.getOwnPropertyNames(globalThis).filter((name) => /^s[0-9a-f]{24}/.test(name)).length]`,
  )
  expect(seen).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined', 0])
})

test('after a reload the page talks to main as before', async () => {
  await desk.page('citizen', `void (globalThis.before = true)`)
  await desk.main(
    `const done = new Promise((resolve) => windows.citizen.webContents.once('did-finish-load', resolve)); windows.citizen.webContents.reload(); await done`,
  )
  expect(await desk.page('citizen', `typeof before`)).toBe('undefined')
  expect(await desk.page('citizen', `desk.call('whoami')`)).toMatchObject({ role: 'citizen', main: true })
})

test('a preload that throws is reported with its path, and the page still loads', async () => {
  const reported = desk.next('preload-error')
  await desk.main(`
    const { writeFile } = await import('node:fs/promises')
    const preload = join(app.getPath('userData'), 'broken.cjs')
    await writeFile(preload, 'throw new Error("broken on purpose")')
    const window = new BrowserWindow({ show: false, webPreferences: { preload, session: session.fromPartition('citizen') } })
    window.webContents.on('preload-error', (_event, path, error) => note('preload-error', { path, message: error.message }))
    await window.loadURL('app://citizen/open.html')
    window.destroy()`)
  expect(await reported).toMatchObject({ path: `${desk.userData}/broken.cjs`, message: 'broken on purpose' })
})
