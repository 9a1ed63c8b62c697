import type { Remedy } from '#domain/enrolment/index.ts'
import { Hand } from './hand.tsx'

type Props = { readonly remedy: Remedy; readonly className?: string }

/** What helps worn or cold hands: a basin of warm water, a towel, hands rubbed together, a little cream. */
export function RemedyPictogram({ remedy, className = '' }: Props) {
  return (
    <svg className={`remedy ${className}`} viewBox="0 0 520 500" data-remedy={remedy} aria-hidden>
      {remedy === 'soak' && <Soak />}
      {remedy === 'dry' && <Dry />}
      {remedy === 'warm' && <Warm />}
      {remedy === 'cream' && <Cream />}
    </svg>
  )
}

const out = () => 'out' as const

/** Both hands hang into a basin of glass; it steams, and a clock stands beside it. */
function Soak() {
  return (
    <>
      <path className="warmth" d={`${wave(36, 236)} ${wave(222, 270)} ${wave(298, 270)} ${wave(484, 236)}`} />
      <path className="water" d="M44 288 H476 C470 420 400 478 260 478 C120 478 50 420 44 288 Z" />
      <svg width="520" height="500">
        <g transform="translate(232 470) scale(-0.62 -0.62)">
          <Hand side="left" pose={out} />
        </g>
        <g transform="translate(288 470) scale(0.62 -0.62)">
          <Hand side="right" pose={out} />
        </g>
      </svg>
      <path className="water water-front" d="M44 288 H476 C470 420 400 478 260 478 C120 478 50 420 44 288 Z" />
      <path className="water-line" d="M32 288 H488" />
      <path className="basin" d="M24 268 C24 420 100 486 260 486 C420 486 496 420 496 268" />
      <g transform="translate(260 76)">
        <circle className="clock" r="62" />
        <path className="clock-hand" d="M0 -36 V0 L24 16" />
      </g>
    </>
  )
}

/** A hand on a striped towel; drops leave it. */
function Dry() {
  return (
    <>
      <rect className="towel" x="40" y="150" width="440" height="336" rx="28" />
      <svg width="520" height="486">
        <g transform="translate(92 60)">
          <Hand side="right" pose={out} />
        </g>
      </svg>
      <path
        className="towel towel-over"
        d="M40 330 C160 290 360 380 480 310 V458 A28 28 0 0 1 452 486 H68 A28 28 0 0 1 40 458 Z"
      />
      <path className="towel-stripe" d="M40 438 H480 M40 462 H480" />
      <path className="rub" d="M176 392 H344 M202 366 L174 392 L202 418 M318 366 L346 392 L318 418" />
      <path className="drop" d={`${drop(100, 44)} ${drop(412, 28)}`} />
    </>
  )
}

/** Two palms on each other, one going up, one down; warmth on both sides. */
function Warm() {
  return (
    <>
      <path className="warmth" d={`${wave(44, 330)} ${wave(96, 270)} ${wave(424, 270)} ${wave(476, 330)}`} />
      <g transform="matrix(-1 0 0 1 516 -20)">
        <Palm />
      </g>
      <g transform="translate(4 22)">
        <Palm />
      </g>
      <path className="rub" d="M164 216 V96 M136 126 L164 94 L192 126 M356 96 V216 M328 186 L356 218 L384 186" />
    </>
  )
}

/** The right hand upright, seen from its edge. */
function Palm() {
  return (
    <>
      <path
        className="hand"
        d="M262 92 C262 60 316 58 318 94 L328 292 C332 326 362 366 374 420 L396 560 H308 L290 440 C270 400 262 356 262 320 Z"
      />
      <path className="hand-fold" d="M280 350 L276 258 A17 17 0 0 1 310 252 L324 338" />
    </>
  )
}

/** A tube, a dab on a finger, and a cloth to wipe with. */
function Cream() {
  return (
    <>
      <svg width="520" height="500">
        <g transform="translate(0 130)">
          <Hand side="right" pose={out} />
        </g>
      </svg>
      <path className="dab" transform="translate(208 214)" d={dab} />
      <g transform="translate(330 126) rotate(46)">
        <path className="pic-fill" d="M-60 -104 H60 L44 56 H-44 Z" />
        <path className="tube-end" d="M-60 -96 H60" />
        <path className="tube-leaf" d="M0 -46 C34 -18 28 18 0 32 C-28 18 -34 -18 0 -46 Z" />
        <rect className="tube-cap" x="-26" y="56" width="52" height="40" rx="8" />
      </g>
      <path className="rub" d="M356 262 C390 272 408 292 412 326 M386 302 L413 330 L434 298" />
      <rect className="towel" x="316" y="356" width="184" height="126" rx="22" />
      <path className="towel-stripe" d="M316 432 H500 M316 456 H500" />
    </>
  )
}

const dab = 'M8 -44 C10 -24 36 -16 36 8 A36 22 0 0 1 -36 8 C-36 -16 -2 -18 8 -44 Z'

/** Rising from a point, 110 high. */
function wave(x: number, y: number): string {
  return `M${x} ${y} c-26 -28 26 -52 0 -82 c-10 -14 -10 -22 -2 -34`
}

function drop(x: number, y: number): string {
  return `M${x} ${y} c24 34 32 48 32 62 a32 32 0 0 1 -64 0 c0 -14 8 -28 32 -62 Z`
}
