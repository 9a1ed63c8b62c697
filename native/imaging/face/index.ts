export { decodePicture } from './decode.ts'
export type { ColourImage } from './picture.ts'
export type { Face, FaceFinder } from './mesh.ts'
