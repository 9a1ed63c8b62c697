import type { CitizenView, EventData } from '#contract/index.ts'
import { fingerHint, portraitHint, type DossierState } from '#domain/enrolment/index.ts'

type Hint = NonNullable<EventData<'citizenHint'>>
type Preview = EventData<'fingerPreview'>
type Portrait = Parameters<typeof portraitHint>[0]

export type CitizenHints = {
  /** A picture of the scanner. */
  finger(preview: Preview): void
  /** Told before a picture of the camera is looked at; what is found in it goes into the answer. */
  portrait(): (findings: Portrait) => void
  /** The dossier or the citizen's screen has changed. */
  follow(): void
}

type Needs = {
  readonly clock: () => Date
  readonly dossier: () => { readonly id: string; readonly state: DossierState } | undefined
  readonly scene: () => CitizenView['scene']
  readonly notify: (hint: Hint | null) => void
}

/** A hint not seen for so long is over: with few pictures a second, nobody waits for a second one. */
const forgottenMs = 700

/**
 * What to do with the hand or before the camera, as long as it is looked at. A picture that says otherwise once changes
 * nothing: a hint that flickers cannot be followed.
 */
export function citizenHints({ clock, dossier, scene, notify }: Needs): CitizenHints {
  let standing: { readonly about: string; readonly hint: Hint; seenAt: number; rival?: Hint['hint'] } | undefined

  /** The capture that is under way; a hint for another one is late. */
  function about(of: Hint['of']): string | undefined {
    const open = dossier()
    if (!open || scene() !== of) return undefined
    if (of === 'portrait') return `portrait ${open.id} ${open.state.portraits.length}`
    return open.state.fingerAttempt && `fingers ${open.state.fingerAttempt.attempt}`
  }

  function see(subject: string, hint: Hint): void {
    const now = clock().getTime()
    if (standing?.about === subject) {
      if (standing.hint.hint === hint.hint) {
        standing = { about: subject, hint: standing.hint, seenAt: now }
        return
      }
      if (standing.rival !== hint.hint && now - standing.seenAt < forgottenMs) {
        standing.rival = hint.hint
        return
      }
    }
    standing = { about: subject, hint, seenAt: now }
    notify(hint)
  }

  return {
    finger(preview) {
      const attempt = dossier()?.state.fingerAttempt
      const subject = about('fingers')
      if (!attempt || attempt.attempt !== preview.attempt || subject === undefined) return
      see(subject, { of: 'fingers', hint: fingerHint(attempt.step, preview) })
    },
    portrait() {
      const subject = about('portrait')
      return (findings) => {
        if (subject !== undefined && subject === about('portrait'))
          see(subject, { of: 'portrait', hint: portraitHint(findings) })
      }
    },
    follow() {
      if (!standing || standing.about === about(standing.hint.of)) return
      standing = undefined
      notify(null)
    },
  }
}
