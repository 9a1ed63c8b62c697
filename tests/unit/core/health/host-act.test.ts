import { expect, test } from 'vitest'
import { connectHost, type HostAct } from '#core/devices/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { chipOfLoThiMau, instantHost } from '../../../support/instant-host.ts'

const access = { kind: 'can', can: '000123' } as const

function connect(answers: Parameters<typeof instantHost>[0]) {
  const acts: HostAct[] = []
  const host = connectHost({ fork: () => instantHost(answers), onEvent: () => {}, onAct: (act) => acts.push(act) })
  return { host, acts }
}

test('a call about a device is told when it has ended: what, which device, how long, for what', async () => {
  const { host, acts } = connect({ 'chip.read': () => chipOfLoThiMau() })
  await host.call('chip.read', { attempt: '1', device: 'card-reader', access, visit: 'visit-1' })
  await host.call('finger.capture', {
    attempt: '2',
    device: 'fingerprint',
    step: 'right-four',
    patienceMs: 1,
    threshold: 40,
  } as never)
  await host.close()
  expect(acts).toEqual([
    { device: 'card-reader', call: 'chip.read', ms: expect.any(Number), ok: true, purpose: 'visit-1' },
    { device: 'fingerprint', call: 'finger.capture', ms: expect.any(Number), ok: true, purpose: 'right-four' },
  ])
  expect(acts.every(({ ms }) => ms >= 0 && ms < 60_000)).toBe(true)
})

test('a call that failed is told with its code, one that was called off with CANCELLED', async () => {
  const { host, acts } = connect({
    'chip.read': ({ attempt }) => {
      if (attempt === 'lost') throw new AppError('CARD_REMOVED', 'chip.read/DG2')
      return new Promise(() => {})
    },
  })
  await host.call('chip.read', { attempt: 'lost', device: 'card-reader', access }).catch(() => {})
  const stop = new AbortController()
  const endless = host.call('chip.read', { attempt: 'endless', device: 'card-reader', access }, stop.signal)
  stop.abort()
  await endless.catch(() => {})
  await host.close()
  expect(acts).toMatchObject([
    { device: 'card-reader', ok: false, code: 'CARD_REMOVED' },
    { device: 'card-reader', ok: false, code: 'CANCELLED' },
  ])
})

test('calls about no device, or about all, are nobody’s act', async () => {
  const { host, acts } = connect({})
  await host.call('devices.bind', { bindings: [] })
  await host.call('devices.list', {})
  await host.close()
  expect(acts).toEqual([])
})
