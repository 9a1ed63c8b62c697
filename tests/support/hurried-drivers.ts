import type { DeviceBinding } from '#native/capability/device.ts'
import { acr1281s, acr122s } from '#native/drivers/acr122s/index.ts'
import { gempcTwin } from '#native/drivers/gempc-twin/index.ts'
import { hidPos } from '#native/drivers/hid-pos/index.ts'
import { drivers, type Device, type Drivers, type OpenTransport } from '#native/drivers/index.ts'
import { pn532 } from '#native/drivers/pn532/index.ts'
import { serialScanner } from '#native/drivers/serial-scanner/index.ts'
import { zfm } from '#native/drivers/zfm/index.ts'
import { systemClock, type Clock } from '#native/host/clock.ts'
import { hurriedClock } from './hurried-clock.ts'

type Create = (binding: DeviceBinding, open: OpenTransport, clock: ReturnType<typeof hurriedClock>) => Device

/** The slap scanner is not hurried: its simulator draws the prints while the driver waits. */
const onLines: Readonly<Record<string, Create>> = {
  'gempc-twin': gempcTwin,
  acr122s,
  acr1281s,
  pn532,
  zfm,
  'hid-pos': hidPos,
  'serial-scanner': serialScanner,
}

/** The program's drivers, those on lines so many times less patient. */
export function hurriedDrivers(times: number): Drivers {
  const clock = hurriedClock(times)
  return {
    ...drivers,
    ...Object.fromEntries(
      Object.entries(onLines).map(([name, create]) => [
        name,
        { ...drivers[name]!, create: (binding: DeviceBinding, open: OpenTransport) => create(binding, open, clock) },
      ]),
    ),
  }
}

/** By waits of fewer milliseconds the host measures the machine: they stay what they are. */
const patience = 100

/** The same for the host itself, which reads the time of day. */
export function hurriedHostClock(times: number): Clock {
  const hurried = hurriedClock(times)
  return {
    after: (ms, act) => (ms < patience ? systemClock : hurried).after(ms, act),
    now: () => new Date(),
  }
}
