import type { CameraRole } from '#contract/index.ts'

export type CameraDevice = { readonly id: string; readonly label: string }

/** The camera that was chosen, and the label under which devices.json binds one to the role. */
export type CameraWishes = { readonly chosen: CameraDevice | undefined; readonly label: string | undefined }

/** Opens the camera of a role at its best resolution. Rejects as `getUserMedia` does. */
export async function openCamera(role: CameraRole, wishes: CameraWishes): Promise<MediaStream> {
  return openAt(cameraFor(role, wishes, await listCameras()), { width: 4096, height: 3072 })
}

/** The same camera with small pictures, for when its line carries no others. Rejects as `getUserMedia` does. */
export async function openCameraSmall(role: CameraRole, wishes: CameraWishes): Promise<MediaStream> {
  return openAt(cameraFor(role, wishes, await listCameras()), { width: 320, height: 240 })
}

function openAt(camera: CameraDevice | undefined, size: { readonly width: number; readonly height: number }) {
  return navigator.mediaDevices.getUserMedia({
    video: {
      ...(camera !== undefined && camera.id !== '' && { deviceId: { exact: camera.id } }),
      width: { ideal: size.width },
      height: { ideal: size.height },
    },
  })
}

/** Labels are told only after a camera has been opened. */
export async function listCameras(): Promise<readonly CameraDevice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }))
}

/** The chosen camera, else the bound one, else the first for documents and the last for portraits. */
export function cameraFor(
  role: CameraRole,
  { chosen, label }: CameraWishes,
  all: readonly CameraDevice[],
): CameraDevice | undefined {
  return (
    all.find(({ id }) => chosen !== undefined && id !== '' && id === chosen.id) ??
    all.find((each) => chosen !== undefined && each.label !== '' && each.label === chosen.label) ??
    all.find((each) => label !== undefined && label !== '' && each.label.includes(label)) ??
    (role === 'document-camera' ? all[0] : all.at(-1))
  )
}

/** Why a camera could not be opened. */
export function refusalOf(error: unknown): 'refused' | 'taken' | 'missing' {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotReadableError' || name === 'AbortError') return 'taken'
  return 'missing'
}
