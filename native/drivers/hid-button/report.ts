/** The report map of docs/protocols/hid-button.md, as data: another button is another map. */
export type ButtonReportMap = {
  readonly model: string
  readonly length: number
  readonly kind: { readonly at: number; readonly value: number }
  readonly shutter: { readonly at: number; readonly mask: number }
  /** Goes up by one with each report that is new; a repeated value is a repeated report. */
  readonly counter: { readonly at: number }
  /** XOR of all bytes before it. */
  readonly check: { readonly at: number }
}

export const shutterButton: ButtonReportMap = {
  model: 'HID shutter button',
  length: 8,
  kind: { at: 0, value: 0xb1 },
  shutter: { at: 1, mask: 0x01 },
  counter: { at: 2 },
  check: { at: 7 },
}

export type ButtonReport = { readonly shutter: boolean; readonly counter: number }

export function encodeButtonReport(map: ButtonReportMap, report: ButtonReport): Uint8Array {
  const bytes = new Uint8Array(map.length)
  bytes[map.kind.at] = map.kind.value
  bytes[map.shutter.at] = report.shutter ? map.shutter.mask : 0
  bytes[map.counter.at] = report.counter
  bytes[map.check.at] = xor(bytes, map.check.at)
  return bytes
}

/** Finds reports in chunks of any size; bytes that begin no valid report are skipped one by one. */
export function createButtonDecoder(map: ButtonReportMap): { push(bytes: Uint8Array): ButtonReport[] } {
  let rest: number[] = []
  return {
    push(bytes) {
      const reports: ButtonReport[] = []
      for (const byte of bytes) {
        rest.push(byte)
        while (rest.length >= map.length) {
          const report = { shutter: (rest[map.shutter.at]! & map.shutter.mask) !== 0, counter: rest[map.counter.at]! }
          // A report has nothing in it but what the map says: XOR alone believes too much.
          if (encodeButtonReport(map, report).every((expected, at) => expected === rest[at])) {
            reports.push(report)
            rest = []
          } else {
            rest.shift()
          }
        }
      }
      return reports
    },
  }
}

function xor(bytes: ArrayLike<number>, length: number): number {
  let sum = 0
  for (let at = 0; at < length; at++) sum ^= bytes[at]!
  return sum
}
