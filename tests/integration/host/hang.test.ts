import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectHost, forkWithNode, type HostState } from '#core/devices/index.ts'

const entry = join(import.meta.dirname, 'hanging-host.ts')
/** The supervision at five times its pace. */
const clock = {
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms / 5)
    return () => clearTimeout(timer)
  },
}

test('a host that stands still is killed, its call told, and another one started', async () => {
  const states: HostState[] = []
  let back = () => {}
  const again = new Promise<void>((resolve) => (back = resolve))
  const host = connectHost({
    clock,
    fork: () => forkWithNode(entry),
    onEvent() {},
    onState(state) {
      states.push(state)
      if (states.length === 3) back()
    },
  })
  await expect(host.call('devices.list', {})).rejects.toMatchObject({ code: 'HOST_GONE' })
  await again
  expect(states).toEqual(['running', 'restarting', 'running'])
  await host.close()
})
