import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'

const script = fileURLToPath(new URL('judge.py', import.meta.url))

/** What libfprint said: `verdicts` in the order of what was to be verified. */
export type Judgement = {
  readonly stages: number
  readonly retries: readonly string[]
  readonly enrolled: boolean
  readonly error?: string
  readonly verdicts?: readonly { readonly match?: boolean; readonly error?: string }[]
}

/** Has Debian's libfprint enrol and verify PNG files; `folder` takes its socket. */
export async function askLibfprint(
  folder: string,
  work: { readonly enrol: readonly string[]; readonly verify: readonly string[] },
  signal: AbortSignal,
): Promise<Judgement> {
  const env = {
    PATH: process.env['PATH'],
    FP_VIRTUAL_IMAGE: join(folder, 'sensor'),
    FP_DRIVERS_ALLOWLIST: 'virtual_image',
  }
  // Debian's own Python: another one in the path does not have the bindings.
  const judge = spawn('/usr/bin/python3', [script], { env, signal, killSignal: 'SIGKILL' })
  const said = Promise.all([text(judge.stdout), text(judge.stderr), once(judge, 'close')])
  judge.stdin.end(JSON.stringify(work))
  const [output, errors, [code]] = await said
  if (code !== 0) {
    throw new Error(`libfprint's judge failed (Debian packages libfprint-2-2 gir1.2-fprint-2.0 python3-gi): ${errors}`)
  }
  return JSON.parse(output) as Judgement
}
