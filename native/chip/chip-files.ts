import type { ChipFileTiming, ChipGroup, ChipProgress } from '#native/capability/card-reader.ts'
import type { ChipSession } from './chip-session.ts'
import type { FileRead, FileReader } from './file-reader.ts'
import type { LdsFile } from './lds/files.ts'

/** The files of one reading as they come in, with what each cost. */
export class ChipFiles {
  readonly files: Partial<Record<LdsFile, Uint8Array>> = {}
  readonly states = new Map<LdsFile, FileRead['state']>()
  readonly timings: ChipFileTiming[] = []
  readonly #session: ChipSession
  readonly #clock: () => number
  readonly #progress: (progress: ChipProgress) => void

  constructor(session: ChipSession, clock: () => number, progress: (progress: ChipProgress) => void) {
    this.#session = session
    this.#clock = clock
    this.#progress = progress
  }

  /** Does something and notes its cost under a name. */
  async timed<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = { ...this.#session.meter }
    const started = this.#clock()
    const result = await act()
    const deviceMs = this.#session.meter.deviceMs - before.deviceMs
    this.timings.push({
      file: name,
      apdus: this.#session.meter.apdus - before.apdus,
      bytes: this.files[name as LdsFile]?.length ?? 0,
      deviceMs,
      ownMs: Math.max(0, this.#clock() - started - deviceMs),
    })
    return result
  }

  /** Reads a file and what is in it; undefined when the chip does not have it or does not give it. */
  async fetch<T>(reader: FileReader, file: LdsFile, parse: (bytes: Uint8Array) => T): Promise<T | undefined> {
    return this.timed(file, async () => {
      const found = await reader.read(file, (bytesRead, bytesTotal) =>
        this.#progress({ stage: 'read', file, bytesRead, bytesTotal }),
      )
      this.states.set(file, found.state)
      if (found.state !== 'read') return undefined
      this.files[file] = found.bytes
      return parse(found.bytes)
    })
  }

  groups(): readonly ChipGroup[] {
    const names = [...this.states].filter(([name]) => name.startsWith('DG'))
    return names
      .map(([name, state]) => ({ name, state }))
      .sort((a, b) => Number(a.name.slice(2)) - Number(b.name.slice(2)))
  }
}
