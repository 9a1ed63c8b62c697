import { captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import type { FingerHint, FingerPhase } from '#domain/enrolment/index.ts'
import { Fist, Hand, nameOf, tipOf, type FingerName, type FingerPose, type Point, type Side } from './hand.tsx'
import { HintBadge } from './hint-badge.tsx'
import { RollArrow, RollStrip } from './roll.tsx'

export type HandsProps = {
  readonly step: CaptureStep
  readonly phase: FingerPhase
  /** Those this person lays down; the other fingers of the step are drawn folded. */
  readonly fingers: readonly FingerPosition[]
  /** What the hand on the glass should do now: a sign of its own instead of that of the phase. */
  readonly hint?: FingerHint
  readonly className?: string
}

const wide = 520
const high = 500

/** Which fingers of which hand, and what to do with them: wait, lay or roll them on the glass, lift them, once more. */
export function HandsPictogram({ step, phase, fingers, hint, className = '' }: HandsProps) {
  const lit = captureSteps[step].fingers.filter((finger) => fingers.includes(finger))
  const side: Side = captureSteps[step].fingers.every((finger) => finger.startsWith('left')) ? 'left' : 'right'
  const both = step === 'two-thumbs'
  return (
    <svg
      className={`hands ${className}`}
      viewBox={`0 0 ${wide} ${high}`}
      data-step={step}
      data-phase={phase}
      {...(hint && { 'data-hint': hint })}
      aria-hidden
    >
      {both ? (
        <TwoThumbs lit={lit} />
      ) : (
        <g transform={side === 'left' ? `matrix(-1 0 0 1 ${wide} 0)` : undefined}>
          <OneHand step={step} side={side} lit={lit} done={phase === 'taken'} />
        </g>
      )}
      {hint ? (
        <HintBadge name={hint} at={both ? [wide - 92, 92] : [side === 'left' ? wide - 100 : 100, 108]} />
      ) : (
        <Sign phase={phase} at={both ? [wide - 64, 70] : [side === 'left' ? wide - 70 : 70, 92]} />
      )}
    </svg>
  )
}

type OneHandProps = {
  readonly step: CaptureStep
  readonly side: Side
  readonly lit: readonly FingerPosition[]
  /** Taken: how to roll is no longer shown. */
  readonly done: boolean
}

/** The hand on its own side, large; the other one beside it, small and faded. Drawn for the right hand. */
function OneHand({ step, side, lit, done }: OneHandProps) {
  const { fingers, impression } = captureSteps[step]
  const single = fingers.length === 1 ? fingers[0] : undefined
  const rolled = impression === 'rolled' && !done
  const name = single && nameOf(single)
  const laid = new Set(lit.map(nameOf))
  const tip = name && tipOf(name, name === 'thumb')
  const [x, y, scale] = placeOf(name, rolled)
  return (
    <>
      {/* A picture in the picture, so that the wrists end at its edge. */}
      <svg width={wide} height={rolled ? 344 : high}>
        <g className="hand-resting" transform={`translate(162 ${rolled ? 206 : 290}) scale(-0.56 0.56)`}>
          <Resting fist={name === 'thumb'} side={side === 'left' ? 'right' : 'left'} />
        </g>
        <g transform={`translate(${x} ${y}) scale(${scale})`}>
          {tip ? (
            <Glass at={[tip.at[0], tip.at[1] + 6]} wide={142} high={120} />
          ) : (
            <Glass at={[178, 104]} wide={240} high={160} />
          )}
          <g className={rolled ? 'hands-lift hands-lift-little' : 'hands-lift'}>
            {name === 'thumb' ? (
              <Fist side={side} thumb={laid.has('thumb') ? 'lit' : 'folded'} />
            ) : (
              <Hand side={side} pose={(each) => poseOf(each, laid, name !== undefined)} />
            )}
            {tip && rolled && <RollArrow tip={tip} back={name === 'thumb'} />}
          </g>
        </g>
      </svg>
      {rolled && <RollStrip back={name === 'thumb'} />}
    </>
  )
}

/** Where the large hand is drawn, and how large, so that its glass stays in the picture. */
function placeOf(name: FingerName | undefined, rolled: boolean): readonly [x: number, y: number, scale: number] {
  if (name === undefined) return [218, 0, 1]
  if (name === 'thumb') return rolled ? [288, 158, 1] : [272, 156, 1.2]
  return [178, rolled ? 22 : 6, 1]
}

function poseOf(name: FingerName, laid: ReadonlySet<FingerName>, pointing: boolean): FingerPose {
  if (laid.has(name)) return 'lit'
  return name === 'thumb' && !pointing ? 'out' : 'folded'
}

function Resting({ fist, side }: { readonly fist: boolean; readonly side: Side }) {
  return fist ? <Fist side={side} thumb="folded" /> : <Hand side={side} pose={() => 'out'} />
}

function TwoThumbs({ lit }: { readonly lit: readonly FingerPosition[] }) {
  const poseOfThumb = (finger: FingerPosition) => (lit.includes(finger) ? 'lit' : 'folded')
  return (
    <>
      <Glass at={[wide / 2 - 20, 160]} wide={220} high={150} />
      <g className="hands-lift">
        <g transform="translate(216 216) scale(-1 1)" className={lit.includes('left-thumb') ? '' : 'hand-resting'}>
          <Fist side="left" thumb={poseOfThumb('left-thumb')} />
        </g>
        <g transform="translate(264 216)" className={lit.includes('right-thumb') ? '' : 'hand-resting'}>
          <Fist side="right" thumb={poseOfThumb('right-thumb')} />
        </g>
      </g>
    </>
  )
}

/** `at`: its middle. */
function Glass({ at: [x, y], wide, high }: { readonly at: Point; readonly wide: number; readonly high: number }) {
  return <rect className="glass" x={x - wide / 2} y={y - high / 2} width={wide} height={high} rx="26" />
}

/** A sign of its own shape per phase: clock, arrow down, tick, turn. */
function Sign({ phase, at: [x, y] }: { readonly phase: FingerPhase; readonly at: Point }) {
  return (
    <g className={`badge badge-${phase}`} transform={`translate(${x} ${y})`}>
      <circle r="58" />
      {phase === 'ready' && <path d="M0 -28 V2 L20 14" />}
      {phase === 'place' && <path d="M0 -28 V26 M-24 4 L0 28 L24 4" />}
      {phase === 'taken' && <path d="M-27 2 L-8 21 L27 -18" />}
      {phase === 'again' && <path d="M24 -12 A27 27 0 1 0 27 9 M26 -30 V-10 H6" />}
    </g>
  )
}
