import { readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Listing } from '#native/host/discovery/found.ts'
import type { Transports } from '#native/host/registry.ts'
import { hidTransport } from '#native/transport/hid.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'

/** The lines of the production entry and one more, to simulators on a Unix socket. */
export const transports: Transports = {
  serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }),
  hid: ({ address }) => hidTransport(address),
  socket: ({ address }) => socketTransport(address),
}

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

export const listings: readonly Listing[] = portsFolder === undefined ? [] : [simulatedPorts]
