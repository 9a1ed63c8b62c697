import type { Notice, NoticeFolder } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import type { Store } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { watchNotices, usualPace, type NoticePace, type NoticeWatch } from './watch.ts'

export type Notices = {
  readonly handlers: Pick<Handlers, 'notices' | 'noticeFolder' | 'setNoticeFolder'>
  open(store: Store): void
  /** A picture by the name that `notices` gave it. */
  picture(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  close(): Promise<void>
}

type Options = {
  readonly onChange: (all: readonly Notice[]) => void
  readonly pace?: NoticePace
}

const setting = 'notices.folder'

/** What stands on the citizen's screen between two citizens: pictures and texts of a folder that the station chose. */
export function openNotices({ onChange, pace = usualPace }: Options): Notices {
  let store: Store | undefined
  let folder = ''
  let watch: NoticeWatch | undefined
  let closing: Promise<unknown> = Promise.resolve()

  function begin(wanted: string): void {
    const ended = watch
    if (ended) closing = Promise.all([closing, ended.close()])
    folder = wanted
    watch = wanted === '' ? undefined : watchNotices({ folder: wanted, pace, onChange: tell })
    if (!watch) tell()
  }

  function tell(): void {
    onChange(shown())
  }

  const shown = (): readonly Notice[] => watch?.found().notices ?? []

  function view(): NoticeFolder {
    const found = watch?.found()
    return {
      folder,
      ...(found?.problem && { problem: found.problem }),
      shown: found?.notices.length ?? 0,
      left: found?.left ?? [],
    }
  }

  function opened(): Store {
    if (!store) throw new AppError('STATION_LOCKED', 'notices')
    return store
  }

  return {
    handlers: {
      notices: () => shown(),
      noticeFolder: async () => {
        opened()
        await watch?.scanned()
        return view()
      },
      setNoticeFolder: async (input) => {
        const wanted = input.folder.trim()
        opened().setSetting(setting, wanted)
        opened().recordAct({ actor: 'officer', window: 'officer', act: 'notices.folder' })
        begin(wanted)
        await watch?.scanned()
        return view()
      },
    },
    open(opening) {
      store = opening
      begin(opening.setting(setting) ?? '')
    },
    picture: async (name) => watch?.picture(name),
    async close() {
      store = undefined
      const ended = watch
      watch = undefined
      await Promise.all([closing, ended?.close()])
    },
  }
}
