import type { PageSeen } from '#native/capability/picture.ts'
import { decodePicture } from './decode.ts'
import { findPage } from './find.ts'
import { judgePage } from './judge.ts'
import { factorTo, shrink, toGrey, type Colours } from './picture.ts'
import type { Corners } from './quad.ts'

/** Longer side of the picture that sharpness and light are judged in. */
const JUDGED = 1280

/** The page on a frame (JPEG or PNG) and what is wrong with it. IMAGE_UNREADABLE, IMAGE_TOO_LARGE. */
export function lookAtPage({ frame }: { readonly frame: Uint8Array }): PageSeen {
  const picture = decodePicture(frame, 'page.look')
  const { corners, problems } = seePage(picture)
  return { width: picture.width, height: picture.height, ...(corners && { corners }), problems }
}

/** Corners and marks are in pixels of the picture given. */
export function seePage(picture: Colours): Pick<PageSeen, 'corners' | 'problems'> {
  const found = findPage(picture)
  if (!found) return { problems: [{ problem: 'page-missing', value: 0 }] }
  const factor = factorTo(JUDGED, picture)
  const corners = found.corners.map(({ x, y }) => ({ x: x / factor, y: y / factor })) as unknown as Corners
  const problems = judgePage(toGrey(shrink(picture, factor)), corners).map(({ mark, ...rest }) => ({
    ...rest,
    ...(mark && {
      mark: { x: mark.x * factor, y: mark.y * factor, width: mark.width * factor, height: mark.height * factor },
    }),
  }))
  return { corners: found.corners, problems }
}
