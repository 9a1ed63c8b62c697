import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { hidTransport } from '#native/transport/hid.ts'

const never = new AbortController().signal

/** A handle of node-hid that remembers what was done to it, and breaks when it is used after its end as node-hid does. */
class FakeHandle extends EventEmitter {
  readonly written: Buffer[] = []
  readonly acts: string[] = []
  broken = false

  async write(bytes: Buffer): Promise<number> {
    if (this.broken) throw new Error('cannot write to the device')
    this.written.push(bytes)
    return bytes.length
  }

  async close(): Promise<void> {
    this.acts.push(`close with ${this.listenerCount('data')} listening`)
  }
}

function fakeNodeHid(handle: FakeHandle, devices: readonly object[] = [], refuse = false) {
  const opened: string[] = []
  const module = {
    getHidapiVersion: () => '0',
    devicesAsync: async () => devices,
    HIDAsync: {
      open: async (path: string) => {
        if (refuse) throw new Error('cannot open')
        opened.push(path)
        return handle
      },
    },
  }
  return { load: async () => module as unknown as typeof import('node-hid'), opened }
}

const scanner = { vendorId: 0x1209, productId: 0x0001, path: '/dev/hidraw7' }

describe('the HID transport', () => {
  it('finds a device by its vendor and product number', async () => {
    const { load, opened } = fakeNodeHid(new FakeHandle(), [
      { ...scanner, productId: 2, path: '/dev/hidraw1' },
      scanner,
    ])
    await hidTransport('1209:0001', load).open(never)
    expect(opened).toEqual(['/dev/hidraw7'])
  })

  it('puts the report number 0 before what it writes and passes on what it reads as it is', async () => {
    const handle = new FakeHandle()
    const transport = hidTransport('/dev/hidraw7', fakeNodeHid(handle).load)
    const read: Uint8Array[] = []
    transport.onData((bytes) => read.push(bytes))
    await transport.open(never)
    await transport.write(Uint8Array.of(1, 2), never)
    handle.emit('data', Buffer.of(3, 4))
    expect(handle.written).toEqual([Buffer.of(0, 1, 2)])
    expect(read).toEqual([Buffer.of(3, 4)])
  })

  it('calls a device that is not there absent and one that does not open busy', async () => {
    const absent = hidTransport('1209:0001', fakeNodeHid(new FakeHandle()).load)
    await expect(absent.open(never)).rejects.toMatchObject({ code: 'DEVICE_ABSENT' })
    const noPath = hidTransport('/dev/hidraw9', fakeNodeHid(new FakeHandle(), [scanner], true).load)
    await expect(noPath.open(never)).rejects.toMatchObject({ code: 'DEVICE_ABSENT' })
    const taken = hidTransport('1209:0001', fakeNodeHid(new FakeHandle(), [scanner], true).load)
    await expect(taken.open(never)).rejects.toMatchObject({ code: 'DEVICE_BUSY' })
  })

  it('says that the transport is missing when the native module does not load', async () => {
    const load = () => Promise.reject(new Error('libudev.so.1: cannot open shared object file'))
    await expect(hidTransport('/dev/hidraw7', load).open(never)).rejects.toMatchObject({ code: 'TRANSPORT_MISSING' })
  })

  it('is told once that the device was unplugged, and closes the handle before it stops listening', async () => {
    const handle = new FakeHandle()
    const transport = hidTransport('/dev/hidraw7', fakeNodeHid(handle).load)
    const reasons: string[] = []
    const closed = new Promise<void>((resolve) => {
      transport.onClose((reason) => {
        reasons.push(reason)
        resolve()
      })
    })
    await transport.open(never)
    handle.emit('error', new Error('could not read from HID device'))
    handle.emit('error', new Error('could not read from HID device'))
    await closed
    await transport.close()
    expect(reasons).toEqual(['unplugged'])
    expect(handle.acts).toEqual(['close with 1 listening'])
    await expect(transport.write(Uint8Array.of(1), never)).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  })

  it('closes once however often it is asked, and opens again', async () => {
    const handle = new FakeHandle()
    const { load, opened } = fakeNodeHid(handle)
    const transport = hidTransport('/dev/hidraw7', load)
    const reasons: string[] = []
    transport.onClose((reason) => reasons.push(reason))
    await transport.close()
    await transport.open(never)
    await Promise.all([transport.close(), transport.close()])
    await transport.close()
    expect(reasons).toEqual(['asked'])
    await transport.open(never)
    expect(opened).toHaveLength(2)
  })

  it('says that the device is gone when a write fails', async () => {
    const handle = new FakeHandle()
    const transport = hidTransport('/dev/hidraw7', fakeNodeHid(handle).load)
    const reasons: string[] = []
    transport.onClose((reason) => reasons.push(reason))
    await transport.open(never)
    handle.broken = true
    await expect(transport.write(Uint8Array.of(1), never)).rejects.toMatchObject({ code: 'DEVICE_GONE' })
    expect(reasons).toEqual(['unplugged'])
  })
})
