import { open, rename, rm, writeFile } from 'node:fs/promises'
import type { PrintedCard } from './card.ts'
import type { CameraFault } from './faults.ts'
import { filmOf } from './film.ts'
import { drawScene, paintScene, type Scene } from './scenes.ts'

/** Bytes of each of the two pictures in a film that is written over: larger than any scene. */
const slot = 256 * 1024

/**
 * The file that Chromium takes for a camera (`--use-file-for-fake-video-capture`): two JPEGs of the same
 * scene in turn, as no camera gives the same pixels twice.
 * It is read when the camera opens, so a new scene is seen by the next opening. With `live` the camera that is open sees it
 * too: Chromium maps the file, so pictures of one length are written over it.
 * With `framesASecond` it is a film of so many, in YUV4MPEG2, without faults: thirty JPEGs a second keep half a core busy.
 */
export function fakeCamera(
  path: string,
  firstPrinted: PrintedCard,
  { live = false, framesASecond }: { readonly live?: boolean; readonly framesASecond?: number | undefined } = {},
) {
  const films = new Map<Scene, Promise<Uint8Array>>()
  const drawn = new Map<Scene, Promise<readonly [Uint8Array, Uint8Array]>>()
  const faults = new Set<CameraFault>()
  let printed = firstPrinted
  let scene: Scene = 'blank'

  function draw(wanted: Scene): Promise<readonly [Uint8Array, Uint8Array]> {
    const picture =
      drawn.get(wanted) ?? Promise.all([drawScene(wanted, printed), drawScene(wanted, printed, 85)] as const)
    drawn.set(wanted, picture)
    return picture
  }

  function film(wanted: Scene, frames: number): Promise<Uint8Array> {
    const made = films.get(wanted) ?? paintScene(wanted, printed).then((picture) => filmOf(picture, frames))
    films.set(wanted, made)
    return made
  }

  /** Nobody may ever find half a picture. */
  async function put(bytes: Uint8Array) {
    await writeFile(`${path}.new`, bytes)
    await rename(`${path}.new`, path)
  }

  async function write() {
    if (framesASecond !== undefined) return put(await film(scene, framesASecond))
    const [first, second] = await draw(scene)
    let bytes: Uint8Array = Buffer.concat([first, second])
    if (faults.has('no-image')) bytes = Buffer.from('this is no picture\n'.repeat(200))
    if (faults.has('cut-image')) bytes = first.subarray(0, first.length / 3)
    if (faults.has('empty-file')) bytes = new Uint8Array(0)
    if (live && faults.size === 0) return writeOver(path, Buffer.concat([padded(first), padded(second)]))
    await put(bytes)
  }

  return {
    async show(next: Scene) {
      scene = next
      await write()
    },
    /** Another person is at the desk, and nothing before the camera. */
    async bring(next: PrintedCard) {
      printed = next
      drawn.clear()
      films.clear()
      faults.clear()
      await this.show('blank')
    },
    async setFault(fault: CameraFault, on: boolean) {
      if (on) faults.add(fault)
      else faults.delete(fault)
      await write()
    },
    async stop() {
      await rm(path, { force: true })
      await rm(`${path}.new`, { force: true })
    },
  }
}

/** A JPEG of exactly `slot` bytes: any marker may have fill bytes before it (ITU-T T.81, B.1.1.2), also the last one. */
function padded(jpeg: Uint8Array): Uint8Array {
  if (jpeg.length > slot) throw new RangeError(`a scene has ${jpeg.length} bytes, more than ${slot}`)
  const whole = new Uint8Array(slot).fill(0xff)
  whole.set(jpeg.subarray(0, -2))
  whole[slot - 1] = 0xd9
  return whole
}

/** In place: whoever has mapped the file sees it. A file that is not there, or not as long, is made anew. */
async function writeOver(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+').catch(() => undefined)
  if (!file) return writeFile(path, bytes)
  try {
    await file.write(bytes, 0, bytes.length, 0)
    await file.truncate(bytes.length)
  } finally {
    await file.close()
  }
}
