import type { Remedy } from '#domain/enrolment/index.ts'

/** A hand in a basin, under a cloth, rubbed, with cream: for those who point rather than read. */
export function RemedyPictogram({ remedy }: { readonly remedy: Remedy }) {
  return (
    <svg className="remedy" viewBox="0 0 48 48" aria-hidden>
      {drawings[remedy]}
    </svg>
  )
}

const hand = 'M15 27 V13 a2.5 2.5 0 0 1 5 0 V8 a2.5 2.5 0 0 1 5 0 v1 a2.5 2.5 0 0 1 5 0 v4 a2.5 2.5 0 0 1 5 0 V27'

const whole = `${hand} V36 a8 8 0 0 1 -8 8 h-4 a8 8 0 0 1 -8 -8 Z`

const drawings = {
  soak: (
    <>
      <path className="remedy-hand" d={`${hand} Z`} />
      <path className="remedy-water" d="M5 25 q4.75 -5 9.5 0 t9.5 0 t9.5 0 t9.5 0 L38 43 H10 Z" />
      <path className="remedy-line" d="M5 25 L10 43 H38 L43 25" />
    </>
  ),
  dry: (
    <>
      <path className="remedy-hand" d={`${hand} V34 a8 8 0 0 1 -8 8 h-4 a8 8 0 0 1 -8 -8 Z`} />
      <path className="remedy-cloth" d="M7 24 q8 5 17 0 t17 0 V42 q-8 4 -17 0 t-17 0 Z" />
      <path className="remedy-line" d="M7 24 q8 5 17 0 t17 0 V42 q-8 4 -17 0 t-17 0 Z M13 31 v8 M20 31 v8" />
    </>
  ),
  warm: (
    <>
      <path className="remedy-hand" transform="translate(14 6) rotate(24 24 24) scale(0.86)" d={whole} />
      <path className="remedy-hand" transform="translate(-8 6) rotate(-24 24 24) scale(0.86)" d={whole} />
      <path className="remedy-heat" d="M5 40 q-3 -4 0 -8 M43 40 q3 -4 0 -8 M24 4 v6 M18 5 v3 M30 5 v3" />
    </>
  ),
  cream: (
    <>
      <path className="remedy-hand" d={whole} />
      <circle className="remedy-water" cx="25" cy="32" r="5" />
      <path className="remedy-line" d="M38 5 h6 v6 h-6 z M37 11 h8 l-1 12 h-6 z" />
      <path className="remedy-heat" d="M40 26 v4 M44 26 v6" />
    </>
  ),
} as const satisfies Record<Remedy, unknown>
