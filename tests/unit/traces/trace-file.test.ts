import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { parseTraceFile } from '#native/host/traces/index.ts'

const device = { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', model: 'GemPC Twin' }
const entries: readonly object[] = [
  { n: 1, at: 0, event: 'opened' },
  { n: 3, at: 12, way: 'in', hex: '5003', name: 'slot change', detail: 'card' },
  { n: 4, at: 20.5, event: 'refused', text: 'DEVICE_GONE' },
]
const good = { format: 'quay-can-cuoc/trace/1', device, since: '2026-01-02T03:04:05.000Z', running: true, entries }
const fileOf = (value: unknown) => Buffer.from(JSON.stringify(value))

function reasonOf(file: Uint8Array): unknown {
  try {
    parseTraceFile(file)
  } catch (error) {
    return error instanceof AppError && error.code === 'BAD_REQUEST' ? error.context['reason'] : error
  }
  return 'taken'
}

const withEntry = (entry: object) => fileOf({ ...good, entries: [entry] })
const frame = { n: 1, at: 0, way: 'in', hex: '5003', name: 'slot change', detail: 'card' }

describe('a trace file', () => {
  it('is read as it was written', () => {
    expect(parseTraceFile(fileOf(good))).toEqual(good)
  })

  it.each<[string, Uint8Array, string]>([
    ['is empty', new Uint8Array(), 'not-json'],
    ['is no JSON', Buffer.from('{'), 'not-json'],
    ['is no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'not-json'],
    ['is nested a hundred thousand deep', Buffer.from('['.repeat(100_000)), 'format'],
    ['is a list', fileOf([]), 'format'],
    ['has another format', fileOf({ ...good, format: 'quay-can-cuoc/trace/2' }), 'format'],
    ['has a field too many', fileOf({ ...good, run: 'rm -rf /' }), 'format'],
    ['has a field too many in an entry', withEntry({ ...frame, raw: '00' }), 'format'],
    [
      'would move the cursor of a terminal',
      fileOf({ ...good, device: { ...device, model: '\u001b[2J\u001b]0;x\u0007' } }),
      'format',
    ],
    [
      'turns the direction of writing',
      fileOf({ ...good, device: { ...device, model: 'TwinC\u202efdp.exe' } }),
      'format',
    ],
    ['has an invisible name', fileOf({ ...good, device: { ...device, id: 'reader\u200b' } }), 'format'],
    ['has lines of its own in a mark', withEntry({ n: 1, at: 0, event: 'mark', text: 'one\ntwo' }), 'format'],
    ['has half a byte', withEntry({ ...frame, hex: '500' }), 'format'],
    ['has small letters for bytes', withEntry({ ...frame, hex: 'aa' }), 'format'],
    ['has a frame that is too long', withEntry({ ...frame, hex: '00'.repeat(200_001) }), 'format'],
    ['has a number that is none', Buffer.from(JSON.stringify(good).replace('"at":12', '"at":1e999')), 'format'],
    ['has a frame that came a billion times', withEntry({ ...frame, times: 1e9 }), 'format'],
    ['has no time', fileOf({ ...good, since: 'yesterday' }), 'format'],
    [
      'has too many entries',
      fileOf({ ...good, entries: Array.from({ length: 5001 }, (_, n) => ({ ...frame, n: n + 1 })) }),
      'format',
    ],
    ['runs backwards', fileOf({ ...good, entries: entries.toReversed() }), 'order'],
    ['says a number twice', fileOf({ ...good, entries: [frame, frame] }), 'order'],
    ['is of a driver that is not there', fileOf({ ...good, device: { ...device, driver: '__proto__' } }), 'driver'],
    ['has words of its own for a frame', withEntry({ ...frame, name: 'Giàng A Mẫu' }), 'name'],
    ['has a refusal that is no failure code', withEntry({ n: 1, at: 0, event: 'refused', text: 'Lò Thị Mẫu' }), 'text'],
    ['has something beside an opening', withEntry({ n: 1, at: 0, event: 'opened', text: '012201000045' }), 'text'],
    ['has two frames in one', withEntry({ ...frame, hex: '50035002' }), 'frames'],
    ['has an empty frame', withEntry({ ...frame, hex: '' }), 'frames'],
  ])('is refused when it %s', (_, file, reason) => {
    expect(reasonOf(file)).toBe(reason)
  })

  it('is refused unread when it is larger than 20 MB', () => {
    expect(reasonOf(Buffer.alloc(20 * 1024 * 1024 + 1, 0x20))).toBe('too-large')
  })

  it('changes nothing beside itself', () => {
    const before = Object.keys(Object.prototype)
    const text = JSON.stringify(good).replace('{"format"', '{"__proto__":{"polluted":true},"format"')
    expect(reasonOf(Buffer.from(text))).toMatch(/taken|format/)
    expect(Object.keys(Object.prototype)).toEqual(before)
    expect('polluted' in {}).toBe(false)
  })
})
