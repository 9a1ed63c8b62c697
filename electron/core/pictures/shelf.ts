import type { CameraRole, OfferedPicture } from '#contract/index.ts'
import { offeredPicture } from '#contract/pictures.ts'
import type { Store } from '#core/store/index.ts'
import type { PictureRef } from '#domain/enrolment/index.ts'
import { z } from 'zod'

export type Shelf = {
  /** Puts a stored picture on the shelf, unless its content has been there before. On the disk when it returns. */
  offer(role: CameraRole, picture: PictureRef, dossier: string | undefined): void
  drop(name: string): void
  /** Newest first. Pictures that came between two citizens belong to the first dossier that asks. */
  of(dossier: string): readonly OfferedPicture[]
}

const setting = 'pictures.shelf'

/** Contents that are remembered so that none is taken twice; the oldest are forgotten. */
const mostRemembered = 5000

const stored = z.object({
  offered: z.array(offeredPicture.extend({ dossier: z.string().optional() })),
  /** SHA-256 of everything that ever lay here, oldest first. */
  seen: z.array(z.string()),
})
type Stored = z.infer<typeof stored>

/** The pictures that wait to be used or dropped, kept in the store. */
export function openShelf(store: Pick<Store, 'setting' | 'setSetting'>, clock: () => Date): Shelf {
  let shelf = read(store.setting(setting))
  const write = (next: Stored) => {
    store.setSetting(setting, JSON.stringify(next))
    shelf = next
  }
  return {
    offer(role, picture, dossier) {
      if (shelf.seen.includes(picture.sha256)) return
      const at = clock().toISOString()
      write({
        offered: [{ role, picture, at, ...(dossier !== undefined && { dossier }) }, ...shelf.offered],
        seen: [...shelf.seen, picture.sha256].slice(-mostRemembered),
      })
    },
    drop(name) {
      const offered = shelf.offered.filter(({ picture }) => picture.name !== name)
      if (offered.length < shelf.offered.length) write({ ...shelf, offered })
    },
    of(dossier) {
      if (shelf.offered.some((each) => each.dossier === undefined))
        write({ ...shelf, offered: shelf.offered.map((each) => ({ ...each, dossier: each.dossier ?? dossier })) })
      return shelf.offered
        .filter((each) => each.dossier === dossier)
        .map(({ role, picture, at }) => ({ role, picture, at }))
    },
  }
}

function read(text: string | undefined): Stored {
  try {
    return stored.parse(JSON.parse(text ?? ''))
  } catch {
    return { offered: [], seen: [] }
  }
}
