/** What the window asks: a frame as JPEG, whether a frame differs from the last, a picture cut to a shape. */
export type PictureRequest = { readonly id: number } & (
  | { readonly act: 'encode'; readonly frame: VideoFrame; readonly most?: number; readonly quality: number }
  | { readonly act: 'pulse'; readonly frame: VideoFrame; readonly stream: number }
  | { readonly act: 'cut'; readonly bytes: Uint8Array<ArrayBuffer>; readonly aspect: number; readonly quality: number }
)
/** `pulse`: undefined for a picture in which nothing can be told, such as a covered lens. */
export type PictureReply = { readonly id: number } & (
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly width: number; readonly height: number }
  | { readonly changed: boolean | undefined }
  | { readonly broken: true }
)

/** Small enough to be compared several times a second, and with no smoothing that could hide noise. */
const pulseSize = { width: 160, height: 120 }
let last: { readonly stream: number; readonly width: number; readonly pixels: Uint8ClampedArray } | undefined

addEventListener('message', ({ data }: MessageEvent<PictureRequest>) => {
  void answer(data).then(
    (reply) => postMessage(reply, { transfer: 'bytes' in reply ? [reply.bytes.buffer] : [] }),
    () => postMessage({ id: data.id, broken: true } satisfies PictureReply),
  )
})

async function answer(request: PictureRequest): Promise<PictureReply> {
  const { id } = request
  switch (request.act) {
    case 'encode':
      try {
        const { frame, most = Infinity, quality } = request
        const scale = Math.min(1, most / Math.max(frame.displayWidth, frame.displayHeight))
        const size = { width: frame.displayWidth * scale, height: frame.displayHeight * scale }
        return {
          id,
          ...(await encode(size, quality, (to, { width, height }) => to.drawImage(frame, 0, 0, width, height))),
        }
      } finally {
        request.frame.close()
      }
    case 'pulse':
      try {
        return { id, changed: hasChanged(request.frame, request.stream) }
      } finally {
        request.frame.close()
      }
    case 'cut': {
      const { bytes, aspect, quality } = request
      const whole = await createImageBitmap(new Blob([bytes]))
      const width = Math.min(whole.width, whole.height * aspect)
      const height = Math.min(whole.height, whole.width / aspect)
      const [x, y] = [(whole.width - width) / 2, (whole.height - height) / 2]
      return {
        id,
        ...(await encode({ width, height }, quality, (to, size) =>
          to.drawImage(whole, x, y, width, height, 0, 0, size.width, size.height),
        )),
      }
    }
  }
}

async function encode(
  wanted: { readonly width: number; readonly height: number },
  quality: number,
  draw: (to: OffscreenCanvasRenderingContext2D, size: { readonly width: number; readonly height: number }) => void,
) {
  const width = Math.max(1, Math.round(wanted.width))
  const height = Math.max(1, Math.round(wanted.height))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  draw(context, { width, height })
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height }
}

/** True for the first frame of a stream, and when its size changed. */
function hasChanged(frame: VideoFrame, stream: number): boolean | undefined {
  const { width, height } = pulseSize
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.imageSmoothingEnabled = false
  context.drawImage(frame, 0, 0, width, height)
  const pixels = context.getImageData(0, 0, width, height).data
  const before = last
  last = { stream, width: frame.displayWidth, pixels }
  if (before?.stream !== stream || before.width !== frame.displayWidth) return true
  if (pixels.some((value, at) => value !== before.pixels[at])) return true
  return pixels.every((value, at) => value === pixels[at % 4]) ? undefined : false
}
