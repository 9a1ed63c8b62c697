import { Fingerprint } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventData } from '#contract/index.ts'
import {
  captureSteps,
  type CaptureStep,
  type FingerAdvice,
  type FingerPosition,
  type SlapProblem,
} from '#domain/biometrics/index.ts'
import { Notice } from '../../ui/notice.tsx'
import { fingerPreview } from '../desk.ts'
import { useFingerWords } from './words.ts'

type Preview = EventData<'fingerPreview'>

export type ShownFinger = {
  readonly position: FingerPosition
  readonly quality: number
  readonly angle: number
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly advice?: FingerAdvice
}

export type PlatenProps = {
  readonly step: CaptureStep
  readonly minimum: number
  /** Fingers that this person lays down. */
  readonly expected: readonly FingerPosition[]
}

/**
 * The glass as the scanner sees it now: the only part of the screen that works for every frame. A frame is shown when
 * the one before it has been drawn, so that a slow computer skips frames instead of falling behind.
 */
export const LivePlaten = memo(function LivePlaten({
  attempt,
  ...props
}: PlatenProps & { readonly attempt: string | undefined }) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const { frame, drawn } = useFrames(attempt)
  if (!frame) return <Empty words={t('fingers.waiting')} live />
  const { fingers, problem } = frame
  return (
    <Picture
      {...props}
      {...frame}
      fingers={fingers}
      live
      src={`/live/${frame.attempt}/${frame.number}.png`}
      alt={t('fingers.live')}
      onDrawn={drawn}
      notice={
        problem === undefined
          ? frame.missing.length > 0 && t('fingers.not-seen', { fingers: words.list(frame.missing) })
          : words.problem(problem, props.step)
      }
      urgent={problem !== undefined}
      progress={captureSteps[props.step].impression === 'rolled' && problem === undefined ? fingers[0] : undefined}
    />
  )
})

/** The newest frame of an attempt, but never a new one before the last was drawn. */
function useFrames(attempt: string | undefined) {
  const [frame, setFrame] = useState<Preview>()
  const drawing = useRef(false)
  const show = (next: Preview | undefined) => {
    if (drawing.current || next === undefined || next.attempt !== attempt) return
    drawing.current = true
    setFrame(next)
  }
  const latest = useRef(show)
  useEffect(() => {
    latest.current = show
  })
  useEffect(() => {
    drawing.current = false
    latest.current(fingerPreview.getState().value)
    return fingerPreview.subscribe(({ value }) => latest.current(value))
  }, [attempt])
  const drawn = () => {
    drawing.current = false
    const { value } = fingerPreview.getState()
    if (value && value.number !== frame?.number) show(value)
  }
  return { frame: frame?.attempt === attempt ? frame : undefined, drawn }
}

/** A try as it was taken, or where the fingers will appear. */
export function TakenPlaten(
  props: PlatenProps & {
    readonly taken:
      | {
          readonly src: string
          readonly width: number
          readonly height: number
          readonly fingers: readonly ShownFinger[]
          readonly problem: SlapProblem | undefined
          readonly number: number
        }
      | undefined
  },
) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const { taken, expected } = props
  if (!taken) return <Empty words={words.place(props.step)} />
  const absent = expected.filter((finger) => !taken.fingers.some(({ position }) => position === finger))
  return (
    <Picture
      {...props}
      {...taken}
      alt={t('fingers.last', { number: taken.number })}
      notice={
        taken.problem === undefined
          ? absent.length > 0 && t('fingers.absent', { fingers: words.list(absent) })
          : words.problem(taken.problem, props.step)
      }
    />
  )
}

function Empty({ words, live = false }: { readonly words: string; readonly live?: boolean }) {
  return (
    <div className="slap slap-empty" data-live={live}>
      <Fingerprint size={72} strokeWidth={1} aria-hidden />
      <p>{words}</p>
    </div>
  )
}

type PictureProps = {
  readonly src: string
  readonly width: number
  readonly height: number
  readonly fingers: readonly ShownFinger[]
  readonly alt: string
  readonly minimum: number
  readonly live?: boolean
  readonly onDrawn?: () => void
  readonly notice: string | false
  readonly urgent?: boolean
  /** The finger whose roll is told. */
  readonly progress?: ShownFinger | undefined
}

function Picture(props: PictureProps) {
  const { src, width, height, fingers, alt, minimum, live = false, onDrawn, notice, urgent = false, progress } = props
  const { t } = useTranslation()
  return (
    <div className="slap" data-live={live}>
      <div
        className="slap-frame"
        style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(var(--slap-height) * ${width / height})` }}
      >
        <img className="slap-picture" src={src} alt={alt} onLoad={onDrawn} onError={onDrawn} />
        {fingers.map(({ position, quality, angle, box }) => (
          <div
            key={position}
            className="finger-box"
            data-weak={quality < minimum}
            style={{
              left: `${(100 * box.x) / width}%`,
              top: `${(100 * box.y) / height}%`,
              width: `${(100 * box.width) / width}%`,
              height: `${(100 * box.height) / height}%`,
              transform: `rotate(${angle}deg)`,
            }}
          />
        ))}
        {fingers.map(({ position, quality, box, advice }) => (
          <p
            key={position}
            className="finger-label"
            data-weak={quality < minimum}
            style={{
              left: `clamp(64px, ${(100 * (box.x + box.width / 2)) / width}%, 100% - 64px)`,
              top: `min(${(100 * (box.y + box.height)) / height - 4}%, 100% - 52px)`,
            }}
          >
            {t(`finger-short.${position}`)} <strong>{Math.round(quality)}</strong>
            <span className="finger-word">
              {advice !== undefined
                ? t(`fingers.advice.${advice}`)
                : t(quality < minimum ? 'fingers.weak-word' : 'fingers.good-word')}
            </span>
          </p>
        ))}
      </div>
      <div className="slap-notices">
        {notice !== false && notice !== '' && (
          <Notice kind={urgent ? 'danger' : 'doubt'} urgent={urgent}>
            <p>{notice}</p>
          </Notice>
        )}
      </div>
      {progress && (
        <p className="slap-rolling" role="status" data-enough={progress.quality >= minimum && !progress.advice}>
          {t(`fingers.rolling.${rolling(progress, minimum)}`)}
        </p>
      )}
    </div>
  )
}

/** How far the roll is, in the one word of the program. */
function rolling({ advice, quality }: ShownFinger, minimum: number): 'further' | 'still' | 'enough' | 'weak' {
  if (advice === 'roll-further') return 'further'
  if (advice === 'hold-still') return 'still'
  return quality >= minimum && advice === undefined ? 'enough' : 'weak'
}
