import { join } from 'node:path'
import { connectHost, forkWithNode, type DeviceHost, type HostEvent } from '#core/devices/index.ts'

const entry = join(import.meta.dirname, '../development-host.ts')

/** Runs one act over a device host of its own, which ends with it. */
export async function withHost<T>(
  act: (host: DeviceHost) => Promise<T>,
  onEvent: (event: HostEvent) => void = () => {},
): Promise<T> {
  const host = connectHost({ fork: () => forkWithNode(entry), onEvent })
  try {
    return await act(host)
  } finally {
    await host.close()
  }
}
