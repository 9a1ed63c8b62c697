import { contract, isCall, wireName, type Channel, type Role } from '#contract/index.ts'
import { answerCall, type Core } from '#core/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { ipcMain, type IpcMainInvokeEvent } from 'electron'

/** Connects every call of the contract to core. `roleOf` knows the role of a window by its contents' id. */
export function serveCalls(core: Core, roleOf: (contentsId: number) => Role | undefined): void {
  for (const [name, channel] of Object.entries(contract) as [string, Channel][]) {
    if (!isCall(channel)) continue
    ipcMain.handle(wireName(name), (event, input: unknown) => {
      const role = senderRole(event, roleOf)
      if (!role) return { ok: false, error: new AppError('NOT_ALLOWED', `call.${name}`).toFailure() }
      return answerCall(core.handlers, name, role, input)
    })
  }
}

/** The role of the calling window, if the call comes from its main frame and that frame still shows our own page. */
function senderRole(event: IpcMainInvokeEvent, roleOf: (contentsId: number) => Role | undefined): Role | undefined {
  const role = roleOf(event.sender.id)
  const frame = event.senderFrame
  if (!role || !frame || frame !== event.sender.mainFrame) return undefined
  return frame.url.startsWith(`app://${role}/`) ? role : undefined
}
