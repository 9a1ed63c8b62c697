import { useEffect, useLayoutEffect, useRef, type PointerEvent } from 'react'
import { draw, mostPoints, mostStrokes, resized, type Drawing, type InkPoint } from './ink.ts'

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
  const latest = useRef({ drawing, onChange })
  useLayoutEffect(() => {
    latest.current = { drawing, onChange }
    if (canvas.current) paint(canvas.current, drawing, pen.current?.points)
  })

  useEffect(() => {
    const pad = canvas.current
    if (!pad) return
    const watch = new ResizeObserver(() => {
      const known = latest.current.drawing
      const { width, height } = sizeOf(pad)
      if (known && (known.width !== width || known.height !== height)) latest.current.onChange(resized(known, width, height))
      paint(pad, latest.current.drawing, pen.current?.points)
    })
    watch.observe(pad)
    return () => watch.disconnect()
  }, [])

  const handleDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!live || pen.current || event.button !== 0 || (drawing?.strokes.length ?? 0) >= mostStrokes) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    if (!drawing) started.current = event.timeStamp
    pen.current = { id: event.pointerId, points: [pointOf(event.nativeEvent, event.currentTarget, started.current)] }
    paint(event.currentTarget, drawing, pen.current.points)
  }
  const handleMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const writing = pen.current
    if (writing?.id !== event.pointerId) return
    const { nativeEvent, currentTarget } = event
    const coalesced = nativeEvent.getCoalescedEvents()
    const moves = coalesced.length > 0 ? coalesced : [nativeEvent]
    const room = mostPoints - writing.points.length
    writing.points = [...writing.points, ...moves.slice(0, room).map((move) => pointOf(move, currentTarget, started.current))]
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

/** A mouse has no pressure and says 0.5; some touch screens say 0 or 1 throughout. */
function pointOf(event: globalThis.PointerEvent, pad: HTMLCanvasElement, started: number): InkPoint {
  const box = pad.getBoundingClientRect()
  const pressure = Math.min(1, Math.max(0, event.pressure))
  const t = Math.max(0, Math.round((event.timeStamp - started) * 10) / 10)
  return { x: tenth(event.clientX - box.left), y: tenth(event.clientY - box.top), t, pressure: Math.round(pressure * 1000) / 1000 }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

function paint(pad: HTMLCanvasElement, drawing: Drawing | undefined, writing: InkPoint[] | undefined): void {
  const { width, height } = sizeOf(pad)
  const scale = Math.max(1, devicePixelRatio)
  if (pad.width !== Math.round(width * scale) || pad.height !== Math.round(height * scale)) {
    pad.width = Math.round(width * scale)
    pad.height = Math.round(height * scale)
  }
  const context = pad.getContext('2d')
  if (!context) return
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, pad.width, pad.height)
  const strokes = [...(drawing?.strokes ?? []), ...(writing ? [writing] : [])]
  draw(context, { width, height, strokes }, scale)
}
