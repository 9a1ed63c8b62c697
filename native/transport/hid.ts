import { AppError } from '#domain/failure/index.ts'
import type { HIDAsync } from 'node-hid'
import type { CloseReason, Transport } from './transport.ts'

type NodeHid = typeof import('node-hid')

/** Devices that use no report numbers: hidapi takes a 0 before each output report and passes input reports bare. */
const UNNUMBERED = 0

/**
 * A line to a HID device with unnumbered reports, through node-hid. `address` is a hidraw path or `vid:pid` in
 * hexadecimal. One `write` is one output report without its report id; `onData` delivers whole input reports.
 */
export function hidTransport(address: string, load: () => Promise<NodeHid> = loadNodeHid): Transport {
  const dataListeners = new Set<(bytes: Uint8Array) => void>()
  const closeListeners = new Set<(reason: CloseReason) => void>()
  let device: HIDAsync | undefined
  let opening = false
  let closing: Promise<void> | undefined
  let held = false

  /** Ends the line once, whoever noticed first. The native handle is closed while our listeners are still on:
   * taking the last 'data' listener off makes node-hid call into the handle on the next tick, after it is gone. */
  function end(reason: CloseReason): Promise<void> {
    const handle = device
    if (!handle) return closing ?? Promise.resolve()
    device = undefined
    closing = handle.close().then(
      () => undefined,
      () => undefined,
    )
    return closing.then(() => {
      for (const listener of closeListeners) listener(reason)
    })
  }

  return {
    async open(signal) {
      if (signal.aborted) throw new AppError('CANCELLED', 'hid.open')
      if (device || opening) throw new AppError('DEVICE_BUSY', 'hid.open')
      opening = true
      try {
        await closing
        const handle = await openDevice(await loaded(load), address)
        if (signal.aborted) {
          await handle.close()
          throw new AppError('CANCELLED', 'hid.open')
        }
        device = handle
        held = false
        handle.on('data', (bytes: Uint8Array) => {
          if (device !== handle || held) return
          for (const listener of dataListeners) listener(bytes)
        })
        handle.on('error', () => {
          if (device === handle) void end('unplugged')
        })
      } finally {
        opening = false
      }
    },

    async write(bytes, signal) {
      if (signal.aborted) throw new AppError('CANCELLED', 'hid.write')
      if (!device) throw new AppError('DEVICE_GONE', 'hid.write')
      const report = Buffer.alloc(bytes.length + 1)
      report[0] = UNNUMBERED
      report.set(bytes, 1)
      try {
        await device.write(report)
      } catch (cause) {
        await end('unplugged')
        throw new AppError('DEVICE_GONE', 'hid.write', { cause })
      }
    },

    onData(listener) {
      dataListeners.add(listener)
      return () => dataListeners.delete(listener)
    },

    onClose(listener) {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },

    // The system keeps the last reports only, and so nothing more is lost by letting these go.
    hold: (on) => void (held = on),

    close: () => end('asked'),
  }
}

async function loaded(load: () => Promise<NodeHid>): Promise<NodeHid> {
  try {
    const nodeHid = await load()
    // The binding itself is loaded by the first call, not by the import: this is where a missing libudev shows.
    nodeHid.getHidapiVersion()
    return nodeHid
  } catch (cause) {
    throw new AppError('TRANSPORT_MISSING', 'hid.open', { cause })
  }
}

async function loadNodeHid(): Promise<NodeHid> {
  const module = await import('node-hid')
  // A CommonJS module: its names are not always found by the loader, its default export always is.
  return 'default' in module ? module.default : module
}

async function openDevice(nodeHid: NodeHid, address: string): Promise<HIDAsync> {
  const path = await pathOf(nodeHid, address)
  try {
    return await nodeHid.HIDAsync.open(path)
  } catch (cause) {
    const known = (await nodeHid.devicesAsync()).some((info) => info.path === path)
    throw new AppError(known ? 'DEVICE_BUSY' : 'DEVICE_ABSENT', 'hid.open', { cause })
  }
}

async function pathOf(nodeHid: NodeHid, address: string): Promise<string> {
  const ids = /^([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(address)
  if (!ids) return address
  const [vendor, product] = [parseInt(ids[1]!, 16), parseInt(ids[2]!, 16)]
  const found = await nodeHid.devicesAsync()
  const path = found.find((info) => info.vendorId === vendor && info.productId === product)?.path
  if (!path) throw new AppError('DEVICE_ABSENT', 'hid.open', { context: { address } })
  return path
}
