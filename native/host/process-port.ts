import type { HostRequest } from '#native/capability/host.ts'
import type { HostPort } from './start-host.ts'

/** The port that Electron gives a utility process; plain Node has none. */
type UtilityPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** The line to whoever forked this process. `onLost` is called when that one is gone. */
export function processPort(onLost: () => void): HostPort {
  const utility = (process as { parentPort?: UtilityPort }).parentPort
  if (utility) {
    return {
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data as HostRequest)),
    }
  }
  if (!process.send) throw new TypeError('the device host is started by the program, not by hand')
  process.on('disconnect', onLost)
  return {
    // A message that cannot be delivered is followed by the disconnect.
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', (message) => listener(message as HostRequest)),
  }
}
