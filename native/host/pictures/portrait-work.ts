import { AppError } from '#domain/failure/index.ts'
import type { HostCalls } from '#native/capability/host.ts'
import {
  cutPortrait,
  decodePicture,
  encodePortrait,
  expose,
  exposureFor,
  judge,
  likenessOf,
  shrink,
  type ColourImage,
  type Face,
  type FaceFinder,
} from '#native/imaging/face/index.ts'

type Look = HostCalls['portrait.look']
type Make = HostCalls['portrait.make']
type Compare = HostCalls['portrait.compare']

/** Longest side that the finder is given, pixels; it loses nothing by it and needs a fraction of the memory. */
const mostSide = 1280
/**
 * A frame stands for a picture of so many pixels on its longer side: what the cameras of the desk give at least. Whether
 * it does is found out when the portrait is made.
 */
const frameStandsFor = 1920

export async function lookAt({ frame }: Look['input'], finder: FaceFinder): Promise<Look['output']> {
  const picture = decodePicture(frame, 'portrait.look')
  const { width, height } = picture
  const rowsFor = Math.max(1, frameStandsFor / Math.max(width, height))
  const { view: _, ...seen } = judge(picture, await facesOn(picture, finder), rowsFor)
  return { width, height, ...seen }
}

export async function makePortrait({ picture: bytes }: Make['input'], finder: FaceFinder): Promise<Make['output']> {
  const picture = decodePicture(bytes, 'portrait.make')
  const faces = await facesOn(picture, finder)
  const { view, crop } = judge(picture, faces, 1)
  if (!view || !crop) throw new AppError('FACE_MISSING', 'portrait.make')
  const exposure = exposureFor(view)
  const exposed = expose(picture, exposure)
  const portrait = cutPortrait(exposed, crop)
  const { findings } = judge(exposed, faces, 1)
  const { width, height } = portrait
  return {
    portrait: encodePortrait(portrait),
    width,
    height,
    crop,
    exposure,
    findings: findings.map(({ check, value }) => ({ check, value })),
  }
}

export async function comparePortraits(
  { one, other }: Compare['input'],
  finder: FaceFinder,
): Promise<Compare['output']> {
  return { likeness: likenessOf(await describe(one, 'one', finder), await describe(other, 'other', finder)) }
}

async function describe(bytes: Uint8Array, picture: 'one' | 'other', finder: FaceFinder): Promise<readonly number[]> {
  const whole = decodePicture(bytes, 'portrait.compare')
  const description = await finder.describe(shrink(whole, factorFor(whole)))
  if (!description) throw new AppError('FACE_MISSING', 'portrait.compare', { context: { picture } })
  return description
}

/** Faces of a picture of any size, in its own pixels. */
async function facesOn(picture: ColourImage, finder: FaceFinder): Promise<readonly Face[]> {
  const by = factorFor(picture)
  const faces = await finder.find(shrink(picture, by))
  if (by === 1) return faces
  return faces.map(({ box, mesh }) => ({
    box: { x: box.x * by, y: box.y * by, width: box.width * by, height: box.height * by },
    mesh: mesh.map(({ x, y, z }) => ({ x: x * by, y: y * by, z: z * by })),
  }))
}

function factorFor({ width, height }: ColourImage): number {
  return Math.ceil(Math.max(width, height) / mostSide)
}
