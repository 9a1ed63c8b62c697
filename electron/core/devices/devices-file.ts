import { access, readFile, realpath, rename } from 'node:fs/promises'
import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import { asStoreError, errorCode } from '../store/disk-errors.ts'
import { syncFolder, writeDurably } from '../store/durable-file.ts'
import { dirname } from 'node:path'
import { bindingsOf, parseEntries } from './bindings.ts'

const step = 'devices.write'

export type DevicesFile = {
  /** Adds a device, or puts it in the place of the one with its id. Returns all devices. DISK_FULL, STORE_DAMAGED. */
  put(binding: Omit<DeviceBinding, 'settings'>): Promise<readonly DeviceBinding[]>
  /** Takes a device away. DEVICE_UNKNOWN without one of this id; else as `put`. */
  remove(id: string): Promise<readonly DeviceBinding[]>
}

/**
 * Changes devices.json, one change after the other. The file is replaced as a whole or not at all; what it holds beside
 * the changed device stays, known to us or not. One that is no list of devices is never overwritten: it is put aside,
 * and `onPutAside` is told where.
 */
export function devicesFile(
  path: string,
  { clock, onPutAside }: { readonly clock: () => Date; readonly onPutAside: (file: string) => void },
): DevicesFile {
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = last.then(change)
    last = done.catch(() => {})
    return done
  }

  async function write(file: string, entries: readonly unknown[]): Promise<readonly DeviceBinding[]> {
    await writeDurably(file, [Buffer.from(`${JSON.stringify(entries, null, 2)}\n`)], step)
    return bindingsOf(entries)
  }

  return {
    put: (binding) =>
      inTurn(async () => {
        const file = await followed(path)
        let entries = await readEntries(file)
        if (entries === undefined) {
          onPutAside(await putAside(file, clock()))
          entries = []
        }
        const at = entries.findIndex((entry) => idOf(entry) === binding.id)
        return write(file, at < 0 ? [...entries, binding] : entries.with(at, merged(entries[at], binding)))
      }),

    remove: (id) =>
      inTurn(async () => {
        const file = await followed(path)
        const entries = await readEntries(file)
        const rest = entries?.filter((entry) => idOf(entry) !== id)
        if (!rest || rest.length === entries?.length)
          throw new AppError('DEVICE_UNKNOWN', step, { context: { device: id } })
        return write(file, rest)
      }),
  }
}

/** What was said to another driver, or over another line, means nothing to this one. */
function merged(before: unknown, binding: Omit<DeviceBinding, 'settings'>): object {
  const { settings, ...rest } = before as Partial<DeviceBinding>
  const same = rest.driver === binding.driver && rest.transport === binding.transport
  return { ...rest, ...binding, ...(same && settings !== undefined && { settings }) }
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined
}

/** Undefined when it is no list; an empty list when there is no file. What cannot be read at all is a failure. */
async function readEntries(file: string): Promise<readonly unknown[] | undefined> {
  try {
    return parseEntries(await readFile(file, 'utf8'))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw asStoreError(error, step)
  }
}

/** The file that a link leads to: replacing the link itself would leave the file behind. */
async function followed(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

async function putAside(file: string, now: Date): Promise<string> {
  const stamp = now.toISOString().replace(/[-:.]/gu, '')
  for (let number = 1; ; number++) {
    const aside = `${file}.unreadable-${stamp}${number === 1 ? '' : `-${number}`}`
    const taken = await access(aside).then(
      () => true,
      () => false,
    )
    if (taken) continue
    try {
      await rename(file, aside)
      await syncFolder(dirname(file))
    } catch (error) {
      throw asStoreError(error, step)
    }
    return aside
  }
}
