import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { groupPersonalNumber, type DetailField } from '#domain/person/index.ts'

/** 2026-12-03 as 03/12/2026. */
export function day(iso: string): string {
  return iso.slice(0, 10).split('-').reverse().join('/')
}

/** The wall-clock time of an ISO instant, HH:mm:ss. */
export function time(iso: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime())
    ? ''
    : [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':')
}

/** The day of an instant on this computer's calendar, ISO. */
export function localDay(iso: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime())
    ? ''
    : [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}

/** A value as it is read aloud: the number in groups of three. */
export function readable(field: DetailField, value: string): string {
  return field === 'personalNumber' ? groupPersonalNumber(value) : value
}

/** 1234567 as 1,2 MB. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`
}

/** The procedure and its reason, as in the identity bar. */
export function useProcedureWords(): (procedure: OfficerView['procedure']) => string {
  const { t, i18n } = useTranslation()
  return ({ reason, age, fee }) => {
    const why = reason === 'age-threshold' ? t('procedure.age', { age }) : t('procedure.old-card')
    const price =
      fee === 0
        ? t('procedure.free')
        : t('procedure.fee', { fee: fee.toLocaleString(i18n.language === 'en' ? 'en-GB' : 'vi-VN') })
    return [t('procedure.exchange'), why, price].join(' · ')
  }
}
