import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import shipped from '#resources/report-maps/document-cameras.json' with { type: 'json' }
import { z } from 'zod'

const at = z.int().min(0).max(63)
const byte = z.int().min(0).max(255)
const length = z.int().min(1).max(64)
const constants = z.array(z.strictObject({ at, value: byte }))
/** `xor`: of all bytes before it; `sum`: their sum modulo 256. */
const check = z.strictObject({ kind: z.enum(['xor', 'sum']), at })

const input = z.strictObject({
  length,
  constants,
  shutter: z.strictObject({ at, mask: byte.min(1) }),
  /** Goes up by one with each report that is new; a repeated value is a repeated report. */
  counter: z.strictObject({ at }).exactOptional(),
  check: check.exactOptional(),
  /** Bytes that may be anything; every other byte is 0. */
  free: z.array(at).exactOptional(),
})
const lamp = z.strictObject({
  length,
  constants,
  brightness: z.strictObject({ at, /** Value of full brightness. */ most: byte.min(1) }),
  check: check.exactOptional(),
})

/** A report has a place for everything it names, and no place for two things. */
function fits(report: { readonly length: number }, places: readonly (number | undefined)[]): boolean {
  const named = places.filter((place) => place !== undefined)
  return named.every((place) => place < report.length) && new Set(named).size === named.length
}

/** How a document camera's button and lamp speak: docs/protocols/hid-button.md. Unnumbered reports. */
export const buttonReportMap = z.strictObject({
  model: z.string().min(1).max(80),
  /** `vid:pid` in hexadecimal of the devices that speak so. */
  usb: z.array(z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/u)),
  input: input.refine(
    (map) =>
      fits(map, [
        ...map.constants.map((each) => each.at),
        map.shutter.at,
        map.counter?.at,
        map.check?.at,
        ...(map.free ?? []),
      ]),
    'places of the input report',
  ),
  lamp: lamp
    .refine(
      (map) => fits(map, [...map.constants.map((each) => each.at), map.brightness.at, map.check?.at]),
      'places of the lamp report',
    )
    .exactOptional(),
})
export type ButtonReportMap = z.infer<typeof buttonReportMap>
export type ButtonInput = ButtonReportMap['input']
export type ButtonLamp = NonNullable<ButtonReportMap['lamp']>
export type ReportCheck = z.infer<typeof check>

/** The maps that come with the program; the first is for a button that nobody describes. */
export const shippedMaps: readonly [ButtonReportMap, ...ButtonReportMap[]] = z
  .tuple([buttonReportMap], buttonReportMap)
  .parse(shipped)

/**
 * The map of a bound device: `reportMap` of its settings (the map as JSON), else the shipped one that names its
 * `vid:pid` or whose model is the setting `model`, else the first. DEVICE_UNKNOWN when the setting is no map.
 */
export function reportMapFor({ address, settings }: Pick<DeviceBinding, 'address' | 'settings'>): ButtonReportMap {
  const own = settings?.['reportMap']
  if (own !== undefined) return parseReportMap(own)
  const model = settings?.['model']
  const byName = shippedMaps.find((map) => map.model === model)
  if (model !== undefined && !byName) throw unknown('model')
  return byName ?? shippedMaps.find(({ usb }) => usb.includes(address.toLowerCase())) ?? shippedMaps[0]
}

function parseReportMap(text: string): ButtonReportMap {
  try {
    return buttonReportMap.parse(JSON.parse(text))
  } catch (cause) {
    throw unknown('report-map', cause)
  }
}

function unknown(reason: string, cause?: unknown): AppError {
  return new AppError('DEVICE_UNKNOWN', 'devices.bind', { context: { reason }, ...(cause !== undefined && { cause }) })
}
