import { useEffect, useLayoutEffect, useRef, type PointerEvent } from 'react'
import { draw, mostPoints, mostStrokes, type Drawing, type InkPoint } from './ink.ts'

export type SignaturePadProps = {
  readonly drawing: Drawing | undefined
  readonly onChange: (drawing: Drawing) => void
  readonly live: boolean
  readonly label: string
  readonly hint: string
}

type Pen = { readonly id: number; points: InkPoint[] }

/** A sheet to sign on by mouse, pen or finger; one of them at a time, a second finger or a palm draws nothing. */
export function SignaturePad({ drawing, onChange, live, label, hint }: SignaturePadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pen = useRef<Pen>(undefined)
  const started = useRef(0)
  const latest = useRef(drawing)
  useLayoutEffect(() => {
    latest.current = drawing
    if (canvas.current) paint(canvas.current, drawing, pen.current?.points)
  })

  useEffect(() => {
    const pad = canvas.current
    if (!pad) return
    const watch = new ResizeObserver(() => paint(pad, latest.current, pen.current?.points))
    watch.observe(pad)
    return () => watch.disconnect()
  }, [])

  const point = (event: globalThis.PointerEvent, pad: HTMLCanvasElement) =>
    pointOf(event, pad, started.current, scaleOf(pad, drawing))
  const handleDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!live || pen.current || event.button !== 0 || (drawing?.strokes.length ?? 0) >= mostStrokes) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    if (!drawing) started.current = event.timeStamp
    pen.current = { id: event.pointerId, points: [point(event.nativeEvent, event.currentTarget)] }
    paint(event.currentTarget, drawing, pen.current.points)
  }
  const handleMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const writing = pen.current
    if (writing?.id !== event.pointerId) return
    const { nativeEvent, currentTarget } = event
    const coalesced = nativeEvent.getCoalescedEvents()
    const moves = coalesced.length > 0 ? coalesced : [nativeEvent]
    const room = mostPoints - writing.points.length
    writing.points = [...writing.points, ...moves.slice(0, room).map((move) => point(move, currentTarget))]
    paint(currentTarget, drawing, writing.points)
  }
  const handleEnd = (event: PointerEvent<HTMLCanvasElement>) => {
    const writing = pen.current
    if (writing?.id !== event.pointerId) return
    pen.current = undefined
    const { width, height } = drawing ?? sizeOf(event.currentTarget)
    onChange({ width, height, strokes: [...(drawing?.strokes ?? []), writing.points] })
  }
  return (
    <div className="pad" data-empty={drawing === undefined}>
      <canvas
        ref={canvas}
        className="pad-sheet"
        role="img"
        aria-label={label}
        onPointerDown={handleDown}
        onPointerMove={handleMove}
        onPointerUp={handleEnd}
        onPointerCancel={handleEnd}
        onLostPointerCapture={handleEnd}
      />
      <span className="pad-hint" aria-hidden>
        {hint}
      </span>
    </div>
  )
}

function sizeOf(pad: HTMLCanvasElement): { readonly width: number; readonly height: number } {
  return { width: Math.max(1, Math.round(pad.clientWidth)), height: Math.max(1, Math.round(pad.clientHeight)) }
}

/** Pixels of the pad per pixel of the drawing. */
function scaleOf(pad: HTMLCanvasElement, drawing: Drawing | undefined): number {
  const { width, height } = sizeOf(pad)
  return drawing ? Math.min(width / drawing.width, height / drawing.height) : 1
}

/** A mouse has no pressure and says 0.5; some touch screens say 0 or 1 throughout. */
function pointOf(event: globalThis.PointerEvent, pad: HTMLCanvasElement, started: number, scale: number): InkPoint {
  const box = pad.getBoundingClientRect()
  return {
    x: rounded((event.clientX - box.left) / scale, 10),
    y: rounded((event.clientY - box.top) / scale, 10),
    t: Math.max(0, rounded(event.timeStamp - started, 10)),
    pressure: rounded(Math.min(1, Math.max(0, event.pressure)), 1000),
  }
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts
}

function paint(pad: HTMLCanvasElement, drawing: Drawing | undefined, writing: InkPoint[] | undefined): void {
  const { width, height } = sizeOf(pad)
  const fine = Math.max(1, devicePixelRatio)
  if (pad.width !== Math.round(width * fine) || pad.height !== Math.round(height * fine)) {
    pad.width = Math.round(width * fine)
    pad.height = Math.round(height * fine)
  }
  const context = pad.getContext('2d')
  if (!context) return
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, pad.width, pad.height)
  const strokes = [...(drawing?.strokes ?? []), ...(writing ? [writing] : [])]
  draw(context, { width, height, strokes }, fine * scaleOf(pad, drawing))
}
