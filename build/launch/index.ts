import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const builtMain = join(projectRoot, 'out/main/index.js')

export type RuntimeName = 'electron' | 'standin'

export type LaunchOptions = {
  /** The application's own arguments, such as `--data DIR`. */
  readonly args?: readonly string[]
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** The built main script; `out/main/index.js` unless told otherwise. */
  readonly main?: string
  /** 'inherit' shows the application's output, 'pipe' leaves it to the caller in `process.stdout` and `.stderr`. */
  readonly output?: 'inherit' | 'pipe'
  /** Opens a DevTools port, chosen by Chromium, for `connectOverCDP`. */
  readonly debug?: boolean
}

export type Launched = {
  readonly process: ChildProcess
  readonly runtime: RuntimeName
  /** Of the runtime: `Electron 45.4.1` or `Chrome/156.0.8078.79`. */
  readonly version: string
  /** `http://127.0.0.1:PORT`, with the option `debug`. */
  readonly cdpEndpoint: string | undefined
  /** Resolves with the exit code, 128 + the signal's number for a signal's. */
  readonly ended: Promise<number>
  /** Asks the application to quit and waits until it has. */
  readonly stop: () => Promise<number>
  /** SIGKILL to the main process: a plug pulled, as far as it can tell. */
  readonly kill: () => Promise<number>
  /** Plugs and unplugs displays, left to right, as `1366x768,1280x800` or, known by name, `laptop=1366x768,hall=1280x800`. The stand-in only. */
  readonly setDisplays: (displays: string) => Promise<void>
}

/** Electron's own binary, if it has been fetched: asking its package for it would start a download. */
export function electronBinary(): string | undefined {
  const folder = join(projectRoot, 'node_modules/electron')
  const name = join(folder, 'path.txt')
  const file = existsSync(name) ? readFileSync(name, 'utf8').trim() : 'electron'
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), file)
  return existsSync(binary) ? binary : undefined
}

/**
 * Electron where its binary is, the stand-in elsewhere; `QCC_RUNTIME=standin|electron` decides it.
 * @throws Error when Electron is asked for and not there, or the variable holds something else
 */
export function pickRuntime(): RuntimeName {
  const forced = process.env['QCC_RUNTIME'] ?? ''
  if (forced === '') return electronBinary() === undefined ? 'standin' : 'electron'
  if (forced !== 'standin' && forced !== 'electron')
    throw new Error(`QCC_RUNTIME is ${forced}, not standin or electron`)
  if (forced === 'electron' && electronBinary() === undefined)
    throw new Error("QCC_RUNTIME asks for Electron, whose binary isn't in node_modules/electron/dist")
  return forced
}

/**
 * Starts the application and waits until its first windows have loaded (with Electron: until it has a DevTools address,
 * if asked for).
 * @throws Error when nothing has been built, or the application ended before it was ready; its `exitCode` is there then
 */
export async function launch(options: LaunchOptions = {}): Promise<Launched> {
  const main = options.main ?? builtMain
  if (!existsSync(main)) throw new Error(`${main} is missing: run \`npm run build\` first`)
  const runtime = pickRuntime()
  return runtime === 'electron' ? launchElectron(main, options) : launchStandin(main, options)
}

async function launchStandin(main: string, options: LaunchOptions): Promise<Launched> {
  const output = options.output ?? 'inherit'
  const register = new URL('../standin/register.ts', import.meta.url).href
  const env = { ...process.env, ...(options.debug === true && { QCC_STANDIN_CDP_PORT: '0' }), ...options.env }
  const child = spawn(nodeBinary(), ['--import', register, main, ...(options.args ?? [])], {
    env,
    stdio: ['inherit', output, output, 'ipc'],
  })
  const ended = watchEnd(child)
  const { version, cdpEndpoint } = await Promise.race([
    nextMessage<{ version: string; cdpEndpoint?: string }>(child, (message) => message['standin'] === 'ready'),
    tooEarly(ended),
  ])
  let lastId = 0
  const setDisplays = async (value: string): Promise<void> => {
    const id = ++lastId
    const done = nextMessage<{ error?: string }>(
      child,
      (message) => message['standin'] === 'done' && message['id'] === id,
    )
    child.send({ standin: 'displays', id, value })
    const { error } = await Promise.race([done, tooEarly(ended)])
    if (error !== undefined) throw new Error(error)
  }
  return { ...controls(child, ended), runtime: 'standin', version, cdpEndpoint, setDisplays }
}

async function launchElectron(main: string, options: LaunchOptions): Promise<Launched> {
  const output = options.output ?? 'inherit'
  const { ELECTRON_RUN_AS_NODE: _, ...env } = { ...process.env, ...options.env }
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  if (options.debug === true) flags.push('--remote-debugging-port=0')
  // The project's folder rather than the script: Electron takes name and version from its package.json.
  const child = spawn(electronBinary()!, [...flags, main === builtMain ? projectRoot : main, ...(options.args ?? [])], {
    env,
    stdio: ['inherit', output, options.debug === true ? 'pipe' : output],
  })
  const ended = watchEnd(child)
  const cdpEndpoint =
    options.debug === true ? await Promise.race([devToolsAddress(child, output), tooEarly(ended)]) : undefined
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string
  }
  const setDisplays = (): Promise<void> => Promise.reject(new Error('real displays cannot be unplugged from here'))
  return { ...controls(child, ended), runtime: 'electron', version: `Electron ${version}`, cdpEndpoint, setDisplays }
}

function controls(child: ChildProcess, ended: Promise<number>): Pick<Launched, 'process' | 'ended' | 'stop' | 'kill'> {
  const end = (signal: NodeJS.Signals) => (): Promise<number> => {
    child.kill(signal)
    return ended
  }
  return { process: child, ended, stop: end('SIGTERM'), kill: end('SIGKILL') }
}

function watchEnd(child: ChildProcess): Promise<number> {
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('exit', (code, signal) => done(code ?? (signal === 'SIGKILL' ? 137 : signal === 'SIGTERM' ? 143 : 130)))
  })
}

async function tooEarly(ended: Promise<number>): Promise<never> {
  const exitCode = await ended
  throw Object.assign(new Error(`the application ended with ${exitCode} before it was ready`), { exitCode })
}

function nextMessage<T>(child: ChildProcess, matches: (message: Record<string, unknown>) => boolean): Promise<T> {
  return new Promise((done) => {
    const listener = (message: unknown): void => {
      if (!matches(message as Record<string, unknown>)) return
      child.off('message', listener)
      done(message as T)
    }
    child.on('message', listener)
  })
}

function devToolsAddress(child: ChildProcess, output: 'inherit' | 'pipe'): Promise<string> {
  return new Promise((done) => {
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      if (output === 'inherit') process.stderr.write(chunk)
      text = (text + chunk.toString('utf8')).slice(-10_000)
      const address = /DevTools listening on ws:\/\/([^/]+)\//.exec(text)?.[1]
      if (address !== undefined) done(`http://${address}`)
    })
  })
}

/** The stand-in needs Node 24; so does this file, but a test runner may run on another. */
function nodeBinary(): string {
  const own = join(projectRoot, 'node_modules/node/bin/node')
  return Number(process.versions.node.split('.')[0]) >= 24 || !existsSync(own) ? process.execPath : own
}

if (import.meta.main) {
  try {
    const launched = await launch({ args: process.argv.slice(2) })
    process.stderr.write(
      `running on ${launched.runtime === 'electron' ? '' : 'the stand-in for Electron, '}${launched.version}\n`,
    )
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => launched.process.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
    }
    process.exitCode = await launched.ended
  } catch (error) {
    const { message, exitCode } = error as Error & { exitCode?: number }
    if (exitCode === undefined) process.stderr.write(`${message}\n`)
    process.exitCode = exitCode ?? 1
  }
}
