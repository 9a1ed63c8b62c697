import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { connectHost, forkWithNode, type DeviceHost, type HostEvent, type HostState } from '#core/devices/index.ts'

const entry = join(import.meta.dirname, '../../../build/development-host.ts')

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

export type WatchedHost = {
  readonly host: DeviceHost
  readonly events: readonly HostEvent[]
  readonly states: readonly HostState[]
}

/** A real device process as core starts it, with everything that it tells. */
export function watchedHost(hear: (event: HostEvent) => void = () => {}): WatchedHost {
  const events: HostEvent[] = []
  const states: HostState[] = []
  const host = connectHost({
    fork: () => forkWithNode(entry),
    onEvent(event) {
      events.push(event)
      hear(event)
    },
    onState: (state) => states.push(state),
  })
  onTestFinished(() => host.close())
  return { host, events, states }
}
