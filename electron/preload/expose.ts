import { callsFrom, eventsTo, wireName, type Failure, type Result, type Role } from '#contract/index.ts'
import { contextBridge, ipcRenderer } from 'electron'

const unreachable: Failure = { code: 'INTERNAL', step: 'preload.invoke', retriable: false, context: {} }

/** Gives the page `window.desk` with the calls and events of its role, and nothing else. */
export function exposeDesk(role: Role): void {
  const call = Object.fromEntries(
    callsFrom(role).map((name) => [
      name,
      (input: unknown): Promise<Result<unknown>> =>
        ipcRenderer.invoke(wireName(name), input).catch(() => ({ ok: false as const, error: unreachable })),
    ]),
  )
  const on = Object.fromEntries(
    eventsTo(role).map((name) => [
      name,
      (listener: (data: unknown) => void) => {
        // The event object carries the sender and stays on this side.
        const handle = (_event: unknown, data: unknown) => listener(data)
        ipcRenderer.on(wireName(name), handle)
        return () => {
          ipcRenderer.removeListener(wireName(name), handle)
        }
      },
    ]),
  )
  contextBridge.exposeInMainWorld('desk', { call, on })
}
