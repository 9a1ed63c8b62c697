import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for lines, until the test is over. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'floods-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** A device at `address` that says `hex` again and again, as fast as it is heard, until the test is over. */
export async function flooding(kind: 'pty' | 'socket', address: string, hex: string, counting = false): Promise<void> {
  const child = fork(join(import.meta.dirname, 'flooder.ts'), [kind, address, hex, counting ? 'counting' : 'plain'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.disconnect()
    await ended
  })
  await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    ended.then(() => Promise.reject(new Error('the flood did not begin'))),
  ])
}
