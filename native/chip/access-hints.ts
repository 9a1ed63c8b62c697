import { AppError } from '#domain/failure/index.ts'
import type { ChipAccess, ChipHints } from '#native/capability/card-reader.ts'

/** The input that is likely wrong; `dates` when birth and expiry do not go together and neither is known. */
export type LikelyWrong = 'can' | 'document-number' | 'birth-date' | 'expiry-date' | 'dates' | 'unknown'

const neverExpires = '991231'

/**
 * Which input of a refused access is likely wrong. On căn cước the access number is the end of the personal number, the
 * document number its last nine digits, and a card expires on a birthday, or never.
 */
export function likelyWrong(access: ChipAccess, hints: ChipHints = {}): LikelyWrong {
  const { personalNumber } = hints
  if (access.kind === 'can') return 'can'
  const { documentNumber, birthDate, expiryDate } = access
  if (personalNumber !== undefined && documentNumber.replace(/<+$/, '') !== personalNumber.slice(-9)) {
    return 'document-number'
  }
  if (!isDate(birthDate)) return 'birth-date'
  if (!isDate(expiryDate)) return 'expiry-date'
  const birthDiffers = hints.birthDate !== undefined && hints.birthDate !== birthDate
  const expiryDiffers = hints.expiryDates !== undefined && !hints.expiryDates.includes(expiryDate)
  if (birthDiffers && expiryDiffers) return 'dates'
  if (birthDiffers) return 'birth-date'
  if (expiryDiffers) return 'expiry-date'
  if (!isBirthday(birthDate, expiryDate)) return hints.birthDate === undefined ? 'dates' : 'expiry-date'
  if (hints.birthDate !== undefined && hints.expiryDates === undefined) return 'expiry-date'
  return personalNumber === undefined ? 'document-number' : 'unknown'
}

/** A denial over a wrong password, with what is likely wrong; every other error as it is. */
export function explainDenial(error: unknown, access: ChipAccess, hints?: ChipHints): unknown {
  if (!(error instanceof AppError) || error.code !== 'CHIP_ACCESS_DENIED') return error
  if (error.context['reason'] !== 'wrong-password') return error
  return new AppError(error.code, error.step, {
    context: { ...error.context, likely: likelyWrong(access, hints) },
    cause: error,
  })
}

/** `<` stands for an unknown day or month. */
function isDate(text: string): boolean {
  const match = /^(\d{2})(\d{2}|<<)(\d{2}|<<)$/.exec(text)
  if (!match) return false
  const [month, day] = [match[2], match[3]]
  return (
    (month === '<<' || (Number(month) >= 1 && Number(month) <= 12)) &&
    (day === '<<' || (Number(day) >= 1 && Number(day) <= 31))
  )
}

function isBirthday(birthDate: string, expiryDate: string): boolean {
  if (expiryDate === neverExpires || birthDate.includes('<')) return true
  const [born, expires] = [birthDate.slice(2), expiryDate.slice(2)]
  return born === expires || (born === '0229' && (expires === '0228' || expires === '0301'))
}
