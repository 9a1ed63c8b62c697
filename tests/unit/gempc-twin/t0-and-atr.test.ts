import { describe, expect, it } from 'vitest'
import { bitRate, blockWaitingMs, parseAtr } from '#native/drivers/gempc-twin/atr.ts'
import { exchangeT0 } from '#native/drivers/gempc-twin/t0.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** A card that expects these TPDUs and gives these answers. */
function scripted(...script: [string, string][]) {
  const left = [...script]
  return async (tpdu: Uint8Array) => {
    const [expected, reply] = left.shift() ?? ['nothing more', '']
    expect(shown(tpdu)).toBe(expected.replaceAll(' ', ''))
    return hex(reply)
  }
}

describe('T=0', () => {
  it('fetches a response that the card holds ready', async () => {
    const card = scripted(['00a4040c02 0102', '6105'], ['00c0000005', '0102030405 9000'])
    expect(shown(await exchangeT0(hex('00a4040c02010200'), card))).toBe('01020304059000')
  })

  it('fetches a long response piece by piece', async () => {
    const card = scripted(['0cb0000001 ff', '6102'], ['00c0000002', 'aabb 6101'], ['00c0000001', 'cc 9000'])
    expect(shown(await exchangeT0(hex('0cb0000001ff00'), card))).toBe('aabbcc9000')
  })

  it('repeats a command with the length that the card names', async () => {
    const card = scripted(['00b0000000', '6c03'], ['00b0000003', '010203 9000'])
    expect(shown(await exchangeT0(hex('00b0000000'), card))).toBe('0102039000')
  })

  it('asks for the response when the card only says that it is done', async () => {
    const card = scripted(['00820000 01 aa', '9000'], ['00c0000002', 'bbcc 9000'])
    expect(shown(await exchangeT0(hex('0082000001aa02'), card))).toBe('bbcc9000')
  })

  it('passes errors on and refuses extended length', async () => {
    expect(shown(await exchangeT0(hex('0084000008'), scripted(['0084000008', '6d00'])))).toBe('6d00')
    await expect(exchangeT0(hex('00b00000000400'), scripted())).rejects.toThrow('DEVICE_REFUSED')
  })

  it('does not follow a card that always has more', async () => {
    await expect(exchangeT0(hex('0084000008'), async () => hex('aa6101'))).rejects.toThrow('DEVICE_GARBLED')
  })
})

describe('the answer to reset', () => {
  it('gives protocol, speed and block sizes of a T=1 card', () => {
    const atr = parseAtr(hex('3b98188131fe4553494d2d43484950e3'))
    expect(atr).toMatchObject({ protocol: 1, speed: 0x18, ifsc: 254, waitingIntegers: 0x45, fixed: false, crc: false })
    expect(Math.round(bitRate(atr.speed))).toBe(129_032)
    expect(Math.round(blockWaitingMs(atr))).toBe(1428)
  })

  it('has the standard values where a card says nothing', () => {
    expect(parseAtr(hex('3b00'))).toMatchObject({ protocol: 0, speed: 0x11, ifsc: 32 })
    expect(Math.round(bitRate(0x11))).toBe(10_753)
  })

  it('tells a card that fixes its speed', () => {
    expect(parseAtr(hex('3b9018110198'))).toMatchObject({ fixed: true })
  })

  it('that breaks off counts as mute', () => {
    for (const text of ['', '3b', '00ff', '3bff', '3b98188131'])
      expect(() => parseAtr(hex(text)), text).toThrow('CARD_MUTE')
  })
})
