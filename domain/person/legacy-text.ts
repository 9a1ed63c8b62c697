/**
 * Vietnamese text in the encodings of before Unicode, as it arrives when its bytes were taken for Latin-1: one character
 * for each byte. TCVN3 (TCVN 5712:1993, the .VnTime fonts), VNI (the VNI- fonts), Windows-1258, and UTF-8 itself.
 */

/** Windows shows the bytes 80–9F as these; a byte that it has no character for stays itself. */
const windowsControls =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

const tcvn3 = new Map<number, string>([
  ...spread(0x80, 'ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ'),
  ...spread(0xa1, 'ĂÂÊÔƠƯĐăâêôơưđ'),
  // Tone marks by themselves: grave, hook, tilde, acute, dot below.
  ...spread(0xb0, '\u0300\u0309\u0303\u0301\u0323'),
  ...spread(0xb5, 'àảãáạ'),
  ...spread(0xbb, 'ằẳẵắ'),
  ...spread(0xc6, 'ặầẩẫấậè'),
  ...spread(0xce, 'ẻẽéẹềểễếệìỉ'),
  ...spread(0xdc, 'ĩíịò'),
  ...spread(0xe1, 'ỏõóọồổỗốộờởỡớợù'),
  ...spread(0xf1, 'ủũúụừửữứựỳỷỹýỵ'),
  // Capitals stand where room was left.
  ...spread(0xaf, 'Ằ'),
  ...spread(0xba, 'Ẳ'),
  ...spread(0xbf, 'ẴẮẦẨẪẤỀ'),
  ...spread(0xcd, 'Ể'),
  ...spread(0xd9, 'ỄẾỒ'),
  ...spread(0xe0, 'Ổ'),
  ...spread(0xf0, 'Ỗ'),
  ...spread(0xff, 'Ố'),
])

const windows1258 = new Map<number, string>(
  spread(0xc0, 'ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ßàáâăäåæçèéêë\u0301íîïđñ\u0323óôơö÷øùúûüư₫ÿ'),
)

/** In VNI the mark follows its letter. ơ and ư are letters of their own, as are đ and the i and y with a mark. */
const vniLetters: Readonly<Record<string, string>> = {
  ô: 'ơ',
  Ô: 'Ơ',
  ö: 'ư',
  Ö: 'Ư',
  ñ: 'đ',
  Ñ: 'Đ',
  í: 'í',
  Í: 'Í',
  ì: 'ì',
  Ì: 'Ì',
  æ: 'ỉ',
  Æ: 'Ỉ',
  ó: 'ĩ',
  Ó: 'Ĩ',
  ò: 'ị',
  Ò: 'Ị',
  î: 'ỵ',
  Î: 'Ỵ',
}
const [grave, acute, hook, tilde, dot, circumflex, breve] = [
  '\u0300',
  '\u0301',
  '\u0309',
  '\u0303',
  '\u0323',
  '\u0302',
  '\u0306',
] as const
const vniMarks: Readonly<Record<string, string>> = {
  ù: acute,
  ø: grave,
  û: hook,
  õ: tilde,
  ï: dot,
  â: circumflex,
  á: circumflex + acute,
  à: circumflex + grave,
  å: circumflex + hook,
  ã: circumflex + tilde,
  ä: circumflex + dot,
  ê: breve,
  é: breve + acute,
  è: breve + grave,
  ú: breve + hook,
  ü: breve + tilde,
  ë: breve + dot,
}

/**
 * The text as it was meant. Text with any character that no byte stands for is Unicode already and comes back as it is;
 * so does text that makes no better Vietnamese in any of the old encodings.
 */
export function readLegacyText(text: string): string {
  const bytes = bytesOf(text)
  if (!bytes || bytes.every((byte) => byte < 0x80)) return text
  const utf8 = fromUtf8(bytes)
  if (utf8 !== undefined) return utf8
  const readings = [fromTable(bytes, tcvn3), fromVni(bytes), fromTable(bytes, windows1258)]
  let best = { text, strangers: strangeSyllables(text), usual: usualWords(text) }
  for (const reading of readings) {
    const read = reading?.normalize('NFC')
    if (read === undefined) continue
    const strangers = strangeSyllables(read)
    const usual = usualWords(read)
    if (strangers < best.strangers || (strangers === best.strangers && usual > best.usual))
      best = { text: read, strangers, usual }
  }
  return best.text
}

/** Words that nearly every card has. Where two encodings make syllables of the same bytes, these decide. */
const usual = new Set(
  'văn thị nữ xã phường thị trấn tỉnh quận huyện phố bản thôn xóm tổ nguyễn trần lê phạm hoàng lò quàng giàng vàng'.split(
    ' ',
  ),
)

function usualWords(text: string): number {
  return [
    ...text
      .toLowerCase()
      .normalize('NFC')
      .matchAll(/\p{L}+/gu),
  ].filter(([word]) => usual.has(word)).length
}

function spread(from: number, letters: string): [number, string][] {
  return [...letters].map((letter, at) => [from + at, letter])
}

/** Undefined when a character stands for no byte. */
function bytesOf(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const control = windowsControls.indexOf(character)
    if (control >= 0) bytes.push(0x80 + control)
    else if (code <= 0xff) bytes.push(code)
    else return undefined
  }
  return Uint8Array.from(bytes)
}

function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Undefined when a byte means nothing in this encoding. */
function fromTable(bytes: Uint8Array, table: ReadonlyMap<number, string>): string | undefined {
  let text = ''
  for (const byte of bytes) {
    const letter = byte < 0x80 ? String.fromCharCode(byte) : table.get(byte)
    if (letter === undefined) return undefined
    text += letter
  }
  return text
}

function fromVni(bytes: Uint8Array): string | undefined {
  let text = ''
  let base = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    const mark = vniMarks[character.toLowerCase()]
    const letter = vniLetters[character]
    if (byte < 0x80) base = character
    // ô and ö are ơ and ư, which take a tone, too.
    else if (mark !== undefined && /^[aeouyơư]$/iu.test(base)) {
      text += mark
      base = ''
      continue
    } else if (letter !== undefined) base = letter
    else return undefined
    text += base
  }
  return text
}

/** What a Vietnamese syllable looks like without its marks. */
const syllable =
  /^(?:ngh?|nh|ch|gh?|gi|kh|ph|qu|th|tr|[bcdđhklmnprstvx])?(?:oai|oay|uay|uoi|uou|uye|uya|yeu|ieu|oeo|oao|uai|[aeiouy]{1,2})(?:ng|nh|ch|[cmnpt])?$/u
const letters = /^[a-zà-ãè-êìíò-õùúýăđĩũơưạ-ỹ]+$/u
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu

/** Words with a letter beyond ASCII that are no Vietnamese syllable, three times as bad when not even the letters are. */
function strangeSyllables(text: string): number {
  let strangers = 0
  for (const [word] of text.matchAll(/[^\s|,.;:()/'"\d-]+/gu)) {
    if (!/\p{L}/u.test(word) || [...word].every((each) => each < '\u0080')) continue
    const lower = word.toLowerCase().normalize('NFC')
    if (!letters.test(lower)) strangers += 3
    else {
      const bare = lower.normalize('NFD')
      const plain = bare.replace(/\p{M}/gu, '')
      const inCase = word === lower || word === word.toUpperCase() || /^\p{Lu}\p{Ll}*$/u.test(word)
      if (!syllable.test(plain) || (bare.match(tones) ?? []).length > 1 || !inCase) strangers += 1
    }
  }
  return strangers
}
