import type { HostCalls } from '#native/capability/host.ts'
import type { IrisCaptured } from '#native/capability/iris-camera.ts'
import { encodeGrayPng, refuseTooLarge } from '#native/imaging/index.ts'

/** Pictures of irises as PNG, as they were taken. */
export function keepIrises({
  taken,
}: {
  readonly taken: readonly IrisCaptured[]
}): HostCalls['iris.capture']['output'] {
  return taken.map(({ image, ...said }) => {
    const { width, height } = image
    refuseTooLarge(width, height, 'iris.capture')
    return { ...said, png: encodeGrayPng(image), width, height }
  })
}
