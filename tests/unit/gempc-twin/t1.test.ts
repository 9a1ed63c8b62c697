import { describe, expect, it } from 'vitest'
import { decodeBlock, encodeBlock, T1Link, type T1Step } from '#native/drivers/gempc-twin/t1.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const blockOf = (step: T1Step) => (step.kind === 'send' ? shown(step.block) : 'done')
const block = (pcb: number, inf: Uint8Array = new Uint8Array()) => encodeBlock({ pcb, inf })

const getChallenge = hex('0084000008')
const answer = hex('0102030405060708 9000')

describe('T=1', () => {
  it('writes and reads blocks with their check byte', () => {
    expect(shown(block(0xc1, hex('fe')))).toBe('00c101fe3e')
    expect(decodeBlock(hex('00c101fe3e'))).toEqual({ pcb: 0xc1, inf: hex('fe') })
    for (const wrong of ['00c101fe3f', '00c102fe3d', '00c1', '', '00c1ff00'])
      expect(decodeBlock(hex(wrong))).toBeUndefined()
  })

  it('announces its field size', () => {
    const link = new T1Link(254)
    expect(blockOf(link.announce(254))).toBe('00c101fe3e')
    expect(link.receive(hex('00e101fe1e')).kind).toBe('done')
  })

  it('numbers its blocks alternately', () => {
    const link = new T1Link(254)
    expect(blockOf(link.begin(getChallenge))).toBe('0000050084000008' + '89')
    expect(link.receive(block(0x00, answer))).toEqual({ kind: 'done', response: answer })
    expect(blockOf(link.begin(getChallenge))).toBe('0040050084000008' + 'c9')
    expect(link.receive(block(0x40, answer))).toEqual({ kind: 'done', response: answer })
    expect(blockOf(link.begin(getChallenge)).slice(2, 4)).toBe('00')
  })

  it('sends a long command in pieces, each when the one before was acknowledged', () => {
    const link = new T1Link(4)
    expect(blockOf(link.begin(hex('00010203040506070809')))).toBe(shown(block(0x20, hex('00010203'))))
    expect(blockOf(link.receive(block(0x90)))).toBe(shown(block(0x60, hex('04050607'))))
    expect(blockOf(link.receive(block(0x80)))).toBe(shown(block(0x00, hex('0809'))))
    expect(link.receive(block(0x00, hex('9000')))).toEqual({ kind: 'done', response: hex('9000') })
  })

  it('repeats a piece that the card asks for again', () => {
    const link = new T1Link(4)
    const first = blockOf(link.begin(hex('00010203040506')))
    expect(blockOf(link.receive(block(0x81)))).toBe(first)
    expect(blockOf(link.receive(block(0x90)))).toBe(shown(block(0x40, hex('040506'))))
  })

  it('acknowledges each piece of a long response and puts them together', () => {
    const link = new T1Link(254)
    link.begin(getChallenge)
    expect(blockOf(link.receive(block(0x20, hex('0102'))))).toBe(shown(block(0x90)))
    expect(blockOf(link.receive(block(0x60, hex('0304'))))).toBe(shown(block(0x80)))
    expect(link.receive(block(0x00, hex('9000')))).toEqual({ kind: 'done', response: hex('010203049000') })
  })

  it('asks again for a block that came damaged, not at all, or with the wrong number', () => {
    for (const bad of [undefined, hex('00000102'), block(0x40, answer)]) {
      const link = new T1Link(254)
      link.begin(getChallenge)
      expect(blockOf(link.receive(bad))).toBe(shown(block(0x81)))
      expect(link.receive(block(0x00, answer))).toEqual({ kind: 'done', response: answer })
    }
  })

  it('grants the card more time, and waits as often longer', () => {
    const link = new T1Link(254)
    link.begin(getChallenge)
    const step = link.receive(block(0xc3, hex('05')))
    expect(step).toMatchObject({ kind: 'send', patience: 5 })
    expect(blockOf(step)).toBe(shown(block(0xe3, hex('05'))))
    expect(link.receive(block(0x00, answer)).kind).toBe('done')
  })

  it('accepts a new field size from the card', () => {
    const link = new T1Link(4)
    link.begin(hex('000102030405'))
    expect(blockOf(link.receive(block(0xc1, hex('02'))))).toBe(shown(block(0xe1, hex('02'))))
  })

  it('resynchronises once after too many damaged blocks and then reports the exchange as lost', () => {
    const link = new T1Link(254)
    link.begin(getChallenge)
    let step: T1Step = { kind: 'done', response: hex('') }
    for (let round = 0; round < 4; round++) step = link.receive(undefined)
    expect(blockOf(step)).toBe(shown(block(0xc0)))
    expect(() => link.receive(block(0xe0))).toThrow('DEVICE_GARBLED')
    expect(blockOf(link.begin(getChallenge)).slice(2, 4)).toBe('00')
  })

  it('gives up on a card that only ever asks for time, or never ends its response', () => {
    const asking = new T1Link(254)
    asking.begin(getChallenge)
    expect(() => {
      for (let round = 0; round < 10_000; round++) asking.receive(block(0xc3, hex('01')))
    }).toThrow('DEVICE_GARBLED')
    const endless = new T1Link(254)
    endless.begin(getChallenge)
    expect(() => {
      for (let round = 0; round < 10_000; round++)
        endless.receive(block(0x20 | ((round & 1) << 6), new Uint8Array(254)))
    }).toThrow('DEVICE_GARBLED')
  })
})
