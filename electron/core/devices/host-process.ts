import type { HostEventName, HostEvents, HostMessage, HostRequest } from '#native/capability/host.ts'

/** One running device-host process, whoever forked it. `onExit` is called once, also when the start itself failed. */
export type HostProcess = {
  send(message: HostRequest): void
  onMessage(listener: (message: HostMessage) => void): void
  onExit(listener: (code: number | null) => void): void
  /** Ends it at once; it may hang. */
  kill(): void
}

export type HostEvent = {
  [Name in HostEventName]: { readonly name: Name; readonly data: HostEvents[Name] }
}[HostEventName]

/** `restarting` also covers the first start; `failed` lasts until someone asks for the host again. */
export type HostState = 'running' | 'restarting' | 'failed'
