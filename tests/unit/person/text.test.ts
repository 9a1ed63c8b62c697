import { differingSpan, foldText, relateTexts, tidyText } from '#domain/person/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// Invented people.
const letters = [..."aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằậèệìòộờùựýĕŏč ÀĐỚKʼ'"]
const vietnamese = fc.string({ unit: fc.constantFrom(...letters), maxLength: 40 })
const anyText = fc.oneof(
  vietnamese,
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

describe('text of a card', () => {
  it('is stored composed, whatever form the keyboard or the file had', () => {
    expect(tidyText('Lò Thị Mẫu'.normalize('NFD'))).toBe('Lò Thị Mẫu'.normalize('NFC'))
  })

  it('loses layout and invisible characters, and no word falls apart by them', () => {
    expect(tidyText('  Giàng\tA\u00a0\u00a0Mẫ\u200bu\r\n\u0000')).toBe('Giàng A Mẫu')
    expect(tidyText('Mẫ\u00adu')).toBe('Mẫu')
    expect(tidyText('a\u200d\u0301')).toBe('á')
  })

  it('keeps one-letter parts, one-word names, apostrophes and letters of the highlands', () => {
    for (const name of ['Giàng A Mẫu', 'Mẫu', "K'Brôi", 'Y Ngŏ', 'Hčĕ', 'Niê Blŏ Ñĭ']) expect(tidyText(name)).toBe(name)
  })

  it('does not change any more once it is tidy', () => {
    fc.assert(fc.property(anyText, (text) => tidyText(tidyText(text)) === tidyText(text)))
  })

  it('folds to a key without marks, with đ as d, in which the place of a tone does not matter', () => {
    expect(foldText('Quàng Văn Đỗ')).toBe('quang van do')
    expect(foldText('Hoà')).toBe(foldText('Hòa'))
    expect(foldText('LÒ')).toBe(foldText('Lo'))
    expect(foldText('Mẫu \u0302')).toBe('mau')
  })

  it('folds to the same key again, and composed or decomposed input to one key', () => {
    fc.assert(fc.property(anyText, (text) => foldText(foldText(text)) === foldText(text)))
    fc.assert(fc.property(vietnamese, (text) => foldText(text.normalize('NFD')) === foldText(text.normalize('NFC'))))
  })
})

describe('how two values relate', () => {
  it.each([
    ['Lò Thị Mẫu', 'Lò Thị Mẫu', 'same'],
    ['Lò Thị Mẫu', ' Lò  Thị Mẫu '.normalize('NFD'), 'same'],
    ['LÒ THỊ MẪU', 'Lò Thị Mẫu', 'case'],
    ['Hoà Bình', 'Hòa Bình', 'tone-placement'],
    ['Thuỷ', 'Thủy', 'tone-placement'],
    ['Thôm Mòn', 'Thom Mòn', 'diacritics'],
    ['Lò', 'Lo', 'diacritics'],
    ['Đinh', 'Dinh', 'diacritics'],
    ['Quàng Văn Mẫu', 'Quàng Thị Mẫu', 'different'],
  ] as const)('%s beside %s is %s', (a, b, relation) => {
    expect(relateTexts(a, b)).toBe(relation)
  })

  it('is the same from both sides', () => {
    fc.assert(fc.property(vietnamese, vietnamese, (a, b) => relateTexts(a, b) === relateTexts(b, a)))
  })

  it('marks only the letters that differ', () => {
    const value = 'Thom Mòn, Thuận Châu'
    const span = differingSpan(value, 'Thôm Mòn, Thuận Châu')
    expect(span && value.slice(span.start, span.end)).toBe('o')
    expect(differingSpan('Mẫu', 'Mẫu')).toBeUndefined()
  })

  it('marks a span inside the text, of equal texts none', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const span = differingSpan(a, b)
        if (a === b) return span === undefined
        return span !== undefined && span.start >= 0 && span.start <= span.end && span.end <= a.length
      }),
    )
  })
})
