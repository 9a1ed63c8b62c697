/** What a driver offers beyond the picture itself (W3C Image Capture), where it does. */
type Offers = MediaTrackCapabilities & {
  readonly exposureMode?: readonly string[]
  readonly exposureCompensation?: { readonly min: number; readonly max: number; readonly step: number }
}
type Now = MediaTrackSettings & { readonly exposureMode?: string; readonly exposureCompensation?: number }

export type Resolution = { readonly width: number; readonly height: number }

export type CameraControls = {
  readonly resolution?: { readonly now: Resolution; readonly choices: readonly Resolution[] }
  /** In stops. */
  readonly exposure?: {
    readonly now: number
    readonly least: number
    readonly most: number
    readonly step: number
  }
}

const usual: readonly Resolution[] = [
  { width: 4608, height: 3456 },
  { width: 4096, height: 3072 },
  { width: 3840, height: 2160 },
  { width: 3264, height: 2448 },
  { width: 2592, height: 1944 },
  { width: 2048, height: 1536 },
  { width: 1920, height: 1080 },
  { width: 1600, height: 1200 },
  { width: 1280, height: 960 },
  { width: 1280, height: 720 },
  { width: 640, height: 480 },
]

/** What can be set on a camera; nothing of what its driver does not offer. */
export function controlsOf(track: MediaStreamTrack): CameraControls {
  const offers = track.getCapabilities?.() as Offers | undefined
  const now = track.getSettings() as Now
  const { width, height } = now
  const most = { width: offers?.width?.max ?? 0, height: offers?.height?.max ?? 0 }
  const choices = usual.filter((each) => each.width <= most.width && each.height <= most.height)
  const stops = offers?.exposureCompensation
  return {
    ...(width !== undefined &&
      height !== undefined &&
      choices.length > 1 && {
        resolution: { now: { width, height }, choices: withNow(choices, { width, height }) },
      }),
    ...(stops &&
      stops.max > stops.min && {
        exposure: { now: now.exposureCompensation ?? 0, least: stops.min, most: stops.max, step: stops.step },
      }),
  }
}

/** The picture's own size is always among the choices. */
function withNow(choices: readonly Resolution[], now: Resolution): readonly Resolution[] {
  return choices.some(({ width, height }) => width === now.width && height === now.height)
    ? choices
    : [...choices, now].toSorted((one, other) => other.width * other.height - one.width * one.height)
}

/** False when the driver would not have it; the camera goes on as before. */
export async function setControl(
  track: MediaStreamTrack,
  wish: { readonly resolution: Resolution } | { readonly exposure: number },
): Promise<boolean> {
  const constraints =
    'resolution' in wish
      ? { width: { exact: wish.resolution.width }, height: { exact: wish.resolution.height } }
      : { exposureCompensation: wish.exposure }
  try {
    await track.applyConstraints(constraints)
    return true
  } catch {
    return false
  }
}
