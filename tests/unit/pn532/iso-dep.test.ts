import { describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { contactlessAtr, IsoDepLink, parseAts, type IsoDepStep } from '#native/drivers/pn532/iso-dep.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const said = (step: IsoDepStep) => (step.kind === 'send' ? hex(step.block) : `done ${hex(step.response)}`)

describe('blocks of ISO/IEC 14443-4', () => {
  it('carry an APDU each and change their number', () => {
    const link = new IsoDepLink(256)
    expect(said(link.begin(bytes('00840000')))).toBe('0200840000')
    expect(said(link.receive(bytes('029000')))).toBe('done 9000')
    expect(said(link.begin(bytes('00')))).toBe('0300')
    expect(said(link.receive(bytes('036d00')))).toBe('done 6d00')
  })

  it('chain a command that is longer than the frame of the card', () => {
    const link = new IsoDepLink(6)
    expect(said(link.begin(bytes('0102030405060708')))).toBe('12010203')
    expect(said(link.receive(bytes('a2')))).toBe('13040506')
    expect(said(link.receive(bytes('a3')))).toBe('020708')
    expect(said(link.receive(bytes('029000')))).toBe('done 9000')
  })

  it('acknowledge each piece of a chained response', () => {
    const link = new IsoDepLink(256)
    link.begin(bytes('00'))
    expect(said(link.receive(bytes('12aabb')))).toBe('a3')
    expect(said(link.receive(bytes('13ccdd')))).toBe('a2')
    expect(said(link.receive(bytes('029000')))).toBe('done aabbccdd9000')
  })

  it('grant the time a card asks for, and wait longer by its factor', () => {
    const link = new IsoDepLink(256)
    link.begin(bytes('00'))
    const step = link.receive(bytes('f20a'))
    expect(step).toMatchObject({ kind: 'send', patience: 10 })
    expect(said(step)).toBe('f20a')
    expect(said(link.receive(bytes('029000')))).toBe('done 9000')
  })

  it('ask with R(NAK) when nothing came, and repeat the block only when the card says that it has not seen it', () => {
    const link = new IsoDepLink(256)
    link.begin(bytes('00'))
    expect(said(link.receive(undefined))).toBe('b2')
    // The card's last block has the other number: ours was lost.
    expect(said(link.receive(bytes('a3')))).toBe('0200')
    expect(said(link.receive(bytes('029000')))).toBe('done 9000')
  })

  it('repeat an acknowledgement when the next piece did not come', () => {
    const link = new IsoDepLink(256)
    link.begin(bytes('00'))
    expect(said(link.receive(bytes('12aa')))).toBe('a3')
    expect(said(link.receive(undefined))).toBe('a3')
    expect(said(link.receive(bytes('039000')))).toBe('done aa9000')
  })

  it('give a card up that does not answer, and one that talks without end', () => {
    const link = new IsoDepLink(256)
    link.begin(bytes('00'))
    const codes: string[] = []
    for (let tries = 0; tries < 5 && codes.length === 0; tries++) {
      try {
        link.receive(undefined)
      } catch (error) {
        codes.push((error as AppError).code)
      }
    }
    expect(codes).toEqual(['CARD_REMOVED'])
    const talker = new IsoDepLink(256)
    talker.begin(bytes('00'))
    const endless = () => {
      for (let number = 0; number < 2000; number++)
        talker.receive(Uint8Array.of(0x12 | (number & 1), ...new Uint8Array(250)))
    }
    expect(endless).toThrow(AppError)
    const asker = new IsoDepLink(256)
    asker.begin(bytes('00'))
    expect(() => {
      for (;;) asker.receive(bytes('f201'))
    }).toThrow(AppError)
  })
})

describe('an answer to select', () => {
  it('says frame, rates, waiting time and historical bytes', () => {
    expect(parseAts(bytes('0678338102'))).toBeUndefined()
    expect(parseAts(bytes('0778338102aabb'))).toMatchObject({ frame: 256, rates: 0x33, historical: bytes('aabb') })
    expect(parseAts(bytes('0778338102aabb'))?.waitingMs).toBeCloseTo(77.3, 0)
    expect(parseAts(bytes('01'))).toMatchObject({ frame: 32, rates: 0 })
    expect(parseAts(new Uint8Array())).toBeUndefined()
  })

  it('becomes the answer to reset that PC/SC gives contactless cards', () => {
    // As printed in the manual of the ACR1281S.
    expect(hex(contactlessAtr(Buffer.from('JCOP3136GDT', 'latin1')))).toBe('3b8b80014a434f50333133364744544c')
  })
})
