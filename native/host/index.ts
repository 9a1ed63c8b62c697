import { hidTransport } from '#native/transport/hid.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { runHost } from './run-host.ts'

runHost(import.meta.url, {
  serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }),
  hid: ({ address }) => hidTransport(address),
})
