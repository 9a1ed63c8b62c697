import type { IrisCamera } from '#native/capability/iris-camera.ts'
import { measuring, timed, type CheckRun, type Measured } from './check-run.ts'
import { measureService } from './service.ts'

/** Milliseconds that the camera may look for an eye; nobody has to stand before it. */
const patienceMs = 5000
/** The second shows whether the device repeats the first. */
const captures = 2

/** What the service says of itself, and two captures. Where no eye is seen, that must be said and nothing else. */
export async function checkIrisCamera(camera: IrisCamera, run: CheckRun): Promise<Measured> {
  const service = await measureService(run)
  if (service.trouble) return service
  const { signal } = run
  const measured = await measuring(run, async (figures) => {
    for (let taken = 0; taken < captures; taken++) {
      run.tell('nothing', 0.2 + (0.8 * taken) / captures)
      const { value: eyes, ms } = await timed(run, () =>
        camera.capture({ eyes: ['left', 'right'], patienceMs, signal }),
      )
      figures['captureMs'] = ms
      figures['eyesSeen'] = eyes.length
    }
  })
  return { ...measured, figures: { ...service.figures, eyesSeen: 0, ...measured.figures } }
}
