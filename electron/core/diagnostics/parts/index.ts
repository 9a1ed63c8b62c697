import type { CallInput, CallOutput, EventData, EventName, Parts } from '#contract/index.ts'
import type { Keystore } from '#core/access/index.ts'
import type { Handlers } from '#core/answer.ts'
import { systemClock, type Clock } from '#core/devices/clock.ts'
import type { Screens } from '#core/screens/index.ts'
import { verdictOf, type CheckReport } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { startAsking, type Asking } from './asking.ts'
import { checkDisplay, type TestScene } from './display-check.ts'
import { checkPrinter, type Printers } from './printer-check.ts'
import { lookAtKeystore, lookForTpm } from './system-parts.ts'

export type { Printers } from './printer-check.ts'

type Options = {
  /** Of the station. */
  readonly folder: string
  readonly clock: () => Date
  readonly screens: Pick<Screens, 'placed' | 'bind'>
  readonly printers?: Printers | undefined
  readonly keystore: Keystore | 'none'
  /** A dossier is open: the citizen's screen is the citizen's. */
  readonly citizenAtDesk: () => boolean
  readonly notify: <Name extends EventName>(name: Name, data: EventData<Name>) => void
  readonly keep: (report: CheckReport) => Promise<void>
  /** What `scene()` says is something else now. */
  readonly onScene: () => void
  /** For the audit chain: what was done. */
  readonly onAct?: (act: string) => void
  readonly timer?: Clock
}

export type PartDiagnostics = {
  readonly handlers: Pick<
    Handlers,
    'parts' | 'chooseDisplay' | 'checkPart' | 'answerPart' | 'stopPart' | 'reportTestDrawn' | 'reportTestTouch'
  >
  /** What the citizen's screen shows for a test. */
  scene(): TestScene | undefined
  displaysChanged(): void
  /** A dossier may have been opened. */
  deskChanged(): void
}

/** Displays, printers, TPM and keystore, and the guided tests of the first two. */
export function partDiagnostics(options: Options): PartDiagnostics {
  const { folder, clock, screens, printers, citizenAtDesk, notify, keep, onScene, onAct = () => {} } = options
  const timer = options.timer ?? systemClock
  let running: { readonly part: CallInput<'checkPart'>['part']; readonly asking: Asking } | undefined
  let shown: TestScene | undefined
  let pictures = 0
  const since = new Map<string, string>()
  const refused = new Set<string>()

  const sinceOf = (key: string) => {
    const at = since.get(key) ?? clock().toISOString()
    since.set(key, at)
    return at
  }

  /** What went and comes again is there since it came. */
  function withSince<T>(kind: string, all: readonly T[], keyOf: (one: T) => string): (T & { since: string })[] {
    const keys = new Set(all.map((one) => `${kind} ${keyOf(one)}`))
    for (const key of since.keys()) if (key.startsWith(`${kind} `) && !keys.has(key)) since.delete(key)
    return all.map((one) => ({ ...one, since: sinceOf(`${kind} ${keyOf(one)}`) }))
  }

  const placed = () => screens.placed?.() ?? []

  async function list(): Promise<Parts> {
    const installed = await printers?.list().catch(() => undefined)
    return {
      displays: withSince('display', placed(), ({ key, is }) => `${key} ${is}`),
      ...(installed && {
        printers: withSince('printer', installed, ({ name }) => name).map((one) => ({
          ...one,
          ...(refused.has(one.name) && { lastError: 'print-refused' }),
        })),
      }),
      tpm: await lookForTpm(sinceOf('tpm')),
      keystore: await lookAtKeystore(folder, options.keystore),
    }
  }

  const tellParts = () =>
    list().then(
      (parts) => notify('partsChanged', parts),
      () => {},
    )

  function show(picture: Pick<TestScene, 'picture' | 'cross'> | undefined): number {
    if (picture) shown = { scene: 'screen-test', number: ++pictures, ...picture }
    else if (!shown) return pictures
    else shown = undefined
    onScene()
    return pictures
  }

  async function check(wish: CallInput<'checkPart'>): Promise<CallOutput<'checkPart'>> {
    const { part } = wish
    if (part === 'citizen-screen' && citizenAtDesk()) throw new AppError('CITIZEN_AT_DESK', 'part.check')
    if (running) throw new AppError('DEVICE_BUSY', 'part.check')
    const asking = startAsking((question) => notify('partQuestion', { part, ...question }), timer)
    running = { part, asking }
    const begun = performance.now()
    try {
      const { figures, found } =
        part === 'citizen-screen'
          ? await checkDisplay({ displays: placed, show, asking })
          : await printed(wish.printer, asking)
      const at = clock().toISOString()
      const took = Math.round(performance.now() - begun)
      const report: CheckReport = { subject: part, verdict: verdictOf(found), found, figures: whole(figures), at, took }
      await keep(report)
      return report
    } finally {
      running = undefined
      show(undefined)
    }
  }

  async function printed(wanted: string | undefined, asking: Asking) {
    const { printer, ...outcome } = await checkPrinter(printers, wanted, asking)
    if (printer !== undefined) {
      if (outcome.figures.printTaken === 0) refused.add(printer)
      else refused.delete(printer)
      void tellParts()
    }
    return outcome
  }

  return {
    handlers: {
      parts: list,
      chooseDisplay: ({ key }) => {
        if (citizenAtDesk()) throw new AppError('CITIZEN_AT_DESK', 'part.choose-display')
        screens.bind(key)
        onAct('display.choose')
        return {}
      },
      checkPart: check,
      answerPart: ({ answer }) => {
        running?.asking.tell({ what: 'answer', answer })
        return {}
      },
      stopPart: () => {
        running?.asking.end('CANCELLED')
        return {}
      },
      reportTestDrawn: (drawn) => {
        running?.asking.tell({ what: 'drawn', ...drawn })
        return {}
      },
      reportTestTouch: (touch) => {
        running?.asking.tell({ what: 'touch', ...touch })
        return {}
      },
    },
    scene: () => shown,
    displaysChanged() {
      void tellParts()
      if (running?.part !== 'citizen-screen') return
      const own = placed().find(({ use }) => use === 'citizen')
      if (own?.is !== 'there') running.asking.end('DISPLAY_ABSENT')
    },
    deskChanged() {
      if (running?.part === 'citizen-screen' && citizenAtDesk()) running.asking.end('CITIZEN_AT_DESK')
    },
  }
}

/** Without what was not measured. */
function whole(figures: Readonly<Record<string, number | undefined>>): CheckReport['figures'] {
  return Object.fromEntries(Object.entries(figures).filter((each): each is [string, number] => each[1] !== undefined))
}
