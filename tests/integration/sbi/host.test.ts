import { afterAll, beforeAll, expect, it } from 'vitest'
import { liveHost, type LiveHost } from '../host/live-host.ts'

let live: LiveHost
beforeAll(async () => {
  live = await liveHost({ simulate: ['--sbi'] })
  const isReady = (id: string) =>
    live.events.some(({ name, data }) => name === 'deviceChanged' && data.id === id && data.state === 'ready')
  await live.until(() => isReady('sbi-fingerprint') && isReady('iris-camera'))
})
afterAll(() => live.close())

it('the device host takes a whole hand from an SBI scanner by itself, and judges each finger', async () => {
  const { fingers, composed, missing } = await live.host.call('finger.capture', {
    attempt: 'sbi',
    device: 'sbi-fingerprint',
    step: 'right-four',
    patienceMs: 20_000,
    minimumQuality: 40,
    framesBeforeShot: 3,
  })
  expect(composed).toBe(true)
  expect(missing).toEqual([])
  expect(fingers.map(({ position }) => position)).toEqual(['right-index', 'right-middle', 'right-ring', 'right-little'])
  for (const { quality, template } of fingers) {
    expect(quality).toBeGreaterThan(40)
    expect(template.length).toBeGreaterThan(100)
  }
  expect(live.events.filter(({ name }) => name === 'fingerPreview').length).toBeGreaterThan(0)
})

it('the device host takes two eyes from an SBI camera', async () => {
  const eyes = await live.host.call('iris.capture', {
    attempt: 'eyes',
    device: 'iris-camera',
    eyes: ['left', 'right'],
    patienceMs: 5000,
  })
  expect(eyes.map(({ eye, width, height }) => [eye, width, height])).toEqual([
    ['left', 640, 480],
    ['right', 640, 480],
  ])
})

it('an answer that cannot be trusted reaches whoever asked, and the next capture works', async () => {
  await live.stage.addFault('wrong-signature@sbi-fingerprint')
  const capture = () =>
    live.host.call('finger.capture', {
      attempt: `again ${live.events.length}`,
      device: 'sbi-fingerprint',
      step: 'two-thumbs',
      patienceMs: 20_000,
      minimumQuality: 40,
      framesBeforeShot: 3,
    })
  await expect(capture()).rejects.toMatchObject({ code: 'DEVICE_UNTRUSTED', context: { reason: 'signature' } })
  await live.stage.takeFaultOff('wrong-signature@sbi-fingerprint')
  expect((await capture()).fingers).toHaveLength(2)
})
