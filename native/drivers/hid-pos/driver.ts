import { AppError } from '#domain/failure/index.ts'
import type { CodeScanner } from '#native/capability/code-scanner.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { Transport } from '#native/transport/transport.ts'
import { systemClock, type ScannerClock } from '../scanner-clock.ts'
import { decodePart, ReportCutter, type CodePart } from './codec.ts'
import { reportMaps, type ReportMap } from './report-maps.ts'
import { codeAssembly } from './session.ts'

/** A bar code scanner in HID POS mode (docs/protocols/code-scanners.md). `settings.report` names a report map. */
export function hidPos(
  binding: DeviceBinding,
  openTransport: (binding: DeviceBinding) => Transport,
  clock: ScannerClock = systemClock,
): CodeScanner {
  const transport = openTransport(binding)
  const told = new Set<(text: string) => void>()
  const gone = new Set<() => void>()
  const assembly = codeAssembly(clock, (text) => {
    for (const listener of told) listener(text)
  })
  let cutter: ReportCutter | undefined

  transport.onData((bytes) => {
    if (!cutter) {
      const part = partOf(knownMaps(binding), bytes)
      if (part) assembly.add(part)
      return
    }
    for (const event of cutter.push(bytes)) if (event.kind === 'part') assembly.add(event)
  })
  transport.onClose((reason) => {
    assembly.reset()
    if (reason !== 'asked') for (const listener of gone) listener()
  })

  return {
    kind: 'code-scanner',
    async acquire(signal) {
      const maps = knownMaps(binding)
      const [first] = maps
      cutter = binding.transport === 'hid' || !first ? undefined : new ReportCutter(first)
      assembly.reset()
      await transport.open(signal)
      return { model: maps.length === 1 && first ? first.model : 'HID POS scanner' }
    },
    onCode(listener) {
      told.add(listener)
      return () => told.delete(listener)
    },
    onGone(listener) {
      gone.add(listener)
      return () => gone.delete(listener)
    },
    release: () => transport.close(),
  }
}

/** A HID line gives whole reports, which Windows fills up with zeros to the length of the device's longest one. */
function partOf(maps: readonly ReportMap[], report: Uint8Array): CodePart | undefined {
  for (const map of maps) {
    if (report.subarray(map.length).some((byte) => byte !== 0)) continue
    const part = decodePart(map, report.subarray(0, map.length))
    if (part && part.data.length > 0) return part
  }
  return undefined
}

function knownMaps({ settings }: DeviceBinding): readonly ReportMap[] {
  const name = settings?.['report']
  if (name === undefined) return Object.values(reportMaps)
  if (!Object.hasOwn(reportMaps, name))
    throw new AppError('USAGE', 'devices.open', { context: { report: Object.keys(reportMaps).join(' ') } })
  return [reportMaps[name as keyof typeof reportMaps]]
}
