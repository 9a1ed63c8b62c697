import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol, safeStorage, screen, session, utilityProcess } from 'electron'

// A small application to judge the stand-in with. The test drives it over Node's channel: { id, code } runs `code` as
// the body of an async function with everything in `world` in scope, and { id, value | error } comes back.

const folder = import.meta.dirname
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.bin': 'application/octet-stream' }
const windows = {}
const events = []
const uploads = []
const note = (name, detail = {}) => {
  events.push({ name, ...detail })
  process.send?.({ event: name, ...detail })
}

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])
app.setName('standin-test')
for (const [name, value] of Object.entries(JSON.parse(process.env.TEST_SWITCHES ?? '{}')))
  app.commandLine.appendSwitch(name, value)
if (process.env.TEST_USER_DATA) app.setPath('userData', process.env.TEST_USER_DATA)

async function serve(role, request) {
  const { pathname, host } = new URL(request.url)
  if (pathname === '/who') return new Response(`${role} session, ${host}`)
  if (pathname === '/upload') {
    const bytes = new Uint8Array(await request.arrayBuffer())
    const sum = bytes.reduce((total, byte) => (total + byte) % 65521, 0)
    uploads.push(bytes.length)
    const reply = {
      method: request.method,
      length: bytes.length,
      sum,
      type: request.headers.get('content-type'),
      mark: request.headers.get('x-mark'),
    }
    return Response.json(reply, { status: 201, headers: { 'x-reply': 'stored' } })
  }
  if (pathname === '/picture.bin')
    return new Response(Uint8Array.from({ length: 1_500_000 }, (_, index) => index % 251))
  try {
    const body = await readFile(join(folder, pathname === '/' ? 'officer.html' : pathname))
    return new Response(body, { headers: { 'content-type': types[extname(pathname)] ?? 'text/plain' } })
  } catch {
    return new Response('not here', { status: 404 })
  }
}

function open(role, options) {
  const own = session.fromPartition(role)
  if (!own.protocol.isProtocolHandled('app')) {
    own.protocol.handle('app', (request) => serve(role, request))
    own.setPermissionCheckHandler(
      (_contents, permission, origin) => permission === 'media' && new URL(origin).host === 'officer',
    )
    own.setPermissionRequestHandler((_contents, permission, done, { requestingUrl }) =>
      done(permission === 'media' && new URL(requestingUrl).host === 'officer'),
    )
    own.webRequest.onBeforeRequest(({ url }, done) => {
      const cancel = !url.startsWith('app:') || url.includes('/forbidden')
      if (cancel) note('cancelled', { url })
      done({ cancel })
    })
  }
  const window = new BrowserWindow({
    ...options,
    webPreferences: { session: own, preload: join(folder, 'preload.cjs'), sandbox: true, contextIsolation: true },
  })
  windows[role] = window
  window.on('closed', () => note('closed', { role }))
  window.webContents.on('will-navigate', (event) => {
    note('will-navigate', { role, url: event.url })
    event.preventDefault()
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    note('window-open', { role, url })
    return { action: 'deny' }
  })
  window.webContents.on('console-message', ({ level, message }) => note('console', { role, level, message }))
  window.webContents.on('render-process-gone', (_event, { reason }) => note('gone', { role, reason }))
  window.webContents.on('preload-error', (_event, path, error) =>
    note('preload-error', { role, path, message: error.message }),
  )
  return window.loadURL(`app://${role}/${role}.html`)
}

ipcMain.handle('echo', (_event, value) => value)
ipcMain.handle('whoami', (event) => {
  const role = Object.keys(windows).find((key) => windows[key].webContents === event.sender)
  return { role, main: event.senderFrame === event.sender.mainFrame, url: event.senderFrame.url }
})
ipcMain.handle('refuse', () => {
  throw new TypeError('not for you')
})
ipcMain.on('tell', (event, ...args) => note('told', { args, main: event.senderFrame === event.sender.mainFrame }))

app.on('window-all-closed', () => note('window-all-closed'))
app.on('second-instance', (_event, argv, folder, data) => note('second-instance', { argv, folder, data }))
app.on('before-quit', () => note('before-quit'))
app.on('will-quit', () => note('will-quit'))
app.on('render-process-gone', (_event, _contents, { reason }) => note('app-gone', { reason }))
app.on('child-process-gone', (_event, { type, reason }) => note('child-gone', { type, reason }))
app.on('web-contents-created', (_event, contents) => note('contents', { contents: contents.id }))
for (const name of ['display-added', 'display-removed'])
  screen.on(name, (_event, { id }) => note(name, { display: id }))

const world = {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
  windows,
  events,
  uploads,
  note,
  folder,
  join,
  open,
}
const run = (code) => Object.getPrototypeOf(run.async).constructor(...Object.keys(world), code)(...Object.values(world))
run.async = async () => undefined
process.on('message', ({ id, code }) => {
  if (code === undefined) return
  run(code).then(
    (value) => process.send({ id, value }),
    (error) => process.send({ id, error: String(error) }),
  )
})

if (app.requestSingleInstanceLock({ from: 'test' })) {
  await app.whenReady()
  const [first, second] = screen.getAllDisplays()
  await Promise.all([
    open('officer', { ...first.bounds, title: 'Officer' }),
    open('citizen', { ...second.bounds, fullscreen: true, frame: false }),
  ])
} else {
  app.quit()
}
