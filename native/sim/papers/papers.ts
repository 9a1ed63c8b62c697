import { composeMrz } from '#domain/person/mrz.ts'
import { createRandom } from '../hands/random.ts'
import { drawQrCode } from '../stage/qr-code.ts'
import { loadFont, type Font } from './font.ts'
import { blankSheet, type Colour, type Sheet } from './sheet.ts'

const ink: Colour = [34, 34, 40]
const faint: Colour = [150, 172, 176]
const white: Colour = [247, 247, 243]
const pale: Colour = [214, 228, 222]

/** ID-1 (ISO/IEC 7810) and A4 in millimetres. */
const idCard = { width: 85.6, height: 53.98 } as const
const a4 = { width: 210, height: 297 } as const

let fonts: { readonly plain: Font; readonly bold: Font } | undefined

function typefaces() {
  return (fonts ??= { plain: loadFont('noto-sans'), bold: loadFont('noto-sans', 700) })
}

/** Nobody of this name and none of these numbers exist. */
export const writtenOnForm = {
  name: 'Giàng A Mẫu',
  number: '012201000045',
  oldNumber: '050000123',
  birthDate: '10/09/2001',
} as const

/** A filled-in declaration: heading, lines of text, and lines of the field names with what was written. */
export function drawForm({ seed = 1, pixelsPerMm = 5 }: { seed?: number; pixelsPerMm?: number } = {}): Sheet {
  const random = createRandom(seed)
  const { plain, bold } = typefaces()
  const sheet = blankSheet(a4.width, a4.height, pixelsPerMm, white)
  sheet.write('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { x: 52, y: 24, size: 5 }, bold, ink)
  sheet.write('Độc lập - Tự do - Hạnh phúc', { x: 70, y: 32, size: 5 }, bold, ink)
  sheet.write('TỜ KHAI (GIẤY MẪU)', { x: 72, y: 48, size: 6 }, bold, ink)
  const rows = [
    `Họ và tên: ${writtenOnForm.name}`,
    `Ngày, tháng, năm sinh: ${writtenOnForm.birthDate}`,
    `Số định danh cá nhân: ${writtenOnForm.number}`,
    `Số chứng minh nhân dân: ${writtenOnForm.oldNumber}`,
    'Nơi thường trú: Bản Thử Nghiệm, Sìn Hồ, Lai Châu',
  ]
  for (const [row, text] of rows.entries()) sheet.write(text, { x: 24, y: 66 + row * 10, size: 5 }, plain, ink)
  for (let row = 0; row < 14; row++) {
    const text = Array.from({ length: 5 + Math.floor(random() * 5) }, () => words[Math.floor(random() * words.length)]!)
    sheet.write(text.join(' '), { x: 24, y: 126 + row * 9.5, size: 4.6 }, plain, ink)
  }
  return sheet
}

const words =
  'tôi xin cam đoan những lời khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật thường trú quản lý hồ sơ đăng ký bản xã giấy tờ người khai ngày tháng'.split(
    ' ',
  )

/** The back of a card: a pattern, some lines of print, and the zone at its foot. */
export function drawCardBack(
  mrz: readonly [string, string, string],
  { seed = 1, pixelsPerMm = 20 }: { seed?: number; pixelsPerMm?: number } = {},
): Sheet {
  const random = createRandom(seed * 31 + 5)
  const { plain } = typefaces()
  const sheet = blankSheet(idCard.width, idCard.height, pixelsPerMm, pale)
  // The guilloche: thin waves of hardly another colour.
  for (let wave = 0; wave < 16; wave++) {
    const phase = random() * 6
    for (let x = 0; x < idCard.width; x += 0.2) {
      sheet.fill({ x, y: 2 + wave * 3.4 + 1.4 * Math.sin(x / 5 + phase), width: 0.2, height: 0.12 }, faint)
    }
  }
  sheet.write('Đặc điểm nhận dạng / Personal identification', { x: 24, y: 7, size: 2.4 }, plain, ink)
  sheet.write('Nốt ruồi C 1cm trên sau mép phải', { x: 24, y: 11, size: 2.6 }, plain, ink)
  sheet.write('Ngày, tháng, năm / Date, month, year: 10/08/2024', { x: 24, y: 15, size: 2.4 }, plain, ink)
  sheet.fill({ x: 5, y: 6, width: 13, height: 12 }, [196, 170, 96])
  // No two presses print alike.
  const [left, top, gap, stroke] = [4.1 + random(), 37.6 + random(), 5 + 0.8 * random(), 0.27 + 0.14 * random()]
  for (const [line, text] of mrz.entries()) sheet.writeZone(text, { x: left, y: top + line * gap, stroke }, ink)
  return sheet
}

/** A card's zone of somebody invented, another for every seed. */
export function inventedZone(seed: number): readonly [string, string, string] {
  const random = createRandom(seed * 101 + 3)
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
  const two = (value: number) => String(value).padStart(2, '0')
  const born = 1 + Math.floor(random() * 99)
  const day = `${two(1 + Math.floor(random() * 12))}${two(1 + Math.floor(random() * 28))}`
  const male = random() < 0.5
  const given = pick(['Mẫu', 'Thử Nghiệm', 'Ví Dụ', 'Kiểm Thử', 'Giả Định', 'Quốc Mẫu', 'Xuân Mẫu', 'Bích Thử'])
  return composeMrz({
    personalNumber: `0${digits(2)}${male ? 0 : 1}${two(born)}${digits(6)}`,
    fullName: `${pick(surnames)} ${pick(male ? ['Văn', 'A', 'Đức'] : ['Thị', 'Ngọc'])} ${given}`,
    birthDate: `${two(born)}${day}`,
    sex: male ? 'M' : 'F',
    expiryDate: `${two((born + 40) % 100)}${day}`,
  })
}

const surnames = [
  'Lò',
  'Quàng',
  'Giàng',
  'Sùng',
  'Vàng',
  'Bạc',
  'Cầm',
  'Hoàng',
  'Nguyễn',
  'Phạm',
  'Đỗ',
  'Kiều',
  'Jơ',
  'Zơ',
]

/** A white slip with one code, `module` millimetres a module. */
export async function drawCodeSlip(text: string, module = 0.6, pixelsPerMm = 10): Promise<Sheet> {
  const code = await drawQrCode(text, 8)
  const side = (code.width / 8) * module
  const sheet = blankSheet(side + 16, side + 16, pixelsPerMm, white)
  sheet.paste(code, { x: 8, y: 8, size: side })
  return sheet
}
