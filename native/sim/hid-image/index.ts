import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import type { HidImageFault } from './faults.ts'
import { drawBeforehand, type Hand } from './platen.ts'
import { PICTURES_A_SECOND } from './sensor.ts'
import { createScanner, type ScannerWorld, type TransferFigures } from './scanner.ts'

export { hidImageFaults, parseHidImageFault, type HidImageFault } from './faults.ts'
export { officerSeed, type Person } from './people.ts'
export type { Hand } from './platen.ts'
export type { TransferFigures } from './scanner.ts'

/** Raw capacity of the simulated link in bytes per second, 64 bytes each 125 µs. */
export const LINK_BYTES_PER_SECOND = 512_000

export type HidImageSimulator = {
  readonly address: string
  /** Puts another hand down, or none. */
  place(hand: Hand | null): void
  /** Draws a hand that will be put down: a real one takes no time to come into being. */
  foresee(hand: Hand): void
  /** For so many captures, or until it is taken off with the function that this returns. */
  addFault(fault: HidImageFault, captures?: number): () => void
  /** Time the simulated link was occupied so far, in its own milliseconds, whatever the pace. */
  linkMs(): number
  /** Preview frames so far, and the scanner's own time: it stands still while the scanner waits for the host. */
  previews(): { readonly frames: number; readonly ms: number }
  /** Figures of the last full image that arrived. With `pace` 1 its wallMs is the honest transfer time. */
  lastTransfer(): TransferFigures | undefined
  stop(): Promise<void>
}

/**
 * Starts a simulated slap scanner at a Unix socket. `pace` 1 (default) makes the link as slow as USB, 0 does not wait.
 * It shows an empty platen for some preview frames, then the fingers of the step that the host asked for.
 */
export async function startHidImage(options: {
  readonly address: string
  readonly hand?: Hand
  readonly faults?: readonly HidImageFault[]
  readonly pace?: number
  /** The slaps are drawn before anybody asks: drawing holds up every answer. With a pace above 0 they always are. */
  readonly drawn?: boolean
  /** Of the sensor; the fewer, the less there is to be drawn. */
  readonly picturesASecond?: number
}): Promise<HidImageSimulator> {
  const { address, hand = 1, faults = [], pace = 1, drawn = pace > 0, picturesASecond = PICTURES_A_SECOND } = options
  const world: ScannerWorld = {
    hand,
    picturesASecond,
    faults: new Map(faults.map((fault) => [fault, Infinity])),
    exposures: 0,
    frames: 0,
    taken: new Map(),
    linkMs: 0,
    nowMs: 0,
  }
  const lines = new Set<Socket>()
  if (drawn) drawBeforehand(hand)

  const server = createServer((socket) => {
    const wire = {
      write: (bytes: Uint8Array) => new Promise<void>((resolve) => socket.write(bytes, () => resolve())),
      cut: () => socket.destroy(),
    }
    const scanner = createScanner(wire, world, pace)
    lines.add(socket)
    socket.on('data', (bytes) => scanner.push(bytes))
    socket.on('error', () => {})
    socket.on('close', () => {
      lines.delete(socket)
      scanner.stop()
    })
  })
  await rm(address, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })

  return {
    address,
    place(next) {
      world.hand = next
    },
    foresee: drawBeforehand,
    addFault(fault, captures = Infinity) {
      world.faults.set(fault, captures)
      return () => world.faults.delete(fault)
    },
    linkMs: () => world.linkMs,
    previews: () => ({ frames: world.frames, ms: world.nowMs }),
    lastTransfer: () => world.last,
    async stop() {
      for (const line of lines) line.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(address, { force: true })
    },
  }
}
