import { encodeCode } from '#native/drivers/serial-scanner/codec.ts'
import { lineLayouts, type LineLayoutName } from '#native/drivers/serial-scanner/layouts.ts'
import { parseFault, type Fault } from '../wire/faults.ts'
import { serialDevice } from '../wire/serial-device.ts'

/** Those of every serial simulator that a line without checks and answers can have. */
export const serialScannerFaults = ['one-byte-chunks', 'garbage', 'silence', 'late', 'duplicate', 'unplug'] as const
export type SerialScannerFault = Fault<(typeof serialScannerFaults)[number]>

export function parseSerialScannerFault(text: string): SerialScannerFault | undefined {
  const fault = parseFault(text, serialScannerFaults)
  // There is one frame a code here: the usual wait for the middle of a long reading would never end.
  return fault && { after: 0, ...fault }
}

export type SerialScannerSimulator = {
  readonly address: string
  /** Holds a code before the scanner. Resolves when it has left. */
  scan(code: string | Uint8Array): Promise<void>
  addFault(fault: SerialScannerFault): void
  unplug(): Promise<void>
  plug(): Promise<void>
  stop(): Promise<void>
}

/** Starts a simulated scanner at a pseudo-terminal. */
export async function startSerialScanner(options: {
  /** Where the line shall lie, a path that does not exist yet. */
  readonly linkPath: string
  readonly layout?: LineLayoutName
  /** What ends a code, when the layout leaves the choice. */
  readonly end?: Uint8Array
  readonly faults?: readonly SerialScannerFault[]
  readonly baudRate?: 9600 | 115_200
  /** 1 takes as long as a real line, 0 waits for nothing. */
  readonly pace?: number
}): Promise<SerialScannerSimulator> {
  const layout = lineLayouts[options.layout ?? 'any']
  const device = await serialDevice({
    linkPath: options.linkPath,
    // 8N1: ten bits a byte.
    line: { bitsPerSecond: options.baudRate ?? 9600, bitsPerByte: 10 },
    faults: options.faults ?? [],
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    // Nobody says anything to a scanner.
    listen: () => () => [],
  })
  let work: Promise<void> = Promise.resolve()

  return {
    address: device.address,
    scan(code) {
      const bytes = typeof code === 'string' ? new TextEncoder().encode(code) : code
      work = work.then(async () => {
        const frame = encodeCode(layout, bytes, options.end)
        device.pacer.chargeBytes(frame.length)
        await device.pacer.settle()
        await device.reply(frame, () => {})
      })
      return work
    },
    addFault: (fault) => device.faults.add(fault),
    unplug: () => device.unplug(),
    plug: () => device.plug(),
    async stop() {
      await device.unplug()
    },
  }
}
