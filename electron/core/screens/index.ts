import type { DisplayPart, DisplayView } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'

/** What core asks of the windows; the shell does it. */
export type Screens = {
  displays(): readonly DisplayView[]
  /** All that a technician asks for, the citizen's display also when it is not plugged in. */
  placed?(): readonly Omit<DisplayPart, 'since'>[]
  /** '' binds none. DISPLAY_ABSENT. */
  bind(key: string): void
  /** Puts the citizen's window on the officer's display, or takes it away again. */
  turn(to: 'citizen' | 'officer'): void
  /** What the citizen sees now, PNG, small; undefined when there is no window. */
  capture(): Promise<Uint8Array | undefined>
}

export type ScreenActs = {
  readonly handlers: Pick<
    Handlers,
    'displays' | 'bindDisplay' | 'turnToCitizen' | 'takeBack' | 'setCurtain' | 'curtain' | 'reportPainted'
  >
  readonly curtained: () => boolean
  /** `screen/<number>` of the officer's live pictures: what the citizen sees, as long as nothing newer was painted. */
  picture(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  /** The citizen has left. */
  forget(): void
}

type Needs = {
  readonly screens: Screens
  /** Throws DOSSIER_MISSING or STATION_LOCKED. */
  readonly requireDossier: () => void
  readonly onCurtain: (drawn: boolean) => void
  readonly onPainted: (number: number) => void
}

/** The curtain, the turned laptop, and the officer's small view of the citizen's screen. */
export function screenActs({ screens, requireDossier, onCurtain, onPainted }: Needs): ScreenActs {
  let drawn = false
  let painted = 0
  let newest: { readonly number: number; readonly bytes: Promise<Uint8Array | undefined> } | undefined
  let running: Promise<unknown> = Promise.resolve()

  /** Taking a picture of a window costs tens of milliseconds: once for each number, one after the other, none in vain. */
  function screen(number: number): Promise<Uint8Array | undefined> {
    if (newest?.number === number) return newest.bytes
    const bytes = running
      .then(() => (number === painted ? screens.capture() : undefined))
      // A window that closes meanwhile has no picture.
      .catch(() => undefined)
    newest = { number, bytes }
    running = bytes
    return bytes
  }

  return {
    handlers: {
      displays: () => screens.displays(),
      bindDisplay: ({ key }) => {
        screens.bind(key)
        return {}
      },
      turnToCitizen: () => {
        requireDossier()
        screens.turn('citizen')
        return {}
      },
      takeBack: () => {
        screens.turn('officer')
        return {}
      },
      setCurtain: (next) => {
        if (next.drawn !== drawn) {
          drawn = next.drawn
          onCurtain(drawn)
        }
        return {}
      },
      curtain: () => ({ drawn }),
      reportPainted: () => {
        onPainted(++painted)
        return {}
      },
    },
    curtained: () => drawn,
    async picture(name) {
      if (name !== `screen/${painted}`) return undefined
      const bytes = await screen(painted)
      return bytes && { bytes, mediaType: 'image/png' }
    },
    forget() {
      newest = undefined
    },
  }
}
