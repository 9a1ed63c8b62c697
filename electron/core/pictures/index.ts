import type { CameraRole, PictureSources } from '#contract/index.ts'
import { cameraChoice } from '#contract/pictures.ts'
import { inspectPicture } from '#core/enrolment/picture.ts'
import type { Store } from '#core/store/index.ts'
import { z } from 'zod'
import { watchFolder, type FolderWatch, type WatchPace } from './folder.ts'
import { openShelf } from './shelf.ts'

export type Pictures = {
  /** The folders, and what is offered to the dossier under way. */
  view(): PictureSources
  /** Watches a folder for a role from now on; '' stops. */
  watch(role: CameraRole, folder: string): void
  drop(name: string): void
  camera(role: CameraRole): { readonly id: string; readonly label: string } | undefined
  rememberCamera(role: CameraRole, camera: { readonly id: string; readonly label: string }): void
  /** Resolves when nothing is being read any more. */
  close(): Promise<void>
}

type Options = {
  readonly store: Store
  readonly clock: () => Date
  /** The dossier under way. */
  readonly dossier: () => string | undefined
  readonly onChange: () => void
  readonly pace?: WatchPace
}

const roles = ['portrait-camera', 'document-camera'] as const satisfies readonly CameraRole[]
const storedFolder = z.strictObject({ folder: z.string(), since: z.number() })

/** The sources of pictures of an open station. */
export function openPictures({ store, clock, dossier, onChange, pace }: Options): Pictures {
  const shelf = openShelf(store, clock)
  const watches = new Map<CameraRole, { readonly folder: string; readonly watch: FolderWatch }>()
  let closing = Promise.resolve()
  for (const role of roles) {
    const known = parsed(storedFolder, store.setting(`pictures.folder.${role}`))
    if (known && known.folder !== '') begin(role, known)
  }

  function begin(role: CameraRole, { folder, since }: z.infer<typeof storedFolder>): void {
    const keep = async (bytes: Uint8Array) => {
      const { mediaType, width, height } = inspectPicture(bytes)
      const whose = dossier()
      const ref = await store.putBlob(bytes, mediaType)
      shelf.offer(role, { ...ref, width, height }, whose)
      onChange()
    }
    watches.set(role, { folder, watch: watchFolder({ folder, since, keep, onChange, ...(pace && { pace }) }) })
  }

  function end(role: CameraRole): void {
    const ended = watches.get(role)
    watches.delete(role)
    if (ended) closing = Promise.all([closing, ended.watch.close()]).then(() => {})
  }

  return {
    view() {
      const id = dossier()
      return {
        folders: [...watches].map(([role, { folder, watch }]) => ({ role, folder, ...watch.status })),
        offered: id === undefined ? [] : shelf.of(id),
      }
    },
    watch(role, folder) {
      const wanted = { folder: folder.trim(), since: Date.now() }
      store.setSetting(`pictures.folder.${role}`, JSON.stringify(wanted))
      store.recordAct({ actor: 'officer', window: 'officer', act: 'pictures.folder' })
      end(role)
      if (wanted.folder !== '') begin(role, wanted)
      onChange()
    },
    drop(name) {
      shelf.drop(name)
      onChange()
    },
    camera: (role) => parsed(cameraChoice, store.setting(`camera.${role}`)),
    rememberCamera: (role, camera) => store.setSetting(`camera.${role}`, JSON.stringify(camera)),
    close() {
      for (const role of roles) end(role)
      return closing
    },
  }
}

function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  try {
    return text === undefined ? undefined : schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
