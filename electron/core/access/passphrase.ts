import { AppError } from '#domain/failure/index.ts'

const shortest = 8
const fewestDifferent = 4

/** Throws PASSPHRASE_WEAK for fewer than 8 characters, few different ones, a repeated short piece, or a plain run. */
export function checkPassphrase(passphrase: string): void {
  const characters = [...tidyPassphrase(passphrase)]
  const weak = (reason: string) => new AppError('PASSPHRASE_WEAK', 'access.passphrase', { context: { reason } })
  if (characters.length < shortest) throw weak('short')
  if (new Set(characters).size < fewestDifferent || period(characters) < shortest) throw weak('repeated')
  if (isRun(characters)) throw weak('run')
}

/** The form that is hashed: keyboards differ in whether they compose Vietnamese letters. */
export function tidyPassphrase(passphrase: string): string {
  return passphrase.normalize('NFC')
}

/** Length of the shortest piece whose repetition is the text. */
function period(characters: readonly string[]): number {
  for (let length = 1; length < characters.length; length++) {
    if (characters.every((character, index) => character === characters[index % length])) return length
  }
  return characters.length
}

/** 12345678, hgfedcba */
function isRun(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}
