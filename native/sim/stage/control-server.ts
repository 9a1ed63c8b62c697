import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { stageCommand, stageRequest, type StageAnswer, type StageCommand, type StageFigures } from './commands.ts'

/** Answers the commands of `commands.ts` on a Unix socket, one after the other. */
export async function serveControl(path: string, act: (command: StageCommand) => Promise<StageFigures | void>) {
  const lines = new Set<Socket>()

  async function answer(text: string): Promise<StageAnswer> {
    let id = 0
    try {
      const request = stageRequest.parse(JSON.parse(text))
      id = request.id
      const value = await act(stageCommand.parse(request.command))
      return value === undefined ? { id, ok: true } : { id, ok: true, value }
    } catch (error) {
      return { id, ok: false, error: error instanceof Error ? error.message : 'unknown' }
    }
  }

  const server = createServer((socket) => {
    lines.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => lines.delete(socket))
    let last: Promise<unknown> = Promise.resolve()
    createInterface({ input: socket }).on('line', (text) => {
      last = last.then(async () => socket.write(`${JSON.stringify(await answer(text))}\n`))
    })
  })
  await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })

  return {
    async stop() {
      for (const line of lines) line.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(path, { force: true })
    },
  }
}
