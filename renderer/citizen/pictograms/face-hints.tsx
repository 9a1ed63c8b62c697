import type { PortraitHint } from '#domain/enrolment/index.ts'
import { Person } from './face.tsx'
import { HintBadge } from './hint-badge.tsx'

type Props = { readonly hint: PortraitHint; readonly className?: string }

/** One thing to do before the camera: what the picture shows now, and where it should go. */
export function FaceHintPictogram({ hint, className = '' }: Props) {
  return (
    <svg className={`face-hint ${className}`} viewBox="0 0 360 440" data-hint={hint} aria-hidden>
      <rect className="pic-tint" x="20" y="20" width="320" height="408" rx="28" />
      <svg x="20" y="20" width="320" height="408" viewBox="20 20 320 408">
        <Drawing hint={hint} />
      </svg>
      <rect className="pic-edge" x="20" y="20" width="320" height="408" rx="28" />
    </svg>
  )
}

function Drawing({ hint }: Props) {
  switch (hint) {
    case 'good':
      return <Noted sign="good" />
    case 'hold-still':
      return <Noted sign="hold-still" />
    case 'sit-down':
      return (
        <>
          <path className="pic-chair" d="M104 130 V388 M104 290 H256 V388" />
          <path className="rub" d="M186 84 V232 M142 192 L186 240 L230 192" />
        </>
      )
    case 'one-person':
      return (
        <>
          <g transform="translate(-34 96) scale(0.76)">
            <Person />
          </g>
          <g transform="translate(164 150) scale(0.64)" className="hint-faint">
            <Person />
          </g>
          <HintBadge name="no" at={[280, 130]} size={0.6} />
        </>
      )
    case 'closer':
      return (
        <>
          <g transform="translate(99 122) scale(0.45)">
            <Person />
          </g>
          <path className="hint-place" d={oval(116, 150)} />
          <path
            className="rub"
            d="M180 140 V64 M152 90 L180 60 L208 90 M112 232 H58 M84 206 L54 232 L84 258 M248 232 H302 M276 206 L306 232 L276 258"
          />
        </>
      )
    case 'further':
      return (
        <>
          <g transform="translate(-108 -152) scale(1.6)">
            <Person />
          </g>
          <path className="hint-place" d={oval(70, 92)} />
          <path
            className="roll-case"
            d="M36 232 H94 M68 204 L98 232 L68 260 M324 232 H266 M292 204 L262 232 L292 260"
          />
          <path className="rub" d="M36 232 H94 M68 204 L98 232 L68 260 M324 232 H266 M292 204 L262 232 L292 260" />
        </>
      )
    case 'to-middle':
      return (
        <>
          <g transform="translate(54 84) scale(0.7)">
            <Person />
          </g>
          <path className="hint-place" d={oval(70, 96)} />
          <path className="rub" d="M34 230 H84 M58 202 L88 230 L58 258 M326 230 H276 M302 202 L272 230 L302 258" />
        </>
      )
    case 'face-straight':
      return (
        <>
          <Person turned />
          <path className="rub" d="M104 100 C140 60 210 60 246 92 M246 50 L250 96 L204 100" />
        </>
      )
    case 'head-upright':
      return (
        <>
          <path className="hint-place" d="M180 44 V410" />
          <g transform="translate(0 36) rotate(-16 180 426)">
            <Person />
          </g>
          <path className="rub" d="M92 92 C124 62 160 54 208 66 M176 36 L214 68 L176 98" />
        </>
      )
    case 'open-eyes':
      return (
        <>
          <path className="hint-part" d="M92 112 Q180 176 268 112 M116 142 L100 166 M180 152 V182 M244 142 L260 166" />
          <path className="rub" d="M180 206 V258 M154 234 L180 262 L206 234" />
          <path className="hint-part hint-part-white" d="M84 344 Q180 250 276 344 Q180 426 84 344 Z" />
          <circle className="pic-dot" cx="180" cy="340" r="32" />
        </>
      )
    case 'close-mouth':
      return (
        <>
          <path
            className="hint-part"
            d="M92 124 C110 66 158 60 180 78 C202 60 250 66 268 124 C252 206 108 206 92 124 Z"
          />
          <ellipse className="pic-dot" cx="180" cy="130" rx="56" ry="34" />
          <path className="rub" d="M180 214 V268 M154 244 L180 272 L206 244" />
          <path
            className="hint-part hint-part-white"
            d="M84 346 C110 306 160 310 180 324 C200 310 250 306 276 346 C240 392 120 392 84 346 Z"
          />
          <path className="hint-part" d="M84 346 Q180 356 276 346" />
        </>
      )
    case 'show-ears':
      return (
        <>
          <Person ears="lit" />
          <path className="rub" d="M84 244 H44 M62 222 L40 244 L62 266 M276 244 H316 M298 222 L320 244 L298 266" />
        </>
      )
    case 'no-glasses':
      return <Removed wears="glasses" />
    case 'no-hat':
      return <Removed wears="hat" />
  }
}

function Noted({ sign }: { readonly sign: 'good' | 'hold-still' }) {
  return (
    <>
      <Person />
      <HintBadge name={sign} at={[274, 94]} size={0.68} />
    </>
  )
}

function Removed({ wears }: { readonly wears: 'glasses' | 'hat' }) {
  return (
    <>
      <Person wears={wears} />
      <HintBadge name="no" at={[282, 92]} size={0.62} />
    </>
  )
}

/** Around the middle of the picture, where the face belongs. */
function oval(rx: number, ry: number): string {
  return `M${180 - rx} 232 a${rx} ${ry} 0 1 0 ${2 * rx} 0 a${rx} ${ry} 0 1 0 ${-2 * rx} 0`
}
