import { randomUUID } from 'node:crypto'
import type { CitizenView, OfficerView, StationPolicy } from '#contract/index.ts'
import type { AuditInput, SealedFile, Store } from '#core/store/index.ts'
import { citizenScene } from '#domain/enrolment/citizen-scene.ts'
import { foldEvents, next, type DossierEvent, type DossierState, type Effect } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { exchangeOf } from '#domain/enrolment/exchange-of.ts'

export type Actor = AuditInput['window']

export type Desk = {
  /** The dossier under way. Throws DOSSIER_MISSING between citizens. */
  open(): { readonly id: string; readonly state: DossierState }
  /** The same, or undefined. */
  current(): { readonly id: string; readonly state: DossierState } | undefined
  view(): OfficerView | null
  citizen(): CitizenView
  start(station: string, policy: StationPolicy): void
  resume(id: string): void
  /** Reads the dossier again after another service stored an event of it. */
  reload(): void
  /** Goes on where the last run ended, if a dossier was under way. */
  resumeLast(): void
  /** One event: checked, stored, then shown. Throws what `next` and the store throw, and then nothing has happened. */
  apply(event: DossierEvent, by: Actor, sealed?: SealedFile): void
  /**
   * How an act ended that did not succeed. What a full disk does not take is shown all the same and stored before the
   * next event: otherwise a seal that failed for want of space could not be made again. A late end changes nothing.
   */
  fail(event: FailedAct): void
  /** The result of the act that an attempt started, and of the comparison that follows prints; rejects with its failure. */
  finished(attempt: string): Promise<void>
  /** Ends the device act under way, if any. A seal goes on. */
  stopAct(): void
  /** Ends every act; the program is about to end. */
  close(): void
  saveDraft(field: string, text: string): string
  clearDraft(field: string): void
}

type Options = {
  readonly store: Store
  readonly clock: () => Date
  /** Carries out one effect that takes time, and applies the events that tell its outcome. */
  readonly carryOut: (effect: LastingEffect, desk: Desk, signal: AbortSignal) => Promise<void>
  readonly onView: (view: OfficerView | null) => void
  /** What `citizen()` says is something else now. */
  readonly onCitizen: () => void
}

export type FailedAct = Extract<DossierEvent, { type: 'chipReadFailed' | 'fingerCaptureFailed' | 'sealFailed' }>

export type LastingEffect = Extract<Effect, { type: 'read-chip' | 'capture-fingers' | 'compare-fingers' | 'seal' }>

/** The desk with at most one dossier on it. */
export function openDesk({ store, clock, carryOut, onView, onCitizen }: Options): Desk {
  let current: { id: string; state: DossierState; savedAt: string } | undefined
  /** Ends of acts that are in the state but not yet on the disk. */
  let untold: readonly FailedAct[] = []
  let shownToCitizen = ''
  /** Of prints that were just taken, by the attempt that took them. */
  const comparisons = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>()
  const acts = new Map<
    string,
    { readonly type: LastingEffect['type']; readonly abort: AbortController; readonly done: Promise<void> }
  >()

  const desk: Desk = {
    open() {
      if (!current) throw new AppError('DOSSIER_MISSING', 'desk.open')
      return current
    },
    current: () => current,
    view: () => (current ? officerView(current, store.drafts(current.id)) : null),
    citizen: () => citizenScene(current?.state),

    start(station, { shortForChildren }) {
      if (current && current.state.status !== 'abandoned') throw new AppError('EVENT_NOT_ALLOWED', 'desk.start')
      const id = randomUUID()
      const event = {
        type: 'opened',
        number: store.nextDossierNumber(station),
        station,
        day: localDay(clock()),
        ...(shortForChildren && { shortForChildren }),
      } as const
      const { state, effects } = next(foldEvents([]), event)
      const { at } = store.createDossier(id, event, audit(event.type, 'officer'))
      current = { id, state, savedAt: at }
      settle(effects)
    },

    resume(id) {
      if (current && acts.size > 0) throw new AppError('EVENT_NOT_ALLOWED', 'desk.resume')
      const events = store.events(id)
      const state = foldEvents(events.map(({ event }) => event))
      if (state.status === 'abandoned' || state.status === 'closed' || state.status === 'none') {
        throw new AppError('EVENT_NOT_ALLOWED', 'desk.resume', { context: { status: state.status } })
      }
      current = { id, state, savedAt: events.at(-1)?.at ?? clock().toISOString() }
      untold = []
      settle([{ type: 'show-citizen' }])
      pickUp(state)
    },

    reload() {
      if (!current) return
      const events = store.events(current.id)
      const state = foldEvents([...events.map(({ event }) => event), ...untold])
      current = { ...current, state, savedAt: events.at(-1)?.at ?? current.savedAt }
      settle([])
    },

    resumeLast() {
      const last = store.dossiers({ status: ['open', 'sealing', 'sealed'] }).at(0)
      if (!last || current) return
      try {
        desk.resume(last.id)
      } catch (error) {
        // A damaged dossier must not keep the station closed: it stays in the list and says so when it is opened.
        if (!(error instanceof AppError)) throw error
        current = undefined
      }
    },

    apply(event, by, sealed) {
      const { id, state: before } = desk.open()
      const { state, effects } = next(before, event)
      storeUntold(id)
      const { at } = store.append(id, event, state.status, audit(event.type, by), sealed)
      current = state.status === 'closed' || state.status === 'abandoned' ? undefined : { id, state, savedAt: at }
      settle(effects)
    },

    fail(event) {
      try {
        desk.apply(event, 'program')
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code !== 'DISK_FULL' || !current) return
        const { state, effects } = next(current.state, event)
        current = { ...current, state }
        untold = [...untold, event]
        settle(effects)
      }
    },

    async finished(attempt) {
      await acts.get(attempt)?.done
      await comparisons.get(attempt)?.done
    },

    stopAct() {
      for (const { type, abort } of acts.values()) if (type !== 'seal') abort.abort()
    },

    close() {
      for (const { abort } of comparisons.values()) abort.abort()
      for (const { abort } of acts.values()) abort.abort()
    },

    saveDraft(field, text) {
      const { id } = desk.open()
      store.setDraft(id, field, text)
      if (current) current.savedAt = clock().toISOString()
      return current?.savedAt ?? ''
    },

    clearDraft(field) {
      const { id } = desk.open()
      if (store.drafts(id)[field] === undefined) return
      store.clearDraft(id, field)
      settle([])
    },
  }

  function storeUntold(id: string): void {
    for (const event of untold) {
      store.append(id, event, 'open', audit(event.type, 'program'))
      untold = untold.slice(1)
    }
  }

  /** Starts what must be done, then shows what is: the windows never see a state that is not on the disk. */
  function settle(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'show-citizen') continue
      if (effect.type === 'stop-device') acts.get(effect.attempt)?.abort.abort()
      else begin(effect)
    }
    onView(desk.view())
    const citizen = JSON.stringify(desk.citizen())
    if (citizen !== shownToCitizen) onCitizen()
    shownToCitizen = citizen
  }

  function begin(effect: LastingEffect): void {
    const abort = new AbortController()
    if (effect.type === 'compare-fingers') {
      // What fails here is tried again when the dossier is taken up again; the prints are safe.
      const done = carryOut(effect, desk, abort.signal)
        .catch(() => {})
        .finally(() => comparisons.delete(effect.attempt))
      comparisons.set(effect.attempt, { abort, done })
      return
    }
    // The act starts only after its own registration, so that it can be waited for and stopped from the first moment.
    const done = Promise.resolve()
      .then(() => carryOut(effect, desk, abort.signal))
      .finally(() => acts.delete(effect.attempt))
    // The caller who waits hears of a failure; nobody waiting is no reason to end the program.
    done.catch(() => {})
    acts.set(effect.attempt, { type: effect.type, abort, done })
  }

  /** Acts that a dead run left behind: captures can be taken again, a seal is made again. */
  function pickUp(state: DossierState): void {
    if (state.chipAttempt)
      desk.apply({ type: 'chipReadFailed', attempt: state.chipAttempt.attempt, code: 'HOST_GONE' }, 'program')
    if (state.fingerAttempt) {
      desk.apply({ type: 'fingerCaptureFailed', attempt: state.fingerAttempt.attempt, code: 'HOST_GONE' }, 'program')
    }
    const uncompared = Object.values(state.tries).flatMap((tries) => tries.filter(({ doubts }) => doubts === undefined))
    if (state.status === 'open') {
      for (const { attempt } of uncompared) begin({ type: 'compare-fingers', attempt })
    }
    if (state.status === 'sealing' && state.sealAttempt !== undefined)
      begin({ type: 'seal', attempt: state.sealAttempt })
  }

  return desk
}

function officerView(
  { id, state, savedAt }: { id: string; state: DossierState; savedAt: string },
  drafts: Readonly<Record<string, string>>,
): OfficerView {
  return { id, state, drafts, savedAt, procedure: exchangeOf(state) }
}

function audit(act: string, window: Actor): AuditInput {
  // Accounts of officers come with the access issue; until then the window is all that is known of who acted.
  return { actor: window, window, act: `dossier.${act}` }
}

/** ISO date on the station's wall. */
export function localDay(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
