import { AppError } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { DeviceBinding, DeviceKind, TransportKind } from '#native/capability/device.ts'
import type { DocumentCameraButton } from '#native/capability/document-camera.ts'
import type { FingerprintReader } from '#native/capability/fingerprint-reader.ts'
import type { IrisCamera } from '#native/capability/iris-camera.ts'
import type { SerialSettings } from '#native/transport/serial.ts'
import type { Transport } from '#native/transport/transport.ts'
import { acr1281s, acr122s } from './acr122s/index.ts'
import { gempcTwin } from './gempc-twin/index.ts'
import { hidButton } from './hid-button/index.ts'
import { hidImage } from './hid-image/index.ts'
import { hidPos } from './hid-pos/index.ts'
import { pcsc } from './pcsc/index.ts'
import { pn532 } from './pn532/index.ts'
import { sbi, sbiIris } from './sbi/index.ts'
import { serialScanner } from './serial-scanner/index.ts'
import { zfm } from './zfm/index.ts'

export type Device = CardReader | FingerprintReader | IrisCamera | DocumentCameraButton | CodeScanner

/** Makes the line a binding asks for. `settings` concern serial lines only. */
export type OpenTransport = (binding: DeviceBinding, settings?: Omit<SerialSettings, 'path'>) => Transport

export type Driver = {
  readonly kind: DeviceKind
  readonly transports: readonly TransportKind[]
  /** Touches nothing yet: the line is opened by the device's `acquire`. */
  readonly create: (binding: DeviceBinding, openTransport: OpenTransport) => Device
}

export type Drivers = Readonly<Record<string, Driver>>

export const drivers: Drivers = {
  'gempc-twin': { kind: 'card-reader', transports: ['serial'], create: gempcTwin },
  acr122s: { kind: 'card-reader', transports: ['serial'], create: acr122s },
  acr1281s: { kind: 'card-reader', transports: ['serial'], create: acr1281s },
  pn532: { kind: 'card-reader', transports: ['serial'], create: pn532 },
  // The service is shared by all its readers and reached by the driver itself.
  pcsc: { kind: 'card-reader', transports: ['pcsc'], create: (binding) => pcsc(binding) },
  'hid-image': { kind: 'fingerprint-scanner', transports: ['hid', 'socket'], create: hidImage },
  zfm: { kind: 'fingerprint-scanner', transports: ['serial'], create: zfm },
  'hid-button': { kind: 'document-camera', transports: ['hid', 'socket'], create: hidButton },
  'hid-pos': { kind: 'code-scanner', transports: ['hid', 'socket'], create: hidPos },
  'serial-scanner': { kind: 'code-scanner', transports: ['serial'], create: serialScanner },
  // Services on this machine, reached by the drivers themselves.
  sbi: { kind: 'fingerprint-scanner', transports: ['http'], create: (binding) => sbi(binding) },
  'sbi-iris': { kind: 'iris-camera', transports: ['http'], create: (binding) => sbiIris(binding) },
}

/**
 * Reads `DRIVER:ADDRESS` as it is typed: `gempc-twin:/dev/ttyUSB0`, `hid-image:04b4:8613`, `hid-image:/tmp/scanner.sock`.
 * Throws DEVICE_UNKNOWN for a driver that is not there and USAGE when the address is missing.
 */
export function parseBinding(text: string, id: string): DeviceBinding {
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  const address = colon < 0 ? '' : text.slice(colon + 1)
  const driver = Object.hasOwn(drivers, name) ? drivers[name] : undefined
  if (!driver)
    throw new AppError('DEVICE_UNKNOWN', 'devices.bind', { context: { known: Object.keys(drivers).join(' ') } })
  if (address === '') throw new AppError('USAGE', 'devices.bind', { context: { expected: 'DRIVER:ADDRESS' } })
  return { id, kind: driver.kind, driver: name, transport: transportOf(driver, address), address }
}

/** A HID device is `vid:pid` or a hidraw node; any other path is a simulator's socket. */
function transportOf({ transports }: Driver, address: string): TransportKind {
  const looksLikeHid =
    /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(address) || !address.includes('/') || address.startsWith('/dev/')
  const likely: TransportKind = looksLikeHid ? 'hid' : 'socket'
  return transports.includes(likely) ? likely : (transports[0] ?? 'serial')
}
