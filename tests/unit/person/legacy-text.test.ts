import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLegacyText } from '#domain/person/legacy-text.ts'
import { parseCardQr } from '#domain/person/index.ts'

const text = '014190000123|050000123|Lò Thị Mẫu|15031990|Nữ|Bản Mẫu, Thuận Châu, Sơn La|01082024'
const asLatin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('text in an encoding of before Unicode', () => {
  it.each([
    ['TCVN3', 'Lß ThÞ MÉu, B¶n MÉu, ThuËn Ch©u, S¬n La'],
    ['VNI', 'Loø Thò Maãu, Baûn Maãu, Thuaän Chaâu, Sôn La'],
    ['Windows-1258', 'LoÌ Thiò Mâ\u00deu, Ba\u00d2n Mâ\u00deu, Thuâòn Châu, Sõn La'],
    ['UTF-8', asLatin1(new TextEncoder().encode('Lò Thị Mẫu, Bản Mẫu, Thuận Châu, Sơn La'))],
  ])('is read when it is %s taken for Latin-1', (_, garbled) => {
    expect(readLegacyText(garbled)).toBe('Lò Thị Mẫu, Bản Mẫu, Thuận Châu, Sơn La')
  })

  it('is read when Windows showed the bytes 80–9F as its own signs', () => {
    const shown = new TextDecoder('windows-1252').decode(new TextEncoder().encode('Đặng Thị Mẫu'))
    expect(shown).toContain('\u2039')
    expect(readLegacyText(shown)).toBe('Đặng Thị Mẫu')
  })

  it.each(['Lò Văn Tô', 'Hà Lò', "K'Brôi", 'Ñĕ', 'Giàng A Mẫu', 'LÒ', 'Mẫu', 'José', '50 €', ''])(
    'leaves %s as it is: it is Unicode already',
    (name) => {
      expect(readLegacyText(name)).toBe(name)
    },
  )

  it('changes nothing that has a character beyond one byte, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (noise) => {
        readLegacyText(noise)
        expect(readLegacyText(`${noise}ị`)).toBe(`${noise}ị`)
      }),
    )
  })

  it('gives the same card as the code in UTF-8', () => {
    const vni = '014190000123|050000123|Loø Thò Maãu|15031990|Nöõ|Baûn Maãu, Thuaän Chaâu, Sôn La|01082024'
    const tcvn3 = '014190000123|050000123|Lß ThÞ MÉu|15031990|N÷|B¶n MÉu, ThuËn Ch©u, S¬n La|01082024'
    expect(parseCardQr(vni)).toEqual(parseCardQr(text))
    expect(parseCardQr(tcvn3)).toEqual(parseCardQr(text))
    expect(parseCardQr(asLatin1(new TextEncoder().encode(text)))).toEqual(parseCardQr(text))
  })
})
