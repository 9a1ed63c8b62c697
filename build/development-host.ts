import { readdirSync, realpathSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import type { Listing } from '#native/host/discovery/found.ts'
import { runHost } from '#native/host/run-host.ts'
import { hidTransport } from '#native/transport/hid.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'

/** The simulators' folder: its links to pseudo-terminals count as serial ports that are plugged in. */
const portsFolder = process.env['QCC_DEVELOPMENT_PORTS']
const simulatedPorts: Listing = {
  transport: 'serial',
  list: async () =>
    readdirSync(portsFolder ?? '')
      .filter((name) => !name.endsWith('.device'))
      .map((name) => join(portsFolder ?? '', name))
      .filter(isPseudoTerminal)
      .map((path) => ({ key: `serial:${path}`, transport: 'serial', address: path, path, product: 'simulated' })),
}

function isPseudoTerminal(path: string): boolean {
  try {
    return realpathSync(path).startsWith('/dev/pts/')
  } catch {
    return false
  }
}

// The production entry with one line more, to simulators on a Unix socket, and their ports. It is never packaged.
runHost(
  import.meta.url,
  {
    serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }),
    hid: ({ address }) => hidTransport(address),
    socket: ({ address }) => socketTransport(address),
  },
  portsFolder === undefined ? [] : [simulatedPorts],
)
// It is always killed, and keeps nothing then that would make the start of the next one cheaper.
flushCompileCache()
