import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { acknowledges, commands } from '#native/drivers/zfm/codec.ts'
import { acknowledgeFailure } from '#native/drivers/zfm/failures.ts'
import { ZfmSession, type Ask } from '#native/drivers/zfm/session.ts'
import { settled } from '../pn532/line.ts'
import { acknowledge, parameters, patient, scripted, upload, type Script } from './module.ts'

const look: Ask = { command: commands.takeImage }
const fetch: Ask = { command: commands.uploadImage, picture: [512] }
const damaged = (frame: Uint8Array) => frame.map((byte, at) => (at === frame.length - 1 ? byte ^ 1 : byte))
const picture = Uint8Array.from({ length: 512 }, (_, at) => at % 251)

function bench(script: Script = {}) {
  const line = scripted(script)
  return { ...line, session: new ZfmSession(line.transport, line.clock, new Uint8Array(4)) }
}

async function verified(script: Script = {}) {
  const made = bench(script)
  await made.session.verify(patient)
  made.heard.length = 0
  return made
}

async function codeOf(act: Promise<unknown>) {
  return act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
}

describe('commands to a fingerprint module', () => {
  it.each(Object.entries(acknowledges).filter(([, code]) => code !== 0x01 && code !== 0x21))(
    'bring back the code for %s at once',
    async (_name, code) => {
      const { session, heard } = await verified({ takeImage: [[acknowledge(code)]] })
      expect(await session.exchange(look, patient)).toEqual({ code, data: new Uint8Array() })
      expect(heard).toEqual(['takeImage'])
    },
  )

  it('are given again, once, when they came damaged', async () => {
    const mended = await verified({ takeImage: [[acknowledge(1)], [acknowledge(2)]] })
    expect((await mended.session.exchange(look, patient)).code).toBe(2)
    const broken = await verified({ takeImage: [[acknowledge(1)]] })
    expect(await codeOf(broken.session.exchange(look, patient))).toBe('DEVICE_GARBLED')
    expect(broken.heard).toEqual(['takeImage', 'takeImage'])
  })

  it('give the password again to a module that has lost its power in between', async () => {
    const { session, heard } = await verified({
      takeImage: [[Uint8Array.of(0x55), acknowledge(0x21)], [acknowledge(0)]],
    })
    expect((await session.exchange(look, patient)).code).toBe(0)
    expect(heard).toEqual(['takeImage', 'verifyPassword', 'takeImage'])
    const strict = await verified({ takeImage: [[acknowledge(0x21)]] })
    expect((await strict.session.exchange(look, patient)).code).toBe(0x21)
  })

  it('without an answer are given again after the module has shown that it listens', async () => {
    const { session, heard, pass } = await verified({ takeImage: [[], [acknowledge(2)]] })
    const running = session.exchange(look, patient)
    await pass(1500)
    expect((await running).code).toBe(2)
    expect(heard).toEqual(['takeImage', 'readParameters', 'takeImage'])
  })

  it('whose answer comes late do not take it for the answer to the next one', async () => {
    // The answer to the first look comes with that to the second question.
    const { session, pass } = await verified({
      takeImage: [[], [acknowledge(2)]],
      readParameters: [[acknowledge(0), parameters()]],
    })
    const running = session.exchange(look, patient)
    await pass(1500)
    expect((await running).code).toBe(2)
  })

  it('whose answer is damaged are given again', async () => {
    const { session, pass, timers } = await verified({ takeImage: [[damaged(acknowledge(0))], [acknowledge(2)]] })
    const running = session.exchange(look, patient)
    await pass(500)
    expect((await running).code).toBe(2)
    expect(timers.size).toBe(0)
  })

  it('end in DEVICE_SILENT, DEVICE_GARBLED, CANCELLED or DEVICE_GONE', async () => {
    const silent = await verified({ takeImage: [[]], readParameters: [[]] })
    const silence = codeOf(silent.session.exchange(look, patient))
    await silent.pass(5000)
    expect(await silence).toBe('DEVICE_SILENT')
    const garbled = await verified({ takeImage: [[damaged(acknowledge(0))]] })
    const garbage = codeOf(garbled.session.exchange(look, patient))
    await garbled.pass(5000)
    expect(await garbage).toBe('DEVICE_GARBLED')
    const { session, timers } = await verified({ takeImage: [[]] })
    const abort = new AbortController()
    const cancelled = codeOf(session.exchange(look, abort.signal))
    await settled()
    abort.abort()
    expect(await cancelled).toBe('CANCELLED')
    expect(timers.size).toBe(0)
    const unplugged = await verified({ takeImage: [[]] })
    const gone = codeOf(unplugged.session.exchange(look, patient))
    await settled()
    unplugged.end()
    expect(await gone).toBe('DEVICE_GONE')
    expect(await codeOf(unplugged.session.exchange(look, patient))).toBe('DEVICE_GONE')
    expect(unplugged.timers.size).toBe(0)
  })
})

describe('a picture from a fingerprint module', () => {
  it.each([32, 64, 128, 256])('comes in packets of %i bytes', async (size) => {
    const { session } = await verified({ uploadImage: [[acknowledge(0), ...upload(picture, size)]] })
    const { data } = await session.exchange(fetch, patient)
    expect(Buffer.from(data).equals(picture)).toBe(true)
  })

  it.each([
    ['a damaged packet', (packets: Uint8Array[]) => packets.map((packet, at) => (at === 1 ? damaged(packet) : packet))],
    ['a lost packet', (packets: Uint8Array[]) => packets.filter((_, at) => at !== 1)],
    [
      'a packet that came twice',
      (packets: Uint8Array[]) => packets.flatMap((packet, at) => (at === 1 ? [packet, packet] : packet)),
    ],
    ['no end', (packets: Uint8Array[]) => packets.slice(0, -1)],
  ])('with %s is fetched again', async (_what, spoil) => {
    const { session, heard, pass } = await verified({
      uploadImage: [
        [acknowledge(0), ...spoil(upload(picture))],
        [acknowledge(0), ...upload(picture)],
      ],
    })
    const running = session.exchange(fetch, patient)
    await pass(2000)
    expect(Buffer.from((await running).data).equals(picture)).toBe(true)
    expect(heard).toEqual(['uploadImage', 'readParameters', 'uploadImage'])
  })

  it('that is damaged every time, or never ends, is DEVICE_GARBLED', async () => {
    const spoiled = [acknowledge(0), ...upload(picture).map(damaged)]
    const broken = await verified({ uploadImage: [spoiled] })
    const first = codeOf(broken.session.exchange(fetch, patient))
    await broken.pass(5000)
    expect(await first).toBe('DEVICE_GARBLED')
    const endless = await verified({
      uploadImage: [[acknowledge(0), ...upload(new Uint8Array(64 * 1024)).slice(0, -1)]],
    })
    const second = codeOf(endless.session.exchange(fetch, patient))
    await endless.pass(5000)
    expect(await second).toBe('DEVICE_GARBLED')
  })

  it('that nobody waits for any more is let pass before the next command', async () => {
    const { session, say, heard, pass } = await verified({
      uploadImage: [[acknowledge(0)]],
      takeImage: [[acknowledge(2)]],
    })
    const abort = new AbortController()
    const cancelled = codeOf(session.exchange(fetch, abort.signal))
    await settled()
    abort.abort()
    expect(await cancelled).toBe('CANCELLED')
    const next = session.exchange(look, patient)
    for (const packet of upload(picture)) {
      say(packet)
      await pass(24)
    }
    expect(heard).toEqual(['uploadImage'])
    await pass(300)
    expect((await next).code).toBe(2)
    expect(heard).toEqual(['uploadImage', 'readParameters', 'takeImage'])
  })
})

describe('an acknowledge code', () => {
  it.each([
    [0x01, 'DEVICE_GARBLED'],
    [0x02, 'NO_FINGER'],
    [0x03, 'LOW_QUALITY'],
    [0x06, 'LOW_QUALITY'],
    [0x07, 'LOW_QUALITY'],
    [0x08, 'FINGER_DIFFERS'],
    [0x09, 'FINGER_DIFFERS'],
    [0x0a, 'FINGER_DIFFERS'],
    [0x0f, 'DEVICE_REFUSED'],
    [0x13, 'DEVICE_REFUSED'],
    [0x15, 'NO_FINGER'],
    [0x18, 'DEVICE_REFUSED'],
    [0x21, 'DEVICE_REFUSED'],
    [0x7e, 'DEVICE_REFUSED'],
  ] as const)('%i means %s', (code, failure) => {
    expect(acknowledgeFailure(code, 'finger.capture')).toMatchObject({ code: failure, context: { acknowledge: code } })
  })
})
