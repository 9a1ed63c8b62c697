import { describe, expect, it } from 'vitest'
import { suggest, type WordRead } from '#native/imaging/page/index.ts'

/** Words of ten pixels a letter, one behind the other. */
function line(text: string, confidence: readonly number[] = []): readonly WordRead[] {
  let x = 0
  return text.split(' ').map((word, index) => {
    const box = { x, y: 100, width: word.length * 10, height: 20 }
    x += (word.length + 1) * 10
    return { text: word, confidence: confidence[index] ?? 90, box }
  })
}

function told(text: string, kind: string) {
  return suggest([line(text)]).filter((one) => one.kind === kind)
}

describe('what a printed line suggests', () => {
  it('is the personal number and the old number, whole or in groups', () => {
    expect(told('Số: 012201000045', 'number')).toMatchObject([{ text: '012201000045', box: { x: 40, width: 120 } }])
    expect(told('Số: 012 201 000 045', 'number')).toMatchObject([{ text: '012201000045', box: { x: 40, width: 150 } }])
    expect(told('CMND 050000123', 'number')).toMatchObject([{ text: '050000123' }])
    expect(told('Điện thoại 0912345678', 'number')).toEqual([])
  })

  it('is a date in figures or in words, when there is such a day', () => {
    expect(told('sinh ngày 1/9/2001', 'date')).toMatchObject([{ text: '01/09/2001' }])
    expect(told('Lai Châu, ngày 10 tháng 9 năm 2001', 'date')).toMatchObject([{ text: '10/09/2001', box: { x: 100 } }])
    expect(told('31/02/2001 và 12.12.1989', 'date')).toMatchObject([{ text: '12/12/1989' }])
  })

  it('is the name behind the words that announce one', () => {
    expect(told('Họ và tên: Giàng A Mẫu', 'name')).toMatchObject([{ text: 'Giàng A Mẫu', box: { x: 110, width: 110 } }])
    expect(told('Họ, chữ đệm và tên khai sinh: LÒ THỊ MẪU', 'name')).toMatchObject([{ text: 'LÒ THỊ MẪU' }])
    expect(told('Họ và tên cha:', 'name')).toEqual([])
  })

  it('keeps every line as text with the confidence of its words', () => {
    expect(suggest([line('Nơi thường trú', [80, 90, 100])])).toEqual([
      { kind: 'text', text: 'Nơi thường trú', confidence: 90, box: { x: 0, y: 100, width: 140, height: 20 } },
    ])
  })

  it('is as sure as its least sure word', () => {
    expect(suggest([line('012 201 000 045', [95, 60, 99, 99])])[0]).toMatchObject({ kind: 'number', confidence: 60 })
  })

  it('leaves out what is hardly more than noise', () => {
    expect(suggest([line('||| ~', [12, 8]), []])).toEqual([])
  })

  it('finds letters that come with their marks apart', () => {
    expect(told('Họ và tên: Giàng A Mẫu'.normalize('NFD'), 'name')).toMatchObject([{ text: 'Giàng A Mẫu' }])
  })
})
