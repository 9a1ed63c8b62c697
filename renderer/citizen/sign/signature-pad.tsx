import { useEffect, useLayoutEffect, useRef, type PointerEvent } from 'react'
import { draw, isSignature, mostPoints, mostStrokes } from './ink.ts'
import type { Drawing, InkPoint, Pointer, Stroke } from './ink.ts'
import './pad.css'

export type SignaturePadProps = {
  readonly drawing: Drawing | undefined
  readonly onChange: (drawing: Drawing) => void
  readonly live: boolean
  readonly label: string
  readonly hint: string
}

type Pen = { readonly id: number; readonly pointer: Pointer; points: InkPoint[] }

/**
 * A sheet to sign on by mouse, pen or finger, one of them at a time. Once a pen is near, a hand only rests on the sheet.
 * A pointer that vanishes in mid-stroke leaves what it has drawn.
 */
export function SignaturePad({ drawing, onChange, live, label, hint }: SignaturePadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pen = useRef<Pen>(undefined)
  const penNear = useRef(false)
  const started = useRef(0)
  const latest = useRef(drawing)
  useLayoutEffect(() => {
    latest.current = drawing
    if (!drawing && !pen.current) penNear.current = false
    if (canvas.current) paint(canvas.current, drawing, pen.current)
  })

  useEffect(() => {
    const pad = canvas.current
    if (!pad) return
    const watch = new ResizeObserver(() => paint(pad, latest.current, pen.current))
    watch.observe(pad)
    return () => watch.disconnect()
  }, [])

  const keep = (next: Drawing) => {
    // Two strokes may end before the next render.
    latest.current = next
    onChange(next)
  }
  const finish = (pad: HTMLCanvasElement) => {
    const writing = pen.current
    pen.current = undefined
    if (!writing) return
    const before = latest.current
    const strokes = [...keptBeside(writing.pointer, before), writing.points]
    keep({
      ...sheetOf(pad, before),
      strokes,
      pointer: writing.pointer === 'pen' ? 'pen' : (before?.pointer ?? writing.pointer),
    })
  }
  const handleDown = (event: PointerEvent<HTMLCanvasElement>) => {
    const { nativeEvent, currentTarget: pad, pointerId } = event
    const pointer = pointerOf(nativeEvent)
    if (pointer === 'pen') penNear.current = true
    if (!live || event.button !== 0 || (pointer === 'touch' && penNear.current)) return
    const writing = pen.current
    if (writing?.pointer === 'touch' && pointer === 'pen') pen.current = undefined
    // A screen that was pulled out never says that the finger left.
    else if (writing && !pad.hasPointerCapture(writing.id)) finish(pad)
    if (pen.current || (latest.current?.strokes.length ?? 0) >= mostStrokes) return
    event.preventDefault()
    pad.setPointerCapture(pointerId)
    if (!latest.current) started.current = event.timeStamp
    pen.current = { id: pointerId, pointer, points: [pointOf(nativeEvent, pad, started.current, latest.current)] }
    paint(pad, latest.current, pen.current)
  }
  const handleMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const { nativeEvent, currentTarget: pad } = event
    if (pointerOf(nativeEvent) === 'pen') penNear.current = true
    const writing = pen.current
    if (writing?.id !== event.pointerId) return
    const coalesced = nativeEvent.getCoalescedEvents()
    const moves = coalesced.length > 0 ? coalesced : [nativeEvent]
    const room = mostPoints - writing.points.length
    for (const move of moves.slice(0, room)) writing.points.push(pointOf(move, pad, started.current, latest.current))
    paint(pad, latest.current, writing)
  }
  const handleEnd = (event: PointerEvent<HTMLCanvasElement>) => {
    if (pen.current?.id === event.pointerId) finish(event.currentTarget)
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

function pointerOf({ pointerType }: globalThis.PointerEvent): Pointer {
  return pointerType === 'pen' || pointerType === 'touch' ? pointerType : 'mouse'
}

/** What stays when `pointer` writes on: dabs of a hand that came down before its pen do not. */
function keptBeside(pointer: Pointer, drawing: Drawing | undefined): readonly Stroke[] {
  if (!drawing) return []
  const dabs = pointer === 'pen' && drawing.pointer === 'touch' && !isSignature(drawing)
  return dabs ? [] : drawing.strokes
}

function sizeOf(pad: HTMLCanvasElement): { readonly width: number; readonly height: number } {
  return { width: Math.max(1, Math.round(pad.clientWidth)), height: Math.max(1, Math.round(pad.clientHeight)) }
}

/** The sheet of a drawing, grown to what the pad shows of it now: its scale stays. */
function sheetOf(
  pad: HTMLCanvasElement,
  drawing: Drawing | undefined,
): { readonly width: number; readonly height: number } {
  const { width, height } = sizeOf(pad)
  if (!drawing) return { width, height }
  const scale = scaleOf(pad, drawing)
  const grown = (own: number, shown: number) => Math.min(8192, Math.max(own, Math.floor(shown / scale)))
  return { width: grown(drawing.width, width), height: grown(drawing.height, height) }
}

/** Pixels of the pad per pixel of the drawing. */
function scaleOf(pad: HTMLCanvasElement, drawing: Drawing | undefined): number {
  const { width, height } = sizeOf(pad)
  return drawing ? Math.min(width / drawing.width, height / drawing.height) : 1
}

/** A mouse has no pressure and says 0.5; some touch screens say 0 or 1 throughout. */
function pointOf(
  event: globalThis.PointerEvent,
  pad: HTMLCanvasElement,
  started: number,
  drawing: Drawing | undefined,
): InkPoint {
  const box = pad.getBoundingClientRect()
  const scale = scaleOf(pad, drawing)
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

function paint(pad: HTMLCanvasElement, drawing: Drawing | undefined, writing: Pen | undefined): void {
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
  const strokes = [...(drawing?.strokes ?? []), ...(writing ? [writing.points] : [])]
  draw(context, strokes, fine * scaleOf(pad, drawing))
}
