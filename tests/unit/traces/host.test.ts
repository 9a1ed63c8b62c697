import { afterEach, describe, expect, it } from 'vitest'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { HostCallName, HostCalls, HostMessage, HostRequest } from '#native/capability/host.ts'
import { startHost } from '#native/host/start-host.ts'
import type { Transport } from '#native/transport/transport.ts'
import { fakeClock, settle } from '../host/fake-clock.ts'

const binding: DeviceBinding = {
  id: 'scanner',
  kind: 'code-scanner',
  driver: 'serial-scanner',
  transport: 'serial',
  address: '/dev/one',
}
const code = '014190000123\r'

let stop = async () => {}
afterEach(() => stop())

/** A host with a code scanner whose line the test plays. */
async function scene() {
  const clock = fakeClock()
  const messages: HostMessage[] = []
  let hear: (message: HostRequest) => void = () => {}
  let say: (bytes: Uint8Array) => void = () => {}
  let lastId = 0
  const line: Transport = {
    open: async () => {},
    write: async () => {},
    onData: (listener) => ((say = listener), () => {}),
    onClose: () => () => {},
    close: async () => {},
  }
  const nothing = { close: async () => {} } as never
  const host = startHost({
    port: { send: (message) => messages.push(message), onMessage: (listener) => (hear = listener) },
    transports: { serial: () => line },
    analysis: nothing,
    portraits: nothing,
    pages: nothing,
    clock,
  })
  stop = () => host.stop()
  async function call<Name extends HostCallName>(name: Name, input: HostCalls[Name]['input']) {
    const id = ++lastId
    hear({ type: 'call', id, name, input })
    await settle()
    const reply = messages.find((message) => message.type === 'reply' && message.id === id)
    if (reply?.type !== 'reply') throw new Error(`no reply to ${name}`)
    if (!reply.ok) return reply.error.code
    return reply.value as HostCalls[Name]['output']
  }
  await call('devices.bind', { bindings: [binding] })
  await settle()
  return { call, clock, messages, say: (text: string) => say(Buffer.from(text)) }
}

describe('the trace of a device in the host', () => {
  it('holds what its line said, without what was scanned, while the program gets it whole', async () => {
    const { call, say, messages } = await scene()
    say(code)
    expect(messages).toContainEqual({
      type: 'event',
      name: 'codeScanned',
      data: { device: 'scanner', text: '014190000123' },
    })
    const trace = await call('trace.read', { device: 'scanner' })
    expect(trace).toMatchObject({
      format: 'quay-can-cuoc/trace/1',
      device: { id: 'scanner', kind: 'code-scanner', driver: 'serial-scanner', transport: 'serial' },
      running: true,
      entries: [{ event: 'opened' }, { way: 'in', name: 'code', hex: `${'AA'.repeat(12)}0D`, detail: '12 bytes' }],
    })
  })

  it('tells only what is new to those who say what they have', async () => {
    const { call, say } = await scene()
    say(code)
    expect(await call('trace.read', { device: 'scanner', after: 1 })).toMatchObject({ entries: [{ n: 2 }] })
    expect(await call('trace.read', { device: 'scanner', after: 2 })).toMatchObject({ entries: [] })
  })

  it('stops, keeps what it holds, and takes marks without numbers of persons', async () => {
    const { call, say } = await scene()
    say(code)
    await call('trace.run', { device: 'scanner', on: false })
    say(code)
    await call('trace.mark', { device: 'scanner', text: 'thẻ 014190000123' })
    expect(await call('trace.read', { device: 'scanner' })).toMatchObject({
      running: false,
      entries: [{ event: 'opened' }, { name: 'code' }, { event: 'mark', text: 'thẻ …' }],
    })
  })

  it('is not there for a device that is not', async () => {
    const { call } = await scene()
    expect(await call('trace.read', { device: 'other' })).toBe('DEVICE_UNKNOWN')
    expect(await call('trace.run', { device: '__proto__', on: false })).toBe('DEVICE_UNKNOWN')
    expect(await call('trace.mark', { device: 'other', text: 'x' })).toBe('DEVICE_UNKNOWN')
  })

  it('begins anew with a new binding', async () => {
    const { call, say } = await scene()
    say(code)
    await call('devices.bind', { bindings: [{ ...binding, address: '/dev/two' }] })
    await settle()
    expect(await call('trace.read', { device: 'scanner' })).toMatchObject({ entries: [{ n: 1, event: 'opened' }] })
  })
})
