import { captureSteps, fingerPositions } from '#domain/biometrics/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { parsePartialDate } from '#domain/person/index.ts'
import { encodeRecord, type Field } from './fields.ts'
import { pictureHeader } from './picture-header.ts'
import type { ItlPortrait, ItlPrint, ItlRecord } from './record.ts'
import { refuse } from './refuse.ts'

/** ANSI/NIST-ITL 1-2011 Update 2015. */
const VERSION = '0502'
const DOMAIN = ['QUAY-CAN-CUOC', '1']
const TRANSACTION = 'ENROL'
/** The police department that keeps the national register; the standard leaves the code to the receiving agency. */
const DESTINATION = 'C06'
/** Records of the training program are for nobody's register. */
const NOWHERE = 'LUYEN-TAP'
const UTF8 = ['003', 'UTF-8']
/** The four digits of an IBIA registration; this program has none. */
const NO_VENDOR = '0000'
/** `fingerQuality` of this program, first version: docs/protocols/itl.md. */
const QUALITY_PRODUCT = '1'
const MOST_RECORDS = 100
/** Type-14 says its own resolution; below 500 pixels per inch, less the tolerance of scanners, prints are not fit for it. */
const LEAST_DPI = 490
const MOST_DPI = 1010

/**
 * The bytes of a transaction file: Type-1, Type-2, Type-10 if there is a portrait, Type-14 for each print, with
 * information designation characters counted from 0 in that order. Throws SEAL_FAILED for what the standard does not
 * allow: separators in texts, pictures that are not what their fields say, fingers and boxes out of range.
 */
export function writeItl(record: ItlRecord): Uint8Array {
  const { portrait, prints } = record
  const content = [
    { type: 2, fields: describingFields(record) },
    ...(portrait ? [{ type: 10, fields: portraitFields(record, portrait) }] : []),
    ...prints.map((print) => ({ type: 14, fields: printFields(record, print) })),
  ]
  if (content.length > MOST_RECORDS) return refuse('records')
  const contents = [['1', String(content.length)], ...content.map(({ type }, idc) => [String(type), String(idc)])]
  return Buffer.concat([
    ...encodeRecord(1, transactionFields(record, contents)),
    ...content.flatMap(({ type, fields }, idc) => encodeRecord(type, [{ number: 2, value: String(idc) }, ...fields])),
  ])
}

function transactionFields(
  { number, station, day, createdAt, training }: ItlRecord,
  contents: string[][],
): readonly Field[] {
  return [
    { number: 2, value: VERSION },
    { number: 3, value: contents },
    { number: 4, value: TRANSACTION },
    { number: 5, value: date(day) },
    { number: 7, value: training ? NOWHERE : DESTINATION },
    { number: 8, value: ascii(station.code) },
    { number: 9, value: ascii(number) },
    // No records of Type-3 to Type-7: both resolutions are zero.
    { number: 11, value: '00.00' },
    { number: 12, value: '00.00' },
    { number: 13, value: [DOMAIN] },
    { number: 14, value: `${createdAt.toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '')}Z` },
    { number: 15, value: [UTF8] },
  ]
}

/** Type-2 is ours to define: docs/protocols/itl.md, domain QUAY-CAN-CUOC version 1. */
function describingFields({ number, station, program, person, exceptions, training }: ItlRecord): readonly Field[] {
  if (!/^\d{12}$/u.test(person.personalNumber)) return refuse('personal-number')
  return [
    { number: 101, value: number },
    { number: 102, value: person.personalNumber },
    { number: 103, value: person.fullName.normalize('NFC') },
    { number: 104, value: birthDate(person.birthDate) },
    { number: 105, value: person.sex === 'Nam' ? 'M' : 'F' },
    { number: 106, value: [[station.code, station.name.normalize('NFC')]] },
    { number: 107, value: [[program.name, program.version]] },
    ...list(
      108,
      exceptions.map(({ fgp, reason, approvedBy }) => [
        finger(fgp),
        reason,
        ...(approvedBy !== undefined ? [approvedBy] : []),
      ]),
    ),
    ...(training ? [{ number: 109, value: 'TRAINING' }] : []),
  ]
}

function portraitFields({ station, day }: ItlRecord, portrait: ItlPortrait): readonly Field[] {
  const header = pictureHeader(portrait.bytes)
  if (!header || !isExchangeable(portrait)) return refuse('portrait')
  return [
    { number: 3, value: 'FACE' },
    { number: 4, value: station.code },
    { number: 5, value: date(day) },
    { number: 6, value: side(portrait.width) },
    { number: 7, value: side(portrait.height) },
    // No scale: 9 and 10 give the shape of a pixel, which is square.
    { number: 8, value: '0' },
    { number: 9, value: '1' },
    { number: 10, value: '1' },
    { number: 11, value: header.format === 'png' ? 'PNG' : 'JPEGB' },
    { number: 12, value: header.channels === 1 ? 'GRAY' : 'SRGB' },
    { number: 13, value: '0' },
    { number: 20, value: 'F' },
    { number: 999, value: portrait.bytes },
  ]
}

/** A portrait that a Type-10 record can hold: 8 bits, grey or colour, and what it says of itself holds. */
export function isExchangeable({ bytes, mediaType, width, height }: ItlPortrait): boolean {
  const header = pictureHeader(bytes)
  if (header?.width !== width || header.height !== height || header.depth !== 8) return false
  return mediaType === `image/${header.format}` && [1, 3].includes(header.channels)
}

function printFields({ station, day }: ItlRecord, print: ItlPrint): readonly Field[] {
  const { fgp, impression, picture, segments, qualities, absent } = print
  const slap = slaps.get(fgp)
  if (!slap && !fingers.has(fgp)) return refuse('finger-position')
  const shown = slap ?? [fgp]
  const all = [...segments, ...qualities, ...absent]
  if (all.some((each) => !shown.includes(each.fgp))) return refuse('finger-position')
  if (slap && impression === 'rolled') return refuse('impression')
  if (!picture && (absent.length === 0 || segments.length > 0 || qualities.length > 0)) return refuse('no-picture')
  if (!slap && segments.length > 0) return refuse('segments')
  const image = picture ? imageFields(picture) : undefined
  return [
    { number: 3, value: impression === 'rolled' ? '1' : '0' },
    { number: 4, value: station.code },
    { number: 5, value: date(day) },
    ...(image?.before ?? []),
    { number: 13, value: String(fgp) },
    ...list(
      18,
      absent.map((each) => [String(each.fgp), each.code]),
    ),
    ...list(
      21,
      segments.map(({ fgp: of, left, right, top, bottom }) => {
        const { width, height } = picture ?? { width: 0, height: 0 }
        if (!isSpan(left, right, width) || !isSpan(top, bottom, height)) return refuse('segments')
        return [of, left, right, top, bottom].map(String)
      }),
    ),
    ...list(
      24,
      qualities.map(({ fgp: of, score }) => {
        if (!Number.isInteger(score) || score < 0 || score > 100) return refuse('quality')
        return [String(of), String(score), NO_VENDOR, QUALITY_PRODUCT]
      }),
    ),
    ...(image?.after ?? []),
  ]
}

function imageFields({ png, width, height, dpi }: NonNullable<ItlPrint['picture']>) {
  const header = pictureHeader(png)
  if (header?.format !== 'png' || header.depth !== 8 || header.channels !== 1) return refuse('print-picture')
  if (header.width !== width || header.height !== height) return refuse('print-size')
  if (!Number.isInteger(dpi) || dpi < LEAST_DPI || dpi > MOST_DPI) return refuse('resolution')
  return {
    before: [
      { number: 6, value: side(width) },
      { number: 7, value: side(height) },
      { number: 8, value: '1' },
      { number: 9, value: String(dpi) },
      { number: 10, value: String(dpi) },
      { number: 11, value: 'PNG' },
      { number: 12, value: '8' },
    ],
    after: [{ number: 999, value: png }],
  } satisfies Record<string, Field[]>
}

const fingers: ReadonlySet<number> = new Set(Object.values(fingerPositions))
const slaps: ReadonlyMap<number, readonly number[]> = new Map(
  (['right-four', 'left-four', 'two-thumbs'] as const).map((step) => [
    captureSteps[step].fgp,
    captureSteps[step].fingers.map((each) => fingerPositions[each]),
  ]),
)

/** A field of subfields, or no field at all. A finger stands in it once. */
function list(number: number, subfields: readonly (readonly string[])[]): readonly Field[] {
  if (new Set(subfields.map(([of]) => of)).size !== subfields.length) return refuse('finger-twice')
  return subfields.length > 0 ? [{ number, value: subfields }] : []
}

function finger(fgp: number): string {
  return fingers.has(fgp) ? String(fgp) : refuse('finger-position')
}

function isSpan(from: number, to: number, size: number): boolean {
  return Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to < size
}

/** Field xx.006 and xx.007 go from 10 to 99999. */
function side(pixels: number): string {
  return Number.isInteger(pixels) && pixels >= 10 && pixels <= 99_999 ? String(pixels) : refuse('picture-size')
}

/** Type-1 is 7-bit, printable. */
function ascii(text: string): string {
  return /^[\u0020-\u007e]+$/u.test(text) ? text : refuse('not-ascii')
}

function date(iso: string): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(iso) ? iso.replaceAll('-', '') : refuse('date')
}

/** YYYYMMDD, YYYYMM or YYYY: what is not known is not there. */
function birthDate(text: string): string {
  try {
    const { year, month, day } = parsePartialDate(text)
    return [String(year).padStart(4, '0'), month, day]
      .filter((part) => part !== undefined)
      .map((part) => String(part).padStart(2, '0'))
      .join('')
  } catch (cause) {
    throw new AppError('SEAL_FAILED', 'seal.itl', { context: { reason: 'birth-date' }, cause })
  }
}
