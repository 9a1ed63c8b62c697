import type { TransportKind } from '#native/capability/device.ts'
import listed from '#resources/device-ids.json' with { type: 'json' }
import { z } from 'zod'
import { shippedMaps } from './hid-button/report-map.ts'

const id = z.string().regex(/^[0-9a-f]{4}$/u)
const knownId = z.strictObject({
  vendor: id,
  product: id,
  transport: z.enum(['serial', 'hid']),
  driver: z.string().min(1),
  /** Who says so. */
  source: z.string().min(1),
})

/** Devices whose driver is known by their ids alone: resources/device-ids.json and the report maps of the buttons. */
export const knownIds: readonly z.infer<typeof knownId>[] = [
  ...z.array(knownId).parse(listed),
  ...shippedMaps.flatMap(({ usb, model }) =>
    usb.map((ids) => {
      const [vendor = '', product = ''] = ids.split(':')
      return { vendor, product, transport: 'hid' as const, driver: 'hid-button', source: model }
    }),
  ),
]

/** Names of the drivers for `vendor` and `product`, four hexadecimal digits each. */
export function driversById(transport: TransportKind, vendor: string, product: string): readonly string[] {
  return knownIds
    .filter((known) => known.transport === transport && known.vendor === vendor && known.product === product)
    .map(({ driver }) => driver)
}
