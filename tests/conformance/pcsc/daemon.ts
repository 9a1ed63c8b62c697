import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, vi } from 'vitest'

const driver = '/usr/lib/pcsc/drivers/serial/libccidtwin.so'

const run = promisify(execFile)

export type PcscDaemon = {
  /** For `PCSCLITE_CSOCK_NAME`: how clients in this process, and its children, find it. */
  readonly socket: string
  /** Everything it said so far. */
  said(): string
  stop(): Promise<void>
}

/**
 * pcscd with Debian's unmodified libccidtwin, which takes the simulated reader at `linkPath` for a real one. It has its
 * own /run/pcscd in a mount namespace, so that several can run side by side. Runs as root, as pcscd does.
 */
export async function startDaemon(folder: string, readers: Readonly<Record<string, string>>): Promise<PcscDaemon> {
  // pcscd asks a serial reader once, with little patience: on a busy machine it may have to be started again.
  for (let left = 3; ; left--) {
    try {
      return await tryDaemon(folder, readers)
    } catch (error) {
      if (left === 1) throw error
    }
  }
}

async function tryDaemon(folder: string, readers: Readonly<Record<string, string>>): Promise<PcscDaemon> {
  const configuration = await mkdtemp(join(folder, 'conf-'))
  for (const [name, linkPath] of Object.entries(readers)) {
    const entry = `FRIENDLYNAME "${name}"\nDEVICENAME ${linkPath}:GemPCTwin\nLIBPATH ${driver}\n`
    await writeFile(join(configuration, name.replaceAll(/\W/g, '-')), entry)
  }
  await mkdir('/run/pcscd', { recursive: true })
  const inside = 'mount -t tmpfs none /run/pcscd && exec pcscd --foreground --debug --apdu --config "$0"'
  // Into a file: it writes more than a pipe holds, and a call that has to wait for it would keep this process from reading.
  const log = `${configuration}.log`
  const output = openSync(log, 'w')
  const daemon = spawn('unshare', ['--mount', 'sh', '-c', inside, configuration], { stdio: ['ignore', output, output] })
  closeSync(output)
  const said = () => readFileSync(log, 'utf8')
  const exited = new Promise<void>((resolve) => daemon.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    daemon.once('error', () => reject(new Error('unshare is not installed (Debian package util-linux)')))
    void exited.then(() => reject(new Error(`pcscd ended (Debian package pcscd): ${said().slice(-600)}`)))
    void vi
      .waitFor(() => expect(said()).toContain('daemon ready'), { timeout: 20_000, interval: 10 })
      .then(resolve, reject)
  })
  const socket = `/proc/${daemon.pid}/root/run/pcscd/pcscd.comm`
  // A client that comes before the readers are set up is kept waiting, and with it the simulator in the same process.
  const listed = vi.waitFor(
    async () => {
      const env = { ...process.env, PCSCLITE_CSOCK_NAME: socket }
      const { stdout } = await run('opensc-tool', ['--list-readers'], { timeout: 20_000, env })
      for (const name of Object.keys(readers)) expect(stdout).toContain(name)
    },
    { timeout: 8000, interval: 100 },
  )
  await listed.catch(async (error: unknown) => {
    await end(daemon, exited)
    throw error
  })
  return {
    socket,
    said,
    stop: () => end(daemon, exited),
  }
}

async function end(daemon: ChildProcess, exited: Promise<void>): Promise<void> {
  if (daemon.exitCode === null) daemon.kill()
  await exited
}
