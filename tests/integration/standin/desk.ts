import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type Launched } from '../../../build/launch/index.ts'

export type Event = { readonly event: string; readonly [detail: string]: unknown }
type Role = 'officer' | 'citizen'

/** The test application, running on the stand-in. */
export type Desk = {
  readonly launched: Launched
  readonly userData: string
  readonly output: () => string
  /** Runs the body of an async function in main; `windows`, `app`, `session` and so on are there. */
  readonly main: (code: string) => Promise<unknown>
  /** Evaluates an expression, or the promise it gives, in a window's page. */
  readonly page: (role: Role, code: string) => Promise<unknown>
  /** The next event of that name which main reports from now on. */
  readonly next: (name: string, matches?: (event: Event) => boolean) => Promise<Event>
  readonly close: () => Promise<void>
}

export const app = join(import.meta.dirname, 'app')

export async function startDesk(env: Record<string, string> = {}, args: string[] = []): Promise<Desk> {
  const userData = mkdtempSync(join(tmpdir(), 'standin-test-'))
  const launched = await launch({
    main: join(app, 'main.mjs'),
    args,
    output: 'pipe',
    env: { QCC_RUNTIME: 'standin', QCC_STANDIN_HEADLESS: '1', TEST_USER_DATA: userData, ...env },
  })
  const { process: child } = launched
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  let lastId = 0

  const message = <T>(matches: (message: Record<string, unknown>) => boolean): Promise<T> =>
    new Promise((resolve) => {
      const listener = (text: unknown): void => {
        if (!matches(text as Record<string, unknown>)) return
        child.off('message', listener)
        resolve(text as T)
      }
      child.on('message', listener)
    })
  const main = async (code: string): Promise<unknown> => {
    const id = `ask-${++lastId}`
    const answer = message<{ value?: unknown; error?: string }>((reply) => reply['id'] === id)
    child.send({ id, code })
    const gone = launched.ended.then((exitCode) => ({
      error: `main ended with ${exitCode}: ${output}`,
      value: undefined,
    }))
    const { value, error } = await Promise.race([answer, gone])
    if (error !== undefined) throw new Error(error)
    return value
  }
  const desk: Desk = {
    launched,
    userData,
    output: () => output,
    main,
    page: (role, code) => main(`return windows.${role}.webContents.executeJavaScript(${JSON.stringify(code)})`),
    next: (name, matches = () => true) => message<Event>((event) => event['event'] === name && matches(event as Event)),
    close: async () => {
      await launched.stop()
      rmSync(userData, { recursive: true, force: true })
    },
  }
  return desk
}

/** The processes whose command line names a file or folder. */
export function processesNaming(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
      } catch {
        return false
      }
    })
}

/** The Chromium profiles which a main process has made. */
export function profilesOf(pid: number): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`standin-chromium-${pid}-`))
}
