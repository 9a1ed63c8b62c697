import type { Handlers } from '#core/answer.ts'
import type { Pictures } from './index.ts'

type SourceCalls = Pick<
  Handlers,
  'pictureSources' | 'watchPictureFolder' | 'dropOfferedPicture' | 'cameraChoice' | 'rememberCamera'
>

/** Where pictures come from; `pictures` throws STATION_LOCKED until the station is open. */
export function pictureSourceHandlers(pictures: () => Pictures): SourceCalls {
  return {
    pictureSources: () => pictures().view(),
    watchPictureFolder: ({ role, folder }) => {
      pictures().watch(role, folder)
      return {}
    },
    dropOfferedPicture: ({ name }) => {
      pictures().drop(name)
      return {}
    },
    cameraChoice: ({ role }) => pictures().camera(role) ?? null,
    rememberCamera: ({ role, ...camera }) => {
      pictures().rememberCamera(role, camera)
      return {}
    },
  }
}
