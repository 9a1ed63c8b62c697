import { crc32 } from 'node:zlib'
import type { TracedPiece } from '#native/capability/trace.ts'
import { filler } from '../mask.ts'
import { encodeBlock, reportsIn } from './codec.ts'
import { fillerCrc, fillerImage } from './filler.ts'
import { BLOCK_DATA, BLOCK_REPORTS, REPORT, REPORT_PAYLOAD, type Frame, type ImageHeader } from './messages.ts'

const crcAt = 18
const reportCrcAt = REPORT - 4

/**
 * One picture on its way: the header is held back until it is known whether the whole has the check it promises, and
 * blocks that follow each other become one piece. `variant` tells full pictures apart.
 */
export function tracedPicture(header: ImageHeader, report: Uint8Array, variant: number) {
  // Made when a block of it is told: heads alone may come in their thousands.
  let made: Uint8Array | undefined
  const image = () => (made ??= fillerImage(header, variant))
  const good = fillerCrc(header, variant)
  const scratch = new Uint8Array(BLOCK_REPORTS * REPORT_PAYLOAD)
  let held: TracedPiece[] = []
  let headTold = false
  let run: { readonly first: number; count: number } | undefined
  let current: { readonly block: number; readonly indexes: number[] } | undefined
  let sum = 0
  let next = 0
  /** All blocks came in their order; what their bytes add up to. */
  let verdict: 'good' | 'bad' | undefined

  const dataOf = (block: number) => Math.max(0, Math.min(BLOCK_DATA, header.bytes - block * BLOCK_DATA))
  const heads = (block: number, index: number) =>
    Uint8Array.of(
      0xc0 | index,
      header.transfer,
      block & 0xff,
      block >> 8,
      ...new Uint8Array(REPORT_PAYLOAD).fill(filler),
    )

  function tellRun() {
    if (!run) return
    const { first, count } = run
    const bytes = image().length > 0 ? encodeBlock(header.transfer, first, image()) : heads(first, 0)
    held.push({
      way: 'in',
      bytes,
      name: 'image block',
      detail: count > 1 ? `blocks ${first}–${first + count - 1}` : `block ${first}`,
      masked: dataOf(first),
      ...(count > 1 && { times: count }),
    })
    run = undefined
  }

  /** A block of which reports are missing, or whose check is wrong. */
  function tellFault(fault: 'cut' | 'checksum') {
    if (!current) return
    tellRun()
    const { block, indexes } = current
    // The pieces of a block that was only interrupted still make a sound one.
    const sound = fault === 'cut' && image().length > 0 ? encodeBlock(header.transfer, block, image()) : undefined
    const report = (index: number) => sound?.subarray(index * REPORT, (index + 1) * REPORT) ?? heads(block, index)
    held.push({
      way: 'in',
      bytes: Uint8Array.from(indexes.flatMap((index) => [...report(index)])),
      name: 'image block',
      detail: `block ${block}, ${indexes.length} of ${reportsIn(dataOf(block))} reports`,
      fault,
      masked: indexes.length * REPORT_PAYLOAD,
    })
    current = undefined
  }

  function endBlock(block: number, indexes: readonly number[]) {
    if (indexes.length < reportsIn(dataOf(block))) return tellFault('cut')
    const length = dataOf(block)
    const data = scratch.subarray(0, length)
    if (new DataView(scratch.buffer).getUint32(length, true) !== crc32(data)) return tellFault('checksum')
    current = undefined
    sum = block === next ? crc32(data, sum) : sum
    next = block === next ? next + 1 : -1
    if (next === header.blocks) verdict = sum === header.crc || sum === good ? 'good' : 'bad'
    if (run && run.first + run.count === block && length === BLOCK_DATA) run.count++
    else {
      tellRun()
      run = { first: block, count: 1 }
    }
  }

  function headPiece(): TracedPiece {
    const bytes = report.slice()
    const view = new DataView(bytes.buffer)
    const bad = (good ^ 0xffff_ffff) >>> 0
    view.setUint32(crcAt, verdict === 'bad' || header.crc === bad ? bad : good, true)
    view.setUint32(reportCrcAt, crc32(bytes.subarray(0, reportCrcAt)), true)
    const { kind, step, width, height, bits, dpi, exposure, blocks, transfer } = header
    const detail = `transfer ${transfer}, ${kind} ${step} ${width}×${height}, ${bits} bit, ${dpi} dpi, exposure ${exposure}, ${blocks} blocks`
    return { way: 'in', bytes, name: 'image', detail, masked: 4 }
  }

  return {
    header,
    take({ block, index, payload }: Extract<Frame, { kind: 'data' }>) {
      if (current && (current.block !== block || index <= (current.indexes.at(-1) ?? -1))) tellFault('cut')
      current ??= { block, indexes: [] }
      current.indexes.push(index)
      scratch.set(payload, index * REPORT_PAYLOAD)
      if (index + 1 >= reportsIn(dataOf(block))) endBlock(block, current.indexes)
    },
    /** Nothing of it was told yet, and all of it came as promised. */
    get isWhole() {
      return !headTold && verdict === 'good'
    },
    /** What is known so far; `ended`: no more of the block under way is expected. */
    tell(pieces: TracedPiece[], ended: boolean) {
      if (ended) tellFault('cut')
      tellRun()
      if (!headTold) pieces.push(headPiece())
      headTold = true
      pieces.push(...held)
      held = []
    },
  }
}
export type TracedPicture = ReturnType<typeof tracedPicture>
