import { readFileSync, realpathSync } from 'node:fs'
import { deviceKind, transportKind } from '#contract/common.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { z } from 'zod'

const binding = z.object({
  id: z.string().min(1).max(60),
  kind: deviceKind,
  driver: z.string().max(60),
  transport: transportKind,
  address: z.string().max(1024),
  settings: z.record(z.string().max(60), z.string().max(200_000)).exactOptional(),
}) satisfies z.ZodType<DeviceBinding>

/**
 * The devices of this station, from devices.json. No file: none are bound yet. What is not readable, the whole file or
 * one of its devices, is said and passed over.
 */
export function readBindings(path: string): readonly DeviceBinding[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return []
  }
  const entries = parseEntries(text)
  const bindings = entries && bindingsOf(entries)
  if (bindings?.length !== entries?.length || !entries) {
    process.stderr.write(
      'devices.json: không đúng dạng danh sách thiết bị; bỏ qua. Xem docs/protocols/device-host.md\n',
    )
  }
  return bindings ?? []
}

/** The list in a devices.json as it stands there, whatever is in it; undefined when it is no list. */
export function parseEntries(text: string): readonly unknown[] | undefined {
  try {
    // Some editors write a mark of the byte order.
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''))
    return Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** The entries that are devices; what they hold beside that is left out. */
export function bindingsOf(entries: readonly unknown[]): readonly DeviceBinding[] {
  return entries.flatMap((entry) => {
    const parsed = binding.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}

/** Sealed files and screens must say when a device is not a real one: a development socket, a pseudo-terminal, a film. */
export function isSimulated({ transport, address, settings }: DeviceBinding): boolean {
  if (transport === 'socket') return true
  // An SBI device that is registered for something else than production.
  if (transport === 'http') return (settings?.['env'] ?? 'Production') !== 'Production'
  if (transport === 'browser') return /\.(?:mjpeg|y4m)$/u.test(address)
  try {
    return transport === 'serial' && realpathSync(address).startsWith('/dev/pts/')
  } catch {
    return false
  }
}
