import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { CheckPrompt, DeviceChecked } from '#native/capability/checks.ts'
import type { DeviceBinding, DeviceStatus } from '#native/capability/device.ts'
import type { HostEvents, HostMessage, HostRequest } from '#native/capability/host.ts'
import { acr1281s, acr122s } from '#native/drivers/acr122s/index.ts'
import { gempcTwin } from '#native/drivers/gempc-twin/index.ts'
import { hidButton } from '#native/drivers/hid-button/index.ts'
import { hidImage } from '#native/drivers/hid-image/index.ts'
import { hidPos } from '#native/drivers/hid-pos/index.ts'
import type { Drivers } from '#native/drivers/index.ts'
import { afterListening } from '#native/drivers/patience.ts'
import { pn532 } from '#native/drivers/pn532/index.ts'
import { sbi, sbiIris } from '#native/drivers/sbi/index.ts'
import { serialScanner } from '#native/drivers/serial-scanner/index.ts'
import { zfm } from '#native/drivers/zfm/index.ts'
import { startHost } from '#native/host/start-host.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'
import { hurriedClock } from '../../support/hurried-clock.ts'

/** What the person at the desk does at each prompt; `said` is the click that goes on. */
export type Person = {
  readonly binding: DeviceBinding
  readonly act: Partial<Record<CheckPrompt, (said: () => void) => unknown>>
  readonly stop: () => Promise<void>
}

/** Waits for people are a fifth, those for devices a half, and a tenth as much time seems to pass. */
const since = performance.now()
const forPeople = 10_000
const hasty = {
  after: (ms: number, call: () => void) => afterListening(ms < forPeople ? ms / 2 : ms / 5, call),
  now: () => new Date(Date.now() - (performance.now() - since) * 0.9),
}
/** A person who shows the same code again takes a moment; tests put the clock on instead. */
function scannerClock() {
  let ahead = 0
  return {
    clock: { after: (ms: number, call: () => void) => hasty.after(ms, call), now: () => performance.now() + ahead },
    moment: () => (ahead += 2000),
  }
}

const nobody = () => Promise.reject(new Error('not asked here'))

/** A device host over real drivers and simulated devices, in this process; line drivers wait `hurry` times shorter. */
export function bench({ hurry = 1 }: { readonly hurry?: number } = {}) {
  const lineClock = hurriedClock(hurry)
  const serviceClock = { after: lineClock.after, now: () => new Date() }
  const { clock, moment } = scannerClock()
  const drivers: Drivers = {
    'gempc-twin': { kind: 'card-reader', transports: ['serial'], create: (b, open) => gempcTwin(b, open, lineClock) },
    acr122s: { kind: 'card-reader', transports: ['serial'], create: (b, open) => acr122s(b, open, lineClock) },
    acr1281s: { kind: 'card-reader', transports: ['serial'], create: (b, open) => acr1281s(b, open, lineClock) },
    pn532: { kind: 'card-reader', transports: ['serial'], create: (b, open) => pn532(b, open, lineClock) },
    'hid-image': {
      kind: 'fingerprint-scanner',
      transports: ['socket'],
      create: (b, open) => hidImage(b, open, lineClock),
    },
    zfm: { kind: 'fingerprint-scanner', transports: ['serial'], create: (b, open) => zfm(b, open, lineClock) },
    sbi: { kind: 'fingerprint-scanner', transports: ['http'], create: (b) => sbi(b, serviceClock) },
    'sbi-iris': { kind: 'iris-camera', transports: ['http'], create: (b) => sbiIris(b, serviceClock) },
    'hid-button': { kind: 'document-camera', transports: ['socket'], create: hidButton },
    'hid-pos': { kind: 'code-scanner', transports: ['socket'], create: (b, open) => hidPos(b, open, clock) },
    'serial-scanner': {
      kind: 'code-scanner',
      transports: ['serial'],
      create: (b, open) => serialScanner(b, open, clock),
    },
  }
  const replies = new Map<number, (message: HostMessage & { type: 'reply' }) => void>()
  const prompts: CheckPrompt[] = []
  let hear: (message: HostRequest) => void = () => {}
  let lastId = 0
  let person: Person['act'] = {}

  function notice({ prompt, attempt }: HostEvents['checkProgress']) {
    if (prompt === 'nothing') return
    prompts.push(prompt)
    moment()
    const said = () => void call('device.checkOn', { attempt })
    const act = person[prompt]
    if (act) act(said)
    else said()
  }

  const host = startHost({
    clock: hasty,
    drivers,
    transports: {
      serial: ({ address }, settings) => serialTransport({ path: address, baudRate: 9600, ...settings }),
      socket: ({ address }) => socketTransport(address),
    },
    analysis: {
      preview: nobody,
      finish: nobody,
      verify: nobody,
      compare: nobody,
      irises: nobody,
      close: async () => {},
    },
    portraits: { look: nobody, make: nobody, compare: nobody, close: async () => {} },
    pages: { run: nobody, close: async () => {} },
    port: {
      send(message) {
        if (message.type === 'reply') replies.get(message.id)?.(message)
        if (message.type === 'event' && message.name === 'checkProgress')
          notice(message.data as HostEvents['checkProgress'])
      },
      onMessage: (listener) => (hear = listener),
    },
  })

  function call(name: (HostRequest & { type: 'call' })['name'], input: unknown) {
    const id = ++lastId
    const answer = new Promise<unknown>((resolve, reject) => {
      replies.set(id, (reply) => {
        replies.delete(id)
        if (reply.ok) resolve(reply.value)
        else reject(Object.assign(new Error(reply.error.code), reply.error))
      })
    })
    hear({ type: 'call', id, name, input })
    return Object.assign(answer, { cancel: () => hear({ type: 'cancel', id }) })
  }

  return {
    prompts,
    call,
    bind: (...bindings: readonly DeviceBinding[]) => call('devices.bind', { bindings }),
    check(device: string, act: Person['act'] = {}) {
      person = act
      return call('device.check', { attempt: 'test', device }) as Promise<DeviceChecked> & { cancel(): void }
    },
    /** Resolves when the device is open, or cannot be opened. */
    async ready(device: string) {
      await vi.waitFor(async () => {
        const devices = (await call('devices.list', {})) as readonly DeviceStatus[]
        expect(devices.find(({ id }) => id === device)?.state).not.toBe('opening')
      }, 30_000)
    },
    stop: () => host.stop(),
  }
}

/** A folder for lines, until the test is over. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'checks-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}
