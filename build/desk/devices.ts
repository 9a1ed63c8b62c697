import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { deviceKinds, transportKinds, type DeviceBinding, type DeviceStatus } from '#native/capability/device.ts'
import { parseBinding } from '#native/drivers/index.ts'
import { aligned } from './aligned.ts'
import { asUsage, given, readWords, UsageError } from './command-line.ts'
import type { Command } from './index.ts'
import { withHost } from './with-host.ts'

const bindingsFile = z.array(
  z.object({
    id: z.string().min(1),
    kind: z.enum(deviceKinds),
    driver: z.string().min(1),
    transport: z.enum(transportKinds),
    address: z.string().min(1),
    settings: z.record(z.string(), z.string()).exactOptional(),
  }),
)

const usualFile = 'devices.json'

/** Cameras are the window's own and are not listed: no host can tell their state. */
export const devices: Command = async (args, signal) => {
  const words = readWords(args, ['devices', 'device'])
  const bindings = await readBindings(given(words, 'devices'), given(words, 'device'))
  const seen = new Map<string, DeviceStatus>()
  let look = () => {}
  const statuses = await withHost(
    async (host) => {
      for (const status of await host.call('devices.bind', { bindings }, signal)) {
        if (!seen.has(status.id)) seen.set(status.id, status)
      }
      await new Promise<void>((resolve, reject) => {
        look = () => [...seen.values()].every(({ state }) => state !== 'opening') && resolve()
        look()
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      })
      return host.call('devices.list', {}, signal)
    },
    (event) => {
      if (event.name !== 'deviceChanged') return
      seen.set(event.data.id, event.data)
      look()
    },
  )
  return {
    value: statuses,
    text: aligned(
      statuses.map(({ id, state, driver, address, model, problem }) => [
        id,
        state,
        driver,
        address,
        problem ?? model ?? '',
      ]),
    ),
  }
}

/** Those of a devices.json, or the one that `DRIVER:ADDRESS` says. Throws UsageError. */
export async function readBindings(
  file: string | undefined,
  single: string | undefined,
): Promise<readonly DeviceBinding[]> {
  if (single !== undefined) {
    if (file !== undefined) throw new UsageError('--devices and --device exclude each other')
    return [asUsage(() => parseBinding(single, 'device'))]
  }
  if (file === undefined && !existsSync(usualFile)) return []
  const path = file ?? usualFile
  try {
    return bindingsFile.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    throw new UsageError(`${path} is not a readable list of devices`)
  }
}
