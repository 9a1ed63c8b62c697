import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { IrisCamera, IrisCaptured } from '#native/capability/iris-camera.ts'
import { systemClock, type Clock } from './clock.ts'
import { sbiDevice } from './device.ts'
import type { Note } from './service.ts'
import { decodePixels } from './image-data.ts'
import { readIrisRecord } from './iris-record.ts'
import { eyeNamed, subIds } from './names.ts'

const step = 'iris.capture'
/** Quality at which the device takes the picture (ISO/IEC 29794-6 scale); without it, the best when time is over. */
const requestedScore = 60

/** An iris camera behind an SBI service (docs/protocols/sbi.md). Errors as IrisCamera states them. */
export function sbiIris(binding: DeviceBinding, clock: Clock = systemClock, note?: Note): IrisCamera {
  const device = sbiDevice(binding, 'Iris', clock, note)
  return {
    kind: 'iris-camera',

    async acquire(signal) {
      const { make, model } = (await device.acquire(signal)).known.id
      return { model: `${make} ${model}`.slice(0, 80) }
    },

    capture: ({ eyes, patienceMs, signal }) =>
      device.use(async (opened) => {
        const [first] = eyes
        if (!first) throw new AppError('BAD_REQUEST', step, { context: { reason: 'no-eyes' } })
        const subId = eyes.length > 1 ? subIds.both : subIds[first]
        const part = { subId, count: eyes.length, exception: [], requestedScore, timeout: patienceMs }
        const samples = await device.capture(opened, part, signal)
        const records = samples.map(({ subType, quality = 0, record }) => ({
          quality,
          named: eyeNamed(subType),
          ...readIrisRecord(record),
        }))
        const captured: IrisCaptured[] = []
        for (const { eye, named, quality, width, height, ...coded } of records) {
          const isAsked = named === eye && eyes.includes(eye)
          if (!isAsked || captured.some((one) => one.eye === eye))
            throw new AppError('DEVICE_GARBLED', step, { context: { reason: 'eyes' } })
          const pixels = await decodePixels({ width, height, ...coded })
          captured.push({ eye, quality: Math.round(quality), image: { width, height, dpi: 0, pixels } })
        }
        device.refuseOld(records.map(({ image }) => image))
        return captured
      }),

    onGone: device.onGone,
    release: device.release,
  }
}
