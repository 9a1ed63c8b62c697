import { describe, expect, it } from 'vitest'
import type { DeviceBinding } from '#native/capability/device.ts'
import { hidButton } from '#native/drivers/hid-button/index.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'

const binding: DeviceBinding = {
  id: 'b',
  kind: 'document-camera',
  driver: 'hid-button',
  transport: 'hid',
  address: 'x',
}

/** From docs/protocols/hid-button.md. */
const down = Uint8Array.of(0xb1, 0x01, 0x01, 0, 0, 0, 0, 0xb1)
const up = Uint8Array.of(0xb1, 0x00, 0x02, 0, 0, 0, 0, 0xb3)
const downAgain = Uint8Array.of(0xb1, 0x01, 0x03, 0, 0, 0, 0, 0xb3)

async function setUp() {
  let say: (bytes: Uint8Array) => void = () => {}
  let end: (reason: CloseReason) => void = () => {}
  const transport: Transport = {
    open: async () => {},
    write: async () => {},
    onData: (listener) => ((say = listener), () => {}),
    onClose: (listener) => ((end = listener), () => {}),
    close: async () => end('asked'),
  }
  const button = hidButton(binding, () => transport)
  const heard: string[] = []
  button.onPressed(() => heard.push('pressed'))
  button.onGone(() => heard.push('gone'))
  await button.acquire(new AbortController().signal)
  return { button, heard, say: (bytes: Uint8Array) => say(bytes), end: (reason: CloseReason) => end(reason) }
}

describe('the shutter button', () => {
  it('tells a press once, when it goes down', async () => {
    const { heard, say } = await setUp()
    say(down)
    expect(heard).toEqual(['pressed'])
    say(up)
    say(downAgain)
    expect(heard).toEqual(['pressed', 'pressed'])
  })

  it('understands reports byte by byte and after garbage', async () => {
    const { heard, say } = await setUp()
    for (const byte of [0xb1, 0x07, 0xff, ...down, ...up]) say(Uint8Array.of(byte))
    expect(heard).toEqual(['pressed'])
  })

  it('takes a repeated report for one press and drops a damaged one', async () => {
    const { heard, say } = await setUp()
    say(down)
    say(down)
    say(up)
    say(Uint8Array.of(...downAgain.subarray(0, 7), 0x00))
    expect(heard).toEqual(['pressed'])
  })

  it('says when it is gone, but not when it was released', async () => {
    const first = await setUp()
    first.end('unplugged')
    expect(first.heard).toEqual(['gone'])
    const second = await setUp()
    await second.button.release()
    expect(second.heard).toEqual([])
  })
})
