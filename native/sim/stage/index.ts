import { fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FingerPosition } from '#domain/biometrics/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { PrintedCard } from './card.ts'
import type { StageAnswer, StageCommand, StageFigures } from './commands.ts'
import { fileNames } from './file-names.ts'
import type { StageScanner } from './scanners.ts'
import type { Scene } from './scenes.ts'

export type { PrintedCard } from './card.ts'
export type { StageFigures } from './commands.ts'
export { fileNames } from './file-names.ts'
export { scenes, type Scene } from './scenes.ts'

/** The hands of the person at the desk. Every act rejects with the stage's own message when it is refused. */
export type Stage = {
  readonly devices: readonly DeviceBinding[]
  readonly card: PrintedCard
  insertCard(): Promise<void>
  removeCard(): Promise<void>
  /** Pulls the card reader's cable, and puts it back. */
  unplugReader(): Promise<void>
  plugReader(): Promise<void>
  /** The person's own, or with a seed somebody else's, until others are placed. */
  placeFingers(seed?: number): Promise<void>
  liftFingers(): Promise<void>
  /** One finger on the fingerprint module; of another invented person when a seed says so. */
  placeFinger(finger: FingerPosition, person?: number): Promise<void>
  liftFinger(): Promise<void>
  unplugModule(): Promise<void>
  plugModule(): Promise<void>
  pressShutter(): Promise<void>
  /** Holds a code before a scanner: that of the card unless another text, or its bytes, are given. */
  scan(device: StageScanner, code?: string | Uint8Array): Promise<void>
  /** The serial scanner's cable. */
  unplugScanner(): Promise<void>
  plugScanner(): Promise<void>
  /** What the camera sees when it is opened next. */
  show(scene: Scene): Promise<void>
  /**
   * `NAME@DEVICE`; stays on until it is taken off, except for the card reader, the fingerprint module and the serial
   * scanner, whose faults use themselves up, and for what people do at the scanner in so many captures (`wrong-hand:2@fingerprint`).
   */
  addFault(fault: string): Promise<void>
  takeFaultOff(fault: string): Promise<void>
  figures(): Promise<StageFigures>
  /** Ends the line to the stage, not the stage. */
  close(): void
}

/** Connects to the simulators that run in `dir`. */
export async function stage(dir: string): Promise<Stage> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(dir, name), 'utf8'))
  const devices = (await read(fileNames.devices)) as readonly DeviceBinding[]
  const card = (await read(fileNames.card)) as PrintedCard
  const socket = createConnection(join(dir, fileNames.control))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  const waiting = new Map<number, (answer: StageAnswer) => void>()
  let lastId = 0
  createInterface({ input: socket }).on('line', (line) => {
    const answer = JSON.parse(line) as StageAnswer
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const [id, settle] of waiting) settle({ id, ok: false, error: 'the simulators have ended' })
    waiting.clear()
  })

  async function act(command: StageCommand): Promise<StageFigures | undefined> {
    const id = ++lastId
    const answer = await new Promise<StageAnswer>((resolve) => {
      if (!socket.writable) return resolve({ id, ok: false, error: 'the simulators have ended' })
      waiting.set(id, resolve)
      socket.write(`${JSON.stringify({ id, command })}\n`)
    })
    if (!answer.ok) throw new Error(answer.error)
    return answer.value
  }
  const simply = async (command: StageCommand) => void (await act(command))

  return {
    devices,
    card,
    insertCard: () => simply({ do: 'insert-card' }),
    removeCard: () => simply({ do: 'remove-card' }),
    unplugReader: () => simply({ do: 'unplug-reader' }),
    plugReader: () => simply({ do: 'plug-reader' }),
    placeFingers: (seed) => simply({ do: 'place-fingers', ...(seed === undefined ? {} : { seed }) }),
    liftFingers: () => simply({ do: 'lift-fingers' }),
    placeFinger: (finger, person) =>
      simply({ do: 'place-finger', finger, ...(person === undefined ? {} : { person }) }),
    liftFinger: () => simply({ do: 'lift-finger' }),
    unplugModule: () => simply({ do: 'unplug-module' }),
    plugModule: () => simply({ do: 'plug-module' }),
    pressShutter: () => simply({ do: 'press-shutter' }),
    scan: (device, code) =>
      simply({
        do: 'scan',
        device,
        ...(typeof code === 'string' ? { text: code } : code ? { hex: Buffer.from(code).toString('hex') } : {}),
      }),
    unplugScanner: () => simply({ do: 'unplug-scanner' }),
    plugScanner: () => simply({ do: 'plug-scanner' }),
    show: (scene) => simply({ do: 'show', scene }),
    addFault: (fault) => simply({ do: 'add-fault', fault }),
    takeFaultOff: (fault) => simply({ do: 'take-fault-off', fault }),
    figures: async () => (await act({ do: 'figures' })) ?? { cardReaderMs: 0, fingerprintMs: 0 },
    close: () => void socket.destroy(),
  }
}

/** Runs `npm run simulate` as a child that ends with this process, and connects to it. */
export async function startSimulators(
  dir: string,
  options: { readonly arguments?: readonly string[] } = {},
): Promise<Stage & { readonly pid: number; stop(): Promise<void> }> {
  const entry = join(import.meta.dirname, '../index.ts')
  const child = fork(entry, ['--dir', dir, ...(options.arguments ?? [])], {
    // Not what this process was started with.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { stdout, pid } = child
  if (!stdout || pid === undefined) throw new Error('the simulators did not start')
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (line === 'ready') resolve()
    })
    void exited.then(() => reject(new Error('the simulators ended before they were ready')))
  })
  const line = await stage(dir)
  return {
    ...line,
    pid,
    async stop() {
      line.close()
      child.kill('SIGTERM')
      await exited
    },
  }
}
