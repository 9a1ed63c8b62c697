import type { PictureReply, PictureRequest } from './picture-worker.ts'

export type Jpeg = { readonly bytes: Uint8Array<ArrayBuffer>; readonly width: number; readonly height: number }

/** A picture as taken: JPEG or PNG bytes for main, a URL for the window until main has it. */
export type Shot = { readonly bytes: Uint8Array<ArrayBuffer>; readonly url: string }

const shotQuality = 0.95
const frameQuality = 0.85

/** One worker for the window: the main thread never draws or encodes a picture. */
let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, (reply: PictureReply | undefined) => void>()

/** The frame now shown, at the camera's own resolution. Undefined when the camera has none. */
export async function shoot(video: HTMLVideoElement): Promise<Shot | undefined> {
  const jpeg = await encodeFrame(video, { quality: shotQuality })
  return jpeg && shotOf(jpeg.bytes)
}

/** The frame now shown, its longer side at most `most` pixels, for looking at. */
export function grabFrame(video: HTMLVideoElement, most: number): Promise<Jpeg | undefined> {
  return encodeFrame(video, { quality: frameQuality, most })
}

/** The middle of a picture in a shape (width over height), as JPEG. Undefined when it cannot be read. */
export async function cutMiddle(bytes: Shot['bytes'], aspect: number): Promise<Shot['bytes'] | undefined> {
  const reply = await ask({ act: 'cut', bytes, aspect, quality: shotQuality }, [])
  return reply && 'bytes' in reply ? reply.bytes : undefined
}

/** Whether the frame now shown differs from the one asked about before; undefined when that cannot be told. */
export async function frameChanged(video: HTMLVideoElement, stream: number): Promise<boolean | undefined> {
  const frame = frameOf(video)
  if (!frame) return undefined
  const reply = await ask({ act: 'pulse', frame, stream }, [frame])
  return reply && 'changed' in reply ? reply.changed : undefined
}

export function shotOf(bytes: Shot['bytes']): Shot {
  return { bytes, url: URL.createObjectURL(new Blob([bytes])) }
}

async function encodeFrame(
  video: HTMLVideoElement,
  wishes: { readonly quality: number; readonly most?: number },
): Promise<Jpeg | undefined> {
  const frame = frameOf(video)
  if (!frame) return undefined
  const reply = await ask({ act: 'encode', frame, ...wishes }, [frame])
  return reply && 'bytes' in reply ? reply : undefined
}

function frameOf(video: HTMLVideoElement): VideoFrame | undefined {
  if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  try {
    return new VideoFrame(video)
  } catch {
    // It ended between the two lines.
    return undefined
  }
}

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never

function ask(request: Unnumbered<PictureRequest>, transfer: Transferable[]): Promise<PictureReply | undefined> {
  worker ??= startWorker()
  const id = ++lastId
  const started = worker
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    started.postMessage({ ...request, id } satisfies PictureRequest, transfer)
  })
}

function startWorker(): Worker {
  const started = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<PictureReply>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  })
  started.addEventListener('error', () => {
    if (worker === started) worker = undefined
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  })
  return started
}
