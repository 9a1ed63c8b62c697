import { AppError } from '#domain/failure/index.ts'
import type { DeviceBinding } from '#native/capability/device.ts'
import type { DocumentCameraButton } from '#native/capability/document-camera.ts'
import type { Transport } from '#native/transport/transport.ts'
import { reportMapFor } from './report-map.ts'
import { createButtonDecoder, encodeLampReport } from './report.ts'

/**
 * The shutter button and lamp of a document camera (docs/protocols/hid-button.md). A press is told once, when it goes
 * down. Throws DEVICE_UNKNOWN when the binding's report map is none.
 */
export function hidButton(
  binding: DeviceBinding,
  openTransport: (binding: DeviceBinding) => Transport,
): DocumentCameraButton {
  const map = reportMapFor(binding)
  const transport = openTransport(binding)
  const pressed = new Set<() => void>()
  const gone = new Set<() => void>()
  let decoder = createButtonDecoder(map.input)
  let down = false
  let lastCounter = -1

  transport.onData((bytes) => {
    for (const report of decoder.push(bytes)) {
      if (map.input.counter && report.counter === lastCounter) continue
      lastCounter = report.counter
      if (report.shutter && !down) for (const listener of pressed) listener()
      down = report.shutter
    }
  })
  transport.onClose((reason) => {
    if (reason !== 'asked') for (const listener of gone) listener()
  })

  return {
    kind: 'document-camera',
    async acquire(signal) {
      decoder = createButtonDecoder(map.input)
      down = false
      lastCounter = -1
      await transport.open(signal)
      return { model: map.model }
    },
    async setLamp(brightness, signal) {
      if (!map.lamp) throw new AppError('DEVICE_REFUSED', 'camera.lamp', { context: { reason: 'no-lamp' } })
      await transport.write(encodeLampReport(map.lamp, brightness), signal)
    },
    onPressed(listener) {
      pressed.add(listener)
      return () => pressed.delete(listener)
    },
    onGone(listener) {
      gone.add(listener)
      return () => gone.delete(listener)
    },
    release: () => transport.close(),
  }
}
