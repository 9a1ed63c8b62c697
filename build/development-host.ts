import { runHost } from '#native/host/run-host.ts'
import { hidTransport } from '#native/transport/hid.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'

// The production entry with one more line, to simulators on a Unix socket. It is never packaged.
runHost(import.meta.url, {
  serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }),
  hid: ({ address }) => hidTransport(address),
  socket: ({ address }) => socketTransport(address),
})
