import type { DeviceTrace } from '#native/capability/trace.ts'
import { hidImageFamily } from './hid-image.ts'
import type { ReplayFamily } from './replay-family.ts'

export function familyOf({ device }: DeviceTrace): ReplayFamily {
  return device.driver === 'hid-image' ? hidImageFamily() : plainFamily
}

const plainFamily: ReplayFamily = {
  expand: ({ hex, times = 1 }) => {
    const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
    return bytes.length === 0 ? [] : Array.from({ length: times }, () => bytes)
  },
  written: () => {},
  paced: new Set(),
  ending: new Set(),
}
