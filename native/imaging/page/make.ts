import type { HostCalls } from '#native/capability/host.ts'
import type { PageMade, PageSeen } from '#native/capability/picture.ts'
import { decodePicture } from './decode.ts'
import { encodeJpeg, encodePng } from './encode.ts'
import { flatSize, flatten, realAspect } from './flatten.ts'
import { seePage } from './look.ts'
import { shrink, turnQuarters, type Colours } from './picture.ts'
import { quartersToUpright } from './upright.ts'

/** Longer side of the compact view: A4 at 200 dots per inch. */
const VIEW_SIDE = 2340
const VIEW_QUALITY = 82

/**
 * The page of a whole picture, twice: as it was taken, and flat, upright and compact. Where no page is found the view
 * shows the whole picture. IMAGE_UNREADABLE, IMAGE_TOO_LARGE.
 */
export function makePage({ picture: file, colour, turn }: HostCalls['page.make']['input']): PageMade {
  const picture = decodePicture(file, 'page.make')
  const { page, problems } = flatPage(picture, VIEW_SIDE)
  const upright = turnQuarters(page, (quartersToUpright(page) ?? 0) + turn / 90)
  const shown = colour === 'grey' ? withoutColour(upright) : upright
  return {
    original: encodePng(picture),
    view: encodeJpeg(shown, VIEW_QUALITY),
    width: shown.width,
    height: shown.height,
    problems,
  }
}

/** The page alone, or the whole picture when there is none, its longer side at most `most` pixels. */
export function flatPage(
  picture: Colours,
  most: number,
): { readonly page: Colours; readonly problems: PageSeen['problems']; readonly found: boolean } {
  const { corners, problems } = seePage(picture)
  if (!corners)
    return { page: shrink(picture, Math.ceil(Math.max(picture.width, picture.height) / most)), problems, found: false }
  const { aspect } = realAspect(corners, picture)
  return { page: flatten(picture, corners, flatSize(corners, aspect, most)), problems, found: true }
}

function withoutColour({ width, height, rgb: from }: Colours): Colours {
  const rgb = new Uint8Array(from.length)
  for (let at = 0; at < from.length; at += 3) {
    const grey = (from[at]! * 77 + from[at + 1]! * 150 + from[at + 2]! * 29 + 128) >> 8
    rgb.fill(grey, at, at + 3)
  }
  return { width, height, rgb }
}
