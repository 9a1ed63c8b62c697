import type { Point } from './hand.tsx'

type Tip = { readonly at: Point; readonly angle: number }

/**
 * From one edge of the nail to the other. Drawn for the right hand, whose fingers roll away from the body; its thumb
 * rolls towards it (`back`).
 */
export function RollArrow({ tip: { at, angle }, back = false }: { readonly tip: Tip; readonly back?: boolean }) {
  return (
    <g className="roll-arrow" transform={`translate(${at[0]} ${at[1]}) rotate(${angle}) scale(${back ? -1 : 1} 1)`}>
      <path className="roll-case" d={arrow} />
      <path className="roll-line" d={arrow} />
    </g>
  )
}

const arrow = 'M-54 14 A54 54 0 0 1 54 14 M32 -2 L55 18 L72 -8'

/** The finger from its tip, with its nail, at the start, the middle and the end of its way over the glass. */
export function RollStrip({ back = false }: { readonly back?: boolean }) {
  return (
    <g className="roll-strip" transform={back ? 'matrix(-1 0 0 1 520 0)' : undefined}>
      <rect className="glass" x="56" y="478" width="408" height="16" rx="8" />
      <g className="roll-ghost" transform="translate(130 430) rotate(-72)">
        <FingerEnd />
      </g>
      <g className="roll-ghost" transform="translate(390 430) rotate(72)">
        <FingerEnd />
      </g>
      <g className="roll-finger">
        <FingerEnd />
      </g>
      <path className="roll-line" d="M172 372 C220 346 300 346 346 370 M322 346 L350 373 L314 386" />
    </g>
  )
}

function FingerEnd() {
  return (
    <g>
      <circle className="finger-end" r="46" />
      <path className="finger-nail" d="M-34 -22 C-24 -58 24 -58 34 -22 C14 -34 -14 -34 -34 -22 Z" />
      <path className="finger-pad" d="M-30 27 A40 40 0 0 0 30 27" />
    </g>
  )
}
