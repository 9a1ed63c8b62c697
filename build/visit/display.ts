import { spawn } from 'node:child_process'

/** Starts an X server wide enough for two displays side by side, on a free number; for machines without a screen. */
export async function startDisplay(
  width: number,
  height: number,
): Promise<{ readonly name: string; stop(): Promise<void> }> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const number = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString('ascii').trim()))
    void exited.then(() => reject(new Error('Xvfb ended before it was ready')))
  })
  return {
    name: `:${number}`,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
