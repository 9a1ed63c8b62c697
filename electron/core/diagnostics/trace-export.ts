import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { deviceTrace } from '#contract/technician-calls.ts'
import { sha256Of } from '#core/outbox/sealed.ts'
import { writeDurably } from '#core/store/durable-file.ts'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceTrace } from '#native/capability/trace.ts'

const step = 'trace.export'
const upperHex = /^(?:[0-9A-F]{2})*$/u

/**
 * Writes a whole trace as `vet-<device>-<date>-<time>.json` into a folder, which must be there: a stick that was pulled
 * out is not a folder to be made. Returns the path. EXPORT_FAILED, DISK_FULL.
 */
export async function exportTrace(trace: DeviceTrace, folder: string, at: Date): Promise<string> {
  const bytes = bytesOf(trace)
  const path = join(folder, `${nameOf(trace.device.id, at)}.json`)
  const taken = await stat(path).then(
    () => true,
    () => false,
  )
  const free = taken ? path.replace(/\.json$/u, `-${sha256(bytes).slice(0, 8)}.json`) : path
  await write(free, bytes)
  return free
}

/** Writes a whole trace under a name of the caller's; a file of this name is replaced. EXPORT_FAILED, DISK_FULL. */
export async function writeTrace(trace: DeviceTrace, path: string): Promise<void> {
  await write(path, bytesOf(trace))
}

/**
 * As the device process gave it, if it is a trace and no more than one: what is masked is known there, where the codecs
 * are, and was checked there.
 */
function bytesOf(trace: DeviceTrace): Uint8Array {
  const { success, data } = deviceTrace.safeParse(trace)
  if (!success || !isInOrder(data)) throw new AppError('EXPORT_FAILED', step, { context: { reason: 'format' } })
  return new TextEncoder().encode(`${JSON.stringify(data, null, 1)}\n`)
}

function isInOrder({ entries }: DeviceTrace): boolean {
  return entries.every((entry, index) => {
    const before = entries[index - 1]
    if ('hex' in entry && !upperHex.test(entry.hex)) return false
    return !before || (entry.n > before.n && entry.at >= before.at)
  })
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (!(await stat(dirname(path))).isDirectory()) throw failed('ENOTDIR')
    await writeDurably(path, [bytes], step)
    if ((await sha256Of(path)) === sha256(bytes)) return
    await rm(path, { force: true })
    throw failed('read-back')
  } catch (cause) {
    if (cause instanceof AppError && (cause.code === 'DISK_FULL' || cause.code === 'EXPORT_FAILED')) throw cause
    const said = cause instanceof AppError ? cause.context['reason'] : (cause as NodeJS.ErrnoException).code
    throw failed(typeof said === 'string' ? said : 'unknown', cause)
  }
}

function failed(reason: string, cause?: unknown): AppError {
  return new AppError('EXPORT_FAILED', step, { context: { reason }, cause })
}

function nameOf(device: string, at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('')
  return `vet-${device.replace(/[^A-Za-z0-9-]/gu, '_').slice(0, 60)}-${date}-${time}`
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
