import type { PictureSources } from '#contract/index.ts'
import { useOwned } from '../../state/owned.ts'
import { desk } from '../desk.ts'

const fetch = () => desk.call.pictureSources({})

/** Watched folders, and the pictures that came from them for the dossier under way; undefined until main has said. */
export function usePictureSources(): PictureSources | undefined {
  return useOwned(fetch, desk.on.pictureSourcesChanged).value
}
