import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { readLegacyText } from '#domain/person/legacy-text.ts'

/** Every letter with every mark, each in a word that a reader of Vietnamese knows. */
const words =
  'à ả ã á ạ ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ ă â ê ô ơ ư'
    .split(' ')
    .map((vowel) => `t${vowel}`)
    .join(' ')
const line = `Nguyễn Thị Mẫu, Đường Đội Cấn, phường Ưng, đắk lắk, Ấp Ăn Ơn Ê Ô Â: ${words}`

/** glibc's own tables stand against ours. It knows no VNI. */
it.each(['TCVN', 'CP1258'])('reads what iconv writes as %s, every letter of it', (encoding) => {
  const bytes = execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: line })
  expect(bytes.toString('latin1')).not.toBe(line)
  expect(readLegacyText(bytes.toString('latin1'))).toBe(line)
})
