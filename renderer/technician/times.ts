import { useTranslation } from 'react-i18next'

export type Times = {
  /** Day and time, from ISO 8601. */
  readonly moment: (iso: string) => string
  /** The day alone, from YYYY-MM-DD. */
  readonly day: (day: string) => string
  /** Time with milliseconds. */
  readonly exact: (date: Date) => string
  readonly number: (value: number) => string
}

/** Times and numbers as the chosen language writes them. What cannot be read is shown as it came. */
export function useTimes(): Times {
  const { i18n } = useTranslation()
  // Day/month in both languages, as forms have it; Intl's Vietnamese has hyphens.
  const dates = 'en-GB'
  const locale = i18n.language === 'vi' ? 'vi-VN' : 'en-GB'
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  const moment = new Intl.DateTimeFormat(dates, { day: '2-digit', month: '2-digit', ...clock })
  const day = new Intl.DateTimeFormat(dates, { day: '2-digit', month: '2-digit', timeZone: 'UTC' })
  const exact = new Intl.DateTimeFormat(dates, { ...clock, fractionalSecondDigits: 3 })
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 })
  const whole = new Intl.NumberFormat(locale)
  const shown = (format: Intl.DateTimeFormat, text: string) => {
    const date = new Date(text)
    return Number.isNaN(date.getTime()) ? text : format.format(date)
  }
  return {
    moment: (iso) => shown(moment, iso),
    day: (text) => shown(day, text),
    exact: (date) => exact.format(date),
    number: (value) => (Number.isInteger(value) ? whole : number).format(value),
  }
}
