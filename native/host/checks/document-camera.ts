import { AppError } from '#domain/failure/index.ts'
import type { DocumentCameraButton } from '#native/capability/document-camera.ts'
import { linger, measuring, type CheckRun, type Measured } from './check-run.ts'

const patienceMs = 20_000

/** The lamp on and off, and the shutter pressed once. Its picture is tested where it is seen: in the window. */
export function checkDocumentCamera(camera: DocumentCameraButton, run: CheckRun): Promise<Measured> {
  return measuring(run, async (figures) => {
    figures['presses'] = 0
    figures['hasLamp'] = (await lampWorks(camera, run)) ? 1 : 0
    let gone = false
    const { promise: wentAway, resolve } = Promise.withResolvers<void>()
    const stopGone = camera.onGone(() => {
      gone = true
      resolve()
    })
    try {
      await run.ask('press-shutter', 0.3, {
        patienceMs,
        watch(seen) {
          void wentAway.then(seen)
          return camera.onPressed(() => {
            figures['presses'] = (figures['presses'] ?? 0) + 1
            seen()
          })
        },
      })
      await linger(run)
    } finally {
      stopGone()
    }
    if (gone) throw new AppError('DEVICE_GONE', 'device.check')
  })
}

/** Many have none, which is no fault. */
async function lampWorks(camera: DocumentCameraButton, { signal }: CheckRun): Promise<boolean> {
  try {
    await camera.setLamp(1, signal)
    await camera.setLamp(0, signal)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'DEVICE_REFUSED' && !signal.aborted) return false
    throw error
  }
}
