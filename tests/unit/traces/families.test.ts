import { describe, expect, it } from 'vitest'
import type { TracedPiece } from '#native/capability/trace.ts'
import { AcsCodec } from '#native/drivers/acr122s/codec.ts'
import { TwinCodec } from '#native/drivers/gempc-twin/codec.ts'
import { createDecoder } from '#native/drivers/hid-image/codec.ts'
import { drivers } from '#native/drivers/index.ts'
import { Pn532Codec } from '#native/drivers/pn532/codec.ts'
import { ZfmCodec } from '#native/drivers/zfm/codec.ts'
import * as lines from './lines.ts'

const { secrets } = lines

const families = Object.fromEntries(Object.entries(lines.saidOf).filter(([name]) => !/pcsc|acr1281s/u.test(name)))

/** What the codecs with frames find in bytes. */
const codecs = {
  'gempc-twin': () => kindsOf(new TwinCodec()),
  acr122s: () => kindsOf(new AcsCodec()),
  pn532: () => kindsOf(new Pn532Codec()),
  zfm: () => kindsOf(new ZfmCodec()),
}

function kindsOf(codec: { push(bytes: Uint8Array): { readonly kind: string }[] }) {
  return (bytes: Uint8Array) => codec.push(bytes).map(({ kind }) => kind)
}

const tracerOf = (driver: string) => drivers[driver]!.trace!()

function pieces(driver: string, said: lines.Said): TracedPiece[] {
  const tracer = tracerOf(driver)
  return [...said.flatMap(([way, bytes]) => tracer.push(way, bytes)), ...tracer.flush()]
}

/** All that a person could read out of a trace, in the encodings that come to mind. */
export function findSecrets(text: string): string[] {
  const bytes = Buffer.from((text.match(/(?:[0-9A-F]{2})+/gu) ?? []).join(''), 'hex')
  const wanted = [
    ...[secrets.name, secrets.number, secrets.zone, secrets.name.normalize('NFD')].flatMap((word) => [
      Buffer.from(word),
      Buffer.from(word, 'utf16le'),
    ]),
    Buffer.from(secrets.number, 'hex'),
    Buffer.from(secrets.row.subarray(0, 4)),
    Buffer.from(secrets.row.subarray(20, 30)),
    Buffer.from(secrets.zone.slice(4, 14)),
  ]
  return wanted.flatMap((word) => {
    const spelled = [word.toString('hex').toUpperCase(), word.toString('latin1'), word.toString('base64')]
    return bytes.includes(word) || spelled.some((each) => text.includes(each)) ? [word.toString('latin1')] : []
  })
}

function textOf(found: readonly TracedPiece[]): string {
  return found
    .map(({ bytes, name, detail }) => `${Buffer.from(bytes).toString('hex').toUpperCase()}\n${name}\n${detail ?? ''}`)
    .join('\n')
}

it('covers every driver that has a line', () => {
  const withLine = Object.entries(drivers).filter(([, { transports }]) => !/pcsc|http/u.test(transports.join()))
  const own = withLine.map(([name]) => name).filter((name) => name !== 'acr1281s')
  expect(own.toSorted()).toEqual(Object.keys(families).toSorted())
})

describe.each(Object.entries(families))('a trace of %s', (driver, said) => {
  it('was made of a line that really carries the secrets', () => {
    const plain = said().map(([, bytes]) => Buffer.from(bytes).toString('hex').toUpperCase())
    expect(findSecrets(plain.join('\n'))).not.toEqual([])
  })

  it('leaves the bytes alone that the driver is about to read', () => {
    const given = said().map(([way, bytes]) => [way, Buffer.from(bytes)] as const)
    pieces(driver, given)
    expect(given.map(([, bytes]) => bytes.toString('hex'))).toEqual(
      said().map(([, bytes]) => Buffer.from(bytes).toString('hex')),
    )
  })

  it('holds nothing of them, in no encoding', () => {
    expect(findSecrets(textOf(pieces(driver, said())))).toEqual([])
  })

  it('holds nothing of them when the line comes in chunks of any size', () => {
    for (const size of [1, 2, 3, 5, 7, 13, 31, 61, 200, 5000]) {
      const chunks = said().flatMap(([way, bytes]) =>
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          way === 'out'
            ? at === 0
              ? ([way, bytes] as const)
              : undefined
            : ([way, bytes.slice(at * size, (at + 1) * size)] as const),
        ).filter((chunk) => chunk !== undefined),
      )
      expect(findSecrets(textOf(pieces(driver, chunks)))).toEqual([])
    }
  })

  it('holds nothing of them when bytes are lost, doubled or damaged anywhere', () => {
    for (const broken of lines.brokenLines(said, driver === 'hid-image' ? 15 : 150))
      expect(findSecrets(textOf(pieces(driver, broken)))).toEqual([])
  })

  it('changes nothing more when it is masked again', () => {
    const once = pieces(driver, said())
    const tracer = tracerOf(driver)
    const again = once.flatMap(({ way, bytes }) => [...tracer.push(way, bytes), ...tracer.flush()])
    expect(again.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(
      once.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
    )
    expect(again.map(({ name, fault }) => [name, fault])).toEqual(once.map(({ name, fault }) => [name, fault]))
  })
})

describe.each(Object.entries(codecs))('a trace of %s', (driver, kinds) => {
  const said = lines.saidOf[driver]!

  it('still parses as the line did', () => {
    const find = (all: readonly (readonly ['out' | 'in', Uint8Array])[]) => {
      const codec = kinds()
      return all.filter(([way]) => way === 'in').flatMap(([, bytes]) => codec(bytes))
    }
    expect(find(pieces(driver, said()).map(({ way, bytes }) => [way, bytes]))).toEqual(find(said()))
  })

  it('tells a wrong check as one, which stays wrong', () => {
    for (const [way, bytes] of said().filter(([, each]) => each.length > 20)) {
      if (way === 'out') continue
      const spoiled = bytes.slice()
      const at = driver === 'acr122s' || driver === 'pn532' ? -2 : -1
      spoiled[spoiled.length + at]! ^= 0x5a
      const found = pieces(driver, [['in', spoiled]])
      expect(found.map(({ fault }) => fault)).toEqual(['checksum'])
      const heard = kinds()(found[0]!.bytes)
      expect(heard).toContain('error')
      expect(heard).not.toContain('message')
    }
  })
})

describe('a trace of hid-image', () => {
  it('keeps a whole picture in few pieces, whose checks hold', () => {
    const [head, blocks, rest, done, ...more] = pieces(
      'hid-image',
      lines.pictureSaid(lines.headerOf('full', 3, lines.fingers), lines.fingers),
    )
    expect([head?.name, blocks?.name, rest?.name, done?.name]).toEqual(['image', 'image block', 'image block', 'done'])
    expect(more).toEqual([])
    expect(blocks).toMatchObject({ times: 6, detail: 'blocks 0–5' })
    const decoded = createDecoder().push(head!.bytes)
    expect(decoded).toMatchObject([{ message: { type: 'image', blocks: 7, bytes: 12_800 } }])
  })

  it('leaves most previews out, and says how many', () => {
    const told = pieces('hid-image', lines.hidImageSaid())
    expect(told.filter(({ name }) => name === 'done')).toHaveLength(4)
    expect(told.find(({ name }) => name === 'shoot')?.detail).toMatch(/, 5 previews left out before$/)
  })

  it('tells nobody which fingers are missing', () => {
    const start = pieces('hid-image', lines.hidImageSaid()).find(({ name }) => name === 'start')
    expect(createDecoder().push(start!.bytes)).toMatchObject([{ message: { type: 'start', absent: [] } }])
  })
})
