import { AppError, isFailureCode, type FailureCode } from '#domain/failure/index.ts'
import type { DeviceTrace, LineTracer, TracedFrame, TracedPiece, TraceEntry } from '#native/capability/trace.ts'
import { drivers } from '#native/drivers/index.ts'
import { hexOf } from '#native/drivers/mask.ts'
import { sbiPatterns } from '#native/drivers/sbi/trace.ts'
import { markText } from './mark-text.ts'

const step = 'trace.check'
/** Counts that are told beside what is left out. */
const leftOut = /(^|, )\d{1,9} previews left out before$/u
const count = /^\d{1,9} bytes$/u
const ownNames: ReadonlySet<string> = new Set(['error', 'answer to reset'])
const errorName = /^[A-Za-z_]{0,60}$/u
const longestAtr = 33

/**
 * Throws when a frame holds something that its family's codec would mask, or words that it would not say: masking a
 * masked trace changes nothing. BAD_REQUEST with the reason, or another code.
 */
export function checkRedaction(trace: DeviceTrace, code: FailureCode = 'BAD_REQUEST'): void {
  const refuse = (reason: string, n: number) => new AppError(code, step, { context: { reason, n } })
  const driver = Object.hasOwn(drivers, trace.device.driver) ? drivers[trace.device.driver] : undefined
  if (!driver) throw refuse('driver', 0)
  const tracer = driver.trace?.()
  for (const entry of trace.entries) {
    if ('event' in entry) {
      if (!isPlainEvent(entry)) throw refuse('text', entry.n)
    } else if (isSpecial(entry, tracer === undefined)) {
      continue
    } else if (!tracer) {
      throw refuse('unmasked', entry.n)
    } else {
      const [again, ...more] = maskFrame(entry, tracer)
      if (!again || more.length > 0) throw refuse('frames', entry.n)
      if (hexOf(again.bytes) !== entry.hex) throw refuse('unmasked', entry.n)
      if (again.name !== entry.name || again.way !== entry.way || again.fault !== entry.fault)
        throw refuse('name', entry.n)
      if (!sameDetail(again.detail, entry.detail)) throw refuse('detail', entry.n)
    }
  }
}

/** A trace whose beginning was dropped: what can only be understood from there is hidden. */
export function maskAgain(entries: readonly TraceEntry[], tracer: LineTracer): readonly TraceEntry[] {
  return entries.flatMap((entry): TraceEntry[] => {
    if ('event' in entry || isSpecial(entry, false)) return [entry]
    const { n, at, times } = entry
    return maskFrame(entry, tracer).map(({ bytes, ...piece }) => {
      const counted = leftOut.exec(entry.detail ?? '')?.[0] ?? ''
      const detail = count.test(entry.detail ?? '') ? entry.detail : `${piece.detail ?? ''}${counted}`
      return { n, at, hex: hexOf(bytes), ...piece, ...(detail && { detail }), ...(times !== undefined && { times }) }
    })
  })
}

/** The frame alone, in the course of the others. */
function maskFrame({ way, hex }: TracedFrame, tracer: LineTracer): readonly TracedPiece[] {
  const found = tracer.push(way, Buffer.from(hex, 'hex'))
  return [...found, ...tracer.flush()]
}

/** Frames that no codec has cut. */
function isSpecial({ way, hex, name, detail = '' }: TracedFrame, isHttp: boolean): boolean {
  if (name === 'flood') return hex === '' && count.test(detail)
  if (ownNames.has(name) && way === 'in')
    return name === 'error' ? hex === '' && errorName.test(detail) : hex.length <= 2 * longestAtr && /^3[BF]/u.test(hex)
  return isHttp && hex === '' && sbiPatterns[way].name.test(name) && sbiPatterns.detail.test(detail)
}

function isPlainEvent({ event, text }: Extract<TraceEntry, { event: unknown }>): boolean {
  if (event === 'refused') return isFailureCode(text)
  if (event === 'mark') return text !== undefined && markText(text) === text
  return text === undefined
}

/** The count of a run of which a part was kept cannot be told from the part. */
function sameDetail(again: string | undefined, told: string | undefined): boolean {
  const plain = told?.replace(leftOut, '')
  return (again ?? '') === (plain ?? '') || count.test(told ?? '')
}
