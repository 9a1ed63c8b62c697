/** A support bundle of a station under test: what it is made of, and a look inside it by an unzip that is not ours. */
import { execFileSync } from 'node:child_process'
import { makeBundle, type Bundle, type BundleOptions } from '#core/diagnostics/bundle/index.ts'
import { openStation, type Station } from '#core/station/index.ts'
import type { HostCallName, HostCalls } from '#native/capability/host.ts'
import type { DeviceTrace, TraceEntry } from '#native/capability/trace.ts'
import { keystore } from './desk.ts'
import { instantBindings } from './instant-host.ts'

export const at = new Date(2026, 10, 21, 9, 5)

/** The station in a data folder, open, or locked without the keystore. The program that had it must be closed. */
export async function stationIn(dataFolder: string, how: 'open' | 'locked' = 'open'): Promise<Station> {
  const station = openStation({ dataFolder, clock: () => at, ...(how === 'open' && { keystore }), onOpen: () => {} })
  await station.unlockFromKeystore()
  return station
}

/** A device process that knows nothing but traces; each device's entries may be given. */
export function traceHost(
  entries: (device: string) => readonly TraceEntry[] = () => frames,
): BundleOptions['host'] & {} {
  return {
    call: async <Name extends HostCallName>(name: Name, input: HostCalls[Name]['input']) => {
      if (name !== 'trace.read') throw new Error(`${name} is not asked for`)
      const { device: id } = input as HostCalls['trace.read']['input']
      const trace: DeviceTrace = {
        format: 'quay-can-cuoc/trace/1',
        device: { id, kind: 'card-reader', driver: 'gempc-twin', transport: 'serial' },
        since: at.toISOString(),
        running: true,
        entries: entries(id),
      }
      return trace
    },
  }
}

export const frames: readonly TraceEntry[] = [
  { n: 1, at: 0, event: 'opened' },
  { n: 2, at: 5, way: 'out', hex: '0362000000000001000061', name: 'IccPowerOn' },
  { n: 3, at: 40, way: 'in', hex: '03800000000000010000820000', name: 'DataBlock', masked: 2 },
]

/** All is well with two devices; what a test gives stands in its place. */
export function bundleOptions(own: Partial<BundleOptions> & Pick<BundleOptions, 'folder' | 'station'>): BundleOptions {
  return {
    clock: () => at,
    program: { name: 'quay-can-cuoc', version: '0.1.0' },
    bindings: instantBindings,
    devices: instantBindings.map((binding) => ({
      ...binding,
      state: 'ready',
      since: at.toISOString(),
      model: 'GemPC Twin',
    })),
    displays: [{ key: 'a', label: 'Màn hình 24 inch', width: 1920, height: 1080, touch: false, use: 'officer' }],
    reports: [
      {
        subject: 'card-reader',
        device: 'card-reader',
        verdict: 'limits',
        found: [{ cause: 'antenna-weak', figures: { reads: 20, lost: 4 } }],
        figures: { reads: 20, lost: 4 },
        at: at.toISOString(),
        took: 9000,
      },
      { subject: 'clock', verdict: 'works', found: [], figures: { offsetMs: 12 }, at: at.toISOString(), took: 40 },
    ],
    health: {
      rows: () => [
        {
          device: 'card-reader',
          day: '2026-11-20',
          done: 31,
          failed: 2,
          again: 3,
          gone: 0,
          median: 1800,
          slowest: 5200,
          failures: { CARD_REMOVED: 2 },
        },
      ],
      warnings: () => [{ device: 'card-reader', kind: 'slower', usual: 1800, lately: 3100 }],
    },
    host: traceHost(),
    ...own,
  }
}

export async function bundleOf(
  own: Parameters<typeof bundleOptions>[0],
): Promise<Bundle & { files: Map<string, Buffer> }> {
  const bundle = await makeBundle(bundleOptions(own))
  return { ...bundle, files: unzipped(bundle.file) }
}

/** Every file of a ZIP, by Info-ZIP's unzip, which also checks it. */
export function unzipped(file: string): Map<string, Buffer> {
  execFileSync('unzip', ['-tq', file], { stdio: 'pipe' })
  const names = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8' }).trim().split('\n')
  return new Map(names.map((name) => [name, execFileSync('unzip', ['-p', file, name], { maxBuffer: 2 ** 28 })]))
}
