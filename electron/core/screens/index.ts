import type { DisplayView } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'

/** What core asks of the windows; the shell does it. */
export type Screens = {
  displays(): readonly DisplayView[]
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
  /** `screen/<number>` of the officer's live pictures. */
  picture(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
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
      const bytes = await screens.capture()
      return bytes && { bytes, mediaType: 'image/png' }
    },
  }
}
