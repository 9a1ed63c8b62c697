/** A picture as taken: JPEG bytes for main, a URL for the window until main has it. */
export type Shot = { readonly bytes: Uint8Array<ArrayBuffer>; readonly url: string }

const quality = 0.92

/**
 * The frame now shown, at the camera's own resolution. With `aspect` (width over height) the middle of the frame is
 * cut to that shape. Undefined when the camera has no frame.
 */
export async function shoot(video: HTMLVideoElement, aspect?: number): Promise<Shot | undefined> {
  const { videoWidth, videoHeight } = video
  if (videoWidth === 0 || videoHeight === 0) return undefined
  const width = aspect === undefined ? videoWidth : Math.min(videoWidth, Math.round(videoHeight * aspect))
  const height = aspect === undefined ? videoHeight : Math.min(videoHeight, Math.round(videoWidth / aspect))
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas
    .getContext('2d')
    ?.drawImage(video, (videoWidth - width) / 2, (videoHeight - height) / 2, width, height, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
  if (!blob) return undefined
  return { bytes: new Uint8Array(await blob.arrayBuffer()), url: URL.createObjectURL(blob) }
}
