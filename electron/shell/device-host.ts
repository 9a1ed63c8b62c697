import { join } from 'node:path'
import type { HostProcess } from '#core/devices/index.ts'
import { app, utilityProcess } from 'electron'

/**
 * Starts the device process. A development build has a second entry that also opens socket transports, for the
 * simulators; it is left out of packages, and a packaged program never looks for it.
 */
export function forkDeviceHost(mainFolder: string, needs: { readonly sockets: boolean }): HostProcess {
  const entry = !app.isPackaged && needs.sockets ? 'device-host-development.js' : 'device-host.js'
  const child = utilityProcess.fork(join(mainFolder, entry), [], { serviceName: 'device-host', stdio: 'inherit' })
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(code))
    },
    kill: () => {
      child.kill()
    },
  }
}
