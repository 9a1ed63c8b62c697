import { readFileSync, realpathSync } from 'node:fs'
import type { DeviceBinding } from '#native/capability/device.ts'
import { z } from 'zod'

const binding = z.strictObject({
  id: z.string().min(1).max(60),
  kind: z.enum([
    'card-reader',
    'fingerprint-scanner',
    'iris-camera',
    'document-camera',
    'portrait-camera',
    'code-scanner',
    'signature-pad',
  ]),
  driver: z.string().max(60),
  transport: z.enum(['serial', 'hid', 'pcsc', 'http', 'socket', 'browser']),
  address: z.string().max(1024),
  settings: z.record(z.string().max(60), z.string().max(200_000)).exactOptional(),
}) satisfies z.ZodType<DeviceBinding>

/** The devices of this station, from devices.json. No file: none are bound yet. A bad file is said and passed over. */
export function readBindings(path: string): readonly DeviceBinding[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return []
  }
  try {
    return z.array(binding).parse(JSON.parse(text))
  } catch {
    process.stderr.write(
      'devices.json: không đúng dạng danh sách thiết bị; bỏ qua. Xem docs/protocols/device-host.md\n',
    )
    return []
  }
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
