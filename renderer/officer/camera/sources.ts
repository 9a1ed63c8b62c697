import type { PictureSources } from '#contract/index.ts'
import { mirror } from '../../state/mirror.ts'
import { desk } from '../desk.ts'

/** Watched folders, and the pictures that came from them for the dossier under way. */
export const pictureSources = mirror<PictureSources>(() => desk.call.pictureSources({}), desk.on.pictureSourcesChanged)
