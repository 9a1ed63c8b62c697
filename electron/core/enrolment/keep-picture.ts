import type { Store } from '#core/store/index.ts'
import type { PictureRef } from '#domain/enrolment/index.ts'
import { inspectPicture } from './picture.ts'

/** Stores a picture after a look at its headers. Throws IMAGE_UNREADABLE or IMAGE_TOO_LARGE. */
export async function keepPicture(store: Store, bytes: Uint8Array, mostBytes?: number): Promise<PictureRef> {
  const { mediaType, width, height } = inspectPicture(bytes, mostBytes)
  return { ...(await store.putBlob(bytes, mediaType)), width, height }
}
