import { randomBytes } from 'node:crypto'
import { open, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '#core/store/disk-errors.ts'
import type { DiskFigures } from '#domain/diagnosis/index.ts'
import { runProgram, type RunProgram } from './run-program.ts'
import { readSmart } from './smart.ts'

type Options = {
  /** Of the store if there is one, so that the disk is the right one. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly run?: RunProgram
  /** Milliseconds, never going back. */
  readonly now?: () => number
}

const pieceBytes = 1 << 20
const pieces = 8
const smallWrites = 5
/** With less than this nothing is written: it would be the last room. */
const leastFreeMb = 32

/** Room, speed of a file written aside and removed, and what the disk says of its own health. */
export async function measureDisk({ folder, signal, run = runProgram, now = () => performance.now() }: Options) {
  const room = await measureRoom(folder)
  const written = (room.freeMb ?? Infinity) < leastFreeMb ? {} : await writeAside(folder, signal, now)
  const smart = await readSmart(
    await stat(folder).then(
      ({ dev }) => dev,
      () => 0,
    ),
    run,
    signal,
  )
  return { ...room, ...written, ...smart } satisfies DiskFigures
}

async function measureRoom(folder: string): Promise<DiskFigures> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    if (blocks === 0) return {}
    return { freeMb: rounded((bavail * bsize) / 1e6, 1), freeShare: rounded(bavail / blocks, 4) }
  } catch (error) {
    return faultOf(error)
  }
}

async function writeAside(folder: string, signal: AbortSignal, now: () => number): Promise<DiskFigures> {
  // The store sweeps such names away when it opens: a killed test leaves nothing for long.
  const path = join(folder, `disk-test.${randomBytes(6).toString('hex')}.tmp`)
  const bytes = randomBytes(pieceBytes)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      const begun = now()
      for (let n = 0; n < pieces; n++) {
        signal.throwIfAborted()
        await file.write(bytes)
      }
      await file.sync()
      const took = Math.max(now() - begun, 0.001)
      const small: number[] = []
      for (let n = 0; n < smallWrites; n++) {
        signal.throwIfAborted()
        const started = now()
        await file.write(bytes, 0, 4096, n * 4096)
        await file.sync()
        small.push(now() - started)
      }
      const syncMs = small.toSorted((a, b) => a - b)[smallWrites >> 1] ?? 0
      return { writeMbPerS: rounded((pieces * pieceBytes) / 1e3 / took, 1), syncMs: rounded(syncMs, 2) }
    } finally {
      await file.close()
    }
  } catch (error) {
    signal.throwIfAborted()
    return faultOf(error)
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}

function faultOf(error: unknown): DiskFigures {
  const code = errorCode(error)
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return { refusedAsFull: 1 }
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return { readOnly: 1 }
  // EIO of a dying disk, ENOENT and ENODEV of one that was pulled out.
  if (/^E[A-Z]+$/u.test(code)) return { ioErrors: 1 }
  throw error
}

function rounded(value: number, places: number): number {
  return Number(value.toFixed(places))
}
