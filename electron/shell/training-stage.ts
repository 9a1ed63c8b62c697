import { join } from 'node:path'
import type { HandsProcess } from '#core/training/hands.ts'
import { utilityProcess } from 'electron'

/** Starts the simulated devices of the training program in a folder, as a process of their own. Only its build holds them. */
export function forkTrainingStage(mainFolder: string, folder: string): HandsProcess {
  const entry = join(mainFolder, 'training-stage.js')
  const child = utilityProcess.fork(entry, [folder], { serviceName: 'training-stage', stdio: 'inherit' })
  return {
    send: (request) => child.postMessage(request),
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', () => listener())
    },
    kill: () => {
      child.kill()
    },
  }
}
