import type { DeviceBinding } from '#native/capability/device.ts'
import type { DocumentCameraButton } from '#native/capability/document-camera.ts'
import type { Transport } from '#native/transport/transport.ts'
import { createButtonDecoder, shutterButton } from './report.ts'

/** The shutter button of a document camera (docs/protocols/hid-button.md). A press is told once, when it goes down. */
export function hidButton(
  binding: DeviceBinding,
  openTransport: (binding: DeviceBinding) => Transport,
): DocumentCameraButton {
  const transport = openTransport(binding)
  const pressed = new Set<() => void>()
  const gone = new Set<() => void>()
  let decoder = createButtonDecoder(shutterButton)
  let down = false
  let lastCounter = -1

  transport.onData((bytes) => {
    for (const report of decoder.push(bytes)) {
      if (report.counter === lastCounter) continue
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
      decoder = createButtonDecoder(shutterButton)
      down = false
      lastCounter = -1
      await transport.open(signal)
      return { model: shutterButton.model }
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
