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

const whole = `${hand} V36 a8 8 0 0 1 -8 8 h-4 a8 8 0 0 1 -8 -8 V27`

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
      <path className="remedy-hand" transform="rotate(-24 20 44) scale(0.8)" d={`${whole} Z`} />
      <path
        className="remedy-palm"
        transform="translate(48 0) scale(-1 1) rotate(-24 20 44) scale(0.8)"
        d={`${whole} Z`}
      />
      <path className="remedy-heat" d="M6 12 q3 -3 0 -6 M42 12 q-3 -3 0 -6 M24 8 v-5" />
    </>
  ),
  cream: (
    <>
      <path className="remedy-hand" d={`${hand} V36 a8 8 0 0 1 -8 8 h-4 a8 8 0 0 1 -8 -8 Z`} />
      <circle className="remedy-water" cx="25" cy="32" r="5" />
      <path className="remedy-line" d="M38 5 h6 v6 h-6 z M37 11 h8 l-1 12 h-6 z" />
      <path className="remedy-heat" d="M40 26 v4 M44 26 v6" />
    </>
  ),
} as const satisfies Record<Remedy, unknown>
