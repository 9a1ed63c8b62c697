import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { CdpPipe } from './cdp-pipe.ts'
import { parseDisplays } from './displays.ts'
import { settings, titleSuffix } from './settings.ts'

type TargetInfo = { targetId: string; type: string; url: string; openerId?: string }
export type Page = { readonly sessionId: string; readonly targetId: string }
export type Chromium = {
  readonly cdp: CdpPipe
  readonly version: string
  /** `http://127.0.0.1:PORT`, when a debugging port was asked for. */
  readonly cdpEndpoint: string | undefined
  /** A new app window off screen, paused before its first document. */
  openPage: () => Promise<Page>
  /** Ends Chromium and resolves when its processes and its profile are gone. */
  close: () => Promise<void>
}

const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--disable-popup-blocking',
  '--disable-search-engine-choice-screen',
  '--disable-session-crashed-bubble',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints,InterestFeedContentSuggestions,AutofillServerCommunication',
  '--hide-crash-restore-bubble',
  '--metrics-recording-only',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
  '--test-type',
  '--autoplay-policy=no-user-gesture-required',
  // What the application itself asks for. Had it to be told later, Chromium would have to be started once more.
  '--overscroll-history-navigation=0',
  '--disable-pinch',
  // Interception does not see WebSocket, preconnect or WebRTC: no name resolves and no candidate is gathered.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
]

const profilePrefix = 'standin-chromium-'

/** Removes the profiles of Chromiums which the machine took down before they could do it themselves. */
function sweepProfiles(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(profilePrefix))) {
    const pid = /^standin-chromium-(\d+)-/.exec(name)?.[1]
    try {
      if (pid !== undefined && !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node')) throw new Error('reused')
    } catch {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    }
  }
}

function flags(profile: string, switches: readonly string[]): string[] {
  const keeper = `data:text/html,<title>${encodeURIComponent(`keeper${titleSuffix}`)}</title>`
  const list = [...quiet, '--remote-debugging-pipe', `--user-data-dir=${profile}`, ...switches]
  if (settings.headless) {
    const screens = parseDisplays(settings.displays).map(({ width, height }) => `{${width}x${height}}`)
    list.push('--headless=new', `--screen-info=${screens.join('')}`, '--disable-gpu')
  }
  if (process.getuid?.() === 0) list.push('--no-sandbox')
  if (settings.still) list.push('--force-prefers-reduced-motion')
  if (settings.cdpPort !== '') list.push(`--remote-debugging-port=${settings.cdpPort}`)
  if (settings.fakeCamera !== '' || settings.fakeMicrophone !== '') list.push('--use-fake-device-for-media-stream')
  if (settings.fakeCamera !== '') list.push(`--use-file-for-fake-video-capture=${settings.fakeCamera}`)
  if (settings.fakeMicrophone !== '') list.push(`--use-file-for-fake-audio-capture=${settings.fakeMicrophone}`)
  return [...list, '--window-position=-4000,-4000', '--window-size=200,200', `--app=${keeper}`]
}

let early: Promise<Chromium> | undefined

/** Starts Chromium before the application is loaded. Switches that it appends later come too late for this one. */
export function startEarly(): void {
  early = start([])
  // Told to whoever asks for it.
  early.catch(() => {})
}

/** The Chromium that was started early, or a new one when the application has switches of its own. */
export async function startChromium(switches: readonly string[]): Promise<Chromium> {
  if (!early) return start(switches)
  if (switches.every((each) => quiet.includes(each))) return early
  await (await early).close()
  return start(switches)
}

/**
 * Starts Debian's Chromium over the DevTools pipe. It ends with the pipe, hence with this process, however that dies;
 * the shell around it then removes the profile.
 * @param switches further command line switches, from `app.commandLine`
 * @throws Error when Chromium cannot be started
 */
async function start(switches: readonly string[]): Promise<Chromium> {
  sweepProfiles()
  const profile = mkdtempSync(join(tmpdir(), `${profilePrefix}${process.pid}-`))
  // Its own process group: a Ctrl-C in the terminal is for the application, which then closes Chromium itself.
  const child = spawn(
    '/bin/sh',
    ['-c', '"$@"; status=$?; rm -rf "$0"; exit $status', profile, settings.chromium, ...flags(profile, switches)],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      // A dump of a crashed page holds what was on it: it goes with the profile.
      env: { ...process.env, BREAKPAD_DUMP_LOCATION: profile },
    },
  )
  const complaints: string[] = []
  child.stderr!.on('data', (chunk: Buffer) => {
    complaints.push(chunk.toString('utf8'))
    if (complaints.length > 20) complaints.shift()
  })
  const cdp = new CdpPipe(child.stdio[4] as Readable, child.stdio[3] as Writable)
  const keeper = watchForKeeper(cdp)
  cdp.post('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }, { exclude: true }],
  })
  cdp.post('Browser.setDownloadBehavior', { behavior: 'deny' })
  let version: string
  let opener: Page
  try {
    version = String((await cdp.send('Browser.getVersion'))['product'])
    opener = await keeper
  } catch (cause) {
    throw new Error(`the stand-in could not start ${settings.chromium}: ${complaints.join('').trim()}`, { cause })
  }
  const cdpEndpoint = settings.cdpPort === '' ? undefined : `http://127.0.0.1:${readPort(profile)}`
  return { cdp, version, cdpEndpoint, openPage: pageOpener(cdp, opener), close: () => close(cdp, child) }
}

function watchForKeeper(cdp: CdpPipe): Promise<Page> {
  return new Promise((resolve, reject) => {
    cdp.onClose(() => reject(new Error('Chromium ended')))
    const off = cdp.on('Target.attachedToTarget', (params) => {
      off()
      const sessionId = String(params['sessionId'])
      cdp.post('Runtime.runIfWaitingForDebugger', {}, sessionId)
      resolve({ sessionId, targetId: (params['targetInfo'] as TargetInfo).targetId })
    })
  })
}

function readPort(profile: string): string {
  return readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]!
}

/** Windows are opened by the keeper, which makes them app windows; Chromium reports them in the order of opening. */
function pageOpener(cdp: CdpPipe, keeper: Page): () => Promise<Page> {
  const expected: ((page: Page) => void)[] = []
  cdp.on('Target.attachedToTarget', (params) => {
    const sessionId = String(params['sessionId'])
    const { targetId, openerId } = params['targetInfo'] as TargetInfo
    if (openerId === keeper.targetId) {
      expected.shift()?.({ sessionId, targetId })
      return
    }
    // A window which a page opened by itself. Resume it first, or its opener hangs.
    cdp.post('Runtime.runIfWaitingForDebugger', {}, sessionId)
    cdp.post('Target.closeTarget', { targetId })
  })
  const expression = `void window.open('about:blank', '_blank', 'popup,noopener,left=-4000,top=-4000,width=400,height=300')`
  return () =>
    new Promise((resolve, reject) => {
      expected.push(resolve)
      cdp.send('Runtime.evaluate', { expression, userGesture: true }, keeper.sessionId).catch(reject)
    })
}

async function close(cdp: CdpPipe, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  cdp.post('Browser.close')
  await ended
}
