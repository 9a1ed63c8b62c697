import { AppError } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { DeviceBinding, DeviceKind, TransportKind } from '#native/capability/device.ts'
import type { DocumentCameraButton } from '#native/capability/document-camera.ts'
import type { FingerprintReader } from '#native/capability/fingerprint-reader.ts'
import type { IrisCamera } from '#native/capability/iris-camera.ts'
import type { LineTracer, TracedPiece } from '#native/capability/trace.ts'
import type { SerialSettings } from '#native/transport/serial.ts'
import type { Transport } from '#native/transport/transport.ts'
import { acr1281s, acr122s } from './acr122s/index.ts'
import { traceAcr122s } from './acr122s/trace.ts'
import { gempcTwin } from './gempc-twin/index.ts'
import { traceGempcTwin } from './gempc-twin/trace.ts'
import { hidButton } from './hid-button/index.ts'
import { traceHidButton } from './hid-button/trace.ts'
import { hidImage } from './hid-image/index.ts'
import { traceHidImage } from './hid-image/trace.ts'
import { hidPos } from './hid-pos/index.ts'
import { traceHidPos } from './hid-pos/trace.ts'
import { pcsc } from './pcsc/index.ts'
import { tracePcsc } from './pcsc/trace.ts'
import { pn532 } from './pn532/index.ts'
import { tracePn532 } from './pn532/trace.ts'
import { sbi, sbiIris } from './sbi/index.ts'
import { serialScanner } from './serial-scanner/index.ts'
import { traceSerialScanner } from './serial-scanner/trace.ts'
import { zfm } from './zfm/index.ts'
import { traceZfm } from './zfm/trace.ts'

export type Device = CardReader | FingerprintReader | IrisCamera | DocumentCameraButton | CodeScanner

/** Makes the line a binding asks for. `settings` concern serial lines only. */
export type OpenTransport = (binding: DeviceBinding, settings?: Omit<SerialSettings, 'path'>) => Transport

/** Told by drivers that have no Transport: what passed, masked. */
export type Note = (piece: TracedPiece) => void

export type Driver = {
  readonly kind: DeviceKind
  readonly transports: readonly TransportKind[]
  /** Touches nothing yet: the line is opened by the device's `acquire`. */
  readonly create: (binding: DeviceBinding, openTransport: OpenTransport, note?: Note) => Device
  /** Cuts what passes over a line of this family into frames and masks it. Without one nothing is kept of its lines. */
  readonly trace?: () => LineTracer
}

export type Drivers = Readonly<Record<string, Driver>>

/** A driver that is told by its line alone; what else it takes is for tests. */
const onLine =
  (make: (binding: DeviceBinding, openTransport: OpenTransport) => Device): Driver['create'] =>
  (binding, openTransport) =>
    make(binding, openTransport)

export const drivers: Drivers = {
  'gempc-twin': {
    kind: 'card-reader',
    transports: ['serial', 'socket'],
    create: onLine(gempcTwin),
    trace: traceGempcTwin,
  },
  acr122s: { kind: 'card-reader', transports: ['serial'], create: onLine(acr122s), trace: traceAcr122s },
  acr1281s: { kind: 'card-reader', transports: ['serial'], create: onLine(acr1281s), trace: traceAcr122s },
  pn532: { kind: 'card-reader', transports: ['serial'], create: onLine(pn532), trace: tracePn532 },
  // The service is shared by all its readers and reached by the driver itself.
  pcsc: {
    kind: 'card-reader',
    transports: ['pcsc'],
    create: (binding, _, note) => pcsc(binding, undefined, note),
    trace: tracePcsc,
  },
  'hid-image': {
    kind: 'fingerprint-scanner',
    transports: ['hid', 'socket'],
    create: onLine(hidImage),
    trace: traceHidImage,
  },
  zfm: { kind: 'fingerprint-scanner', transports: ['serial'], create: onLine(zfm), trace: traceZfm },
  'hid-button': {
    kind: 'document-camera',
    transports: ['hid', 'socket'],
    create: onLine(hidButton),
    trace: traceHidButton,
  },
  'hid-pos': { kind: 'code-scanner', transports: ['hid', 'socket'], create: onLine(hidPos), trace: traceHidPos },
  'serial-scanner': {
    kind: 'code-scanner',
    transports: ['serial'],
    create: onLine(serialScanner),
    trace: traceSerialScanner,
  },
  // Services on this machine, reached by the drivers themselves.
  sbi: {
    kind: 'fingerprint-scanner',
    transports: ['http'],
    create: (binding, _, note) => sbi(binding, undefined, note),
  },
  'sbi-iris': {
    kind: 'iris-camera',
    transports: ['http'],
    create: (binding, _, note) => sbiIris(binding, undefined, note),
  },
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

/** A HID device is `vid:pid` or a hidraw node, any other path of one is a simulator's socket; a serial device lies on a port. */
function transportOf({ transports }: Driver, address: string): TransportKind {
  if (transports.includes('serial')) return 'serial'
  const looksLikeHid =
    /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(address) || !address.includes('/') || address.startsWith('/dev/')
  const likely: TransportKind = looksLikeHid ? 'hid' : 'socket'
  return transports.includes(likely) ? likely : (transports[0] ?? 'serial')
}
