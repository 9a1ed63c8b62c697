import type { ButtonInput, ButtonLamp, ReportCheck } from './report-map.ts'

export type ButtonReport = {
  readonly shutter: boolean
  /** 0–255; always 0 where the map has none. */
  readonly counter: number
}

export function encodeButtonReport(map: ButtonInput, report: ButtonReport): Uint8Array {
  const bytes = new Uint8Array(map.length)
  for (const { at, value } of map.constants) bytes[at] = value
  bytes[map.shutter.at] = report.shutter ? map.shutter.mask : 0
  if (map.counter) bytes[map.counter.at] = report.counter
  if (map.check) bytes[map.check.at] = checkOf(map.check, bytes)
  return bytes
}

/** Finds reports in chunks of any size; bytes that begin no valid report are skipped one by one. */
export function createButtonDecoder(map: ButtonInput): { push(bytes: Uint8Array): ButtonReport[] } {
  let rest: number[] = []
  return {
    push(bytes) {
      const reports: ButtonReport[] = []
      for (const byte of bytes) {
        rest.push(byte)
        while (rest.length >= map.length) {
          const report = decode(map, rest)
          if (report) {
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

/** `brightness` 0–1. */
export function encodeLampReport(map: ButtonLamp, brightness: number): Uint8Array {
  const bytes = new Uint8Array(map.length)
  for (const { at, value } of map.constants) bytes[at] = value
  bytes[map.brightness.at] = Math.round(Math.min(1, Math.max(0, brightness)) * map.brightness.most)
  if (map.check) bytes[map.check.at] = checkOf(map.check, bytes)
  return bytes
}

/** A report has nothing in it but what the map says: a check alone believes too much. */
function decode(map: ButtonInput, bytes: readonly number[]): ButtonReport | undefined {
  const report = {
    shutter: (bytes[map.shutter.at]! & map.shutter.mask) !== 0,
    counter: map.counter ? bytes[map.counter.at]! : 0,
  }
  const expected = encodeButtonReport(map, report)
  // One bit of the mask is enough.
  expected[map.shutter.at] = bytes[map.shutter.at]! & map.shutter.mask
  for (const at of map.free ?? []) expected[at] = bytes[at]!
  if (map.check) expected[map.check.at] = checkOf(map.check, expected)
  return expected.every((value, at) => value === bytes[at]) ? report : undefined
}

function checkOf({ kind, at }: ReportCheck, bytes: Uint8Array): number {
  const before = bytes.subarray(0, at)
  return kind === 'xor'
    ? before.reduce((sum, byte) => sum ^ byte, 0)
    : before.reduce((sum, byte) => (sum + byte) & 0xff, 0)
}
