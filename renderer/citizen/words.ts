import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { allFingers, captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import { groupPersonalNumber, type DetailField } from '#domain/person/index.ts'
import { dateOrder, useWordsOf } from './packs.ts'
import { saidValue, type Said } from './said.ts'
import { useViewing } from './view.ts'

/** The label of a detail; a birth date that is only a year is not called a day. */
export function labelKey(field: DetailField, value: string): string {
  if (field !== 'birthDate') return `field.${field}`
  if (/^\d{4}$/u.test(value)) return 'field.birthYear'
  return /^\d{2}\/\d{4}$/u.test(value) ? 'field.birthMonth' : 'field.birthDate'
}

/** As it is read: the number in groups of three that stay together. */
export function shownValue(field: DetailField, value: string): string {
  return field === 'personalNumber' ? groupPersonalNumber(value) : value
}

/** What is said of a detail. Render it below `useWords`: the order of a date is that of the language in use. */
export function valueSaid(field: DetailField, value: string): Said {
  return saidValue(field, value, dateOrder())
}

export type Words = {
  /** The language's own text for a sentence; where it has none, and in Vietnamese and English, the fallback. */
  readonly say: (key: string, fallback: string) => string
  /** Language of what `say` answers, for `lang`. */
  readonly langOf: (key: string) => string
  /** The window's own words: English where English is chosen, otherwise Vietnamese. */
  readonly t: TFunction
  /** Id of the chosen language. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
}

/** Words for the person before the screen. */
export function useWords(): Words {
  const { t } = useTranslation()
  const { language } = useViewing().viewing
  const words = useWordsOf(language)
  return useMemo(() => {
    const own = language === 'vi' || language === 'en' ? {} : (words?.texts ?? {})
    const ours = language === 'en' ? 'en' : 'vi'
    return {
      say: (key, fallback) => own[key] ?? fallback,
      langOf: (key) => (own[key] === undefined ? ours : language),
      t,
      language,
      direction: words?.direction ?? 'ltr',
    }
  }, [t, language, words])
}

/** A promised day with its weekday. `due` is an ISO date; its place in the world does not matter. */
export function shownDay(due: string, language: string): { readonly weekday: string; readonly day: string } {
  const date = new Date(`${due}T00:00:00Z`)
  const inLanguage = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'vi-VN', { timeZone: 'UTC', ...options }).format(date)
  return {
    weekday: inLanguage({ weekday: 'long' }),
    day: inLanguage({ day: '2-digit', month: '2-digit', year: 'numeric' }),
  }
}

/** The same as keys of recorded sentences: the whole of a step, or finger by finger. */
export function fingerKeys(step: CaptureStep, present: readonly FingerPosition[]): string[] {
  const { whole, laid } = laidFingers(step, present)
  return whole ? [`fingers.what.${step}`] : laid.map((finger) => `fingers.what.${finger}`)
}

function laidFingers(step: CaptureStep, present: readonly FingerPosition[]) {
  const wanted = captureSteps[step].fingers
  const laid = allFingers.filter((finger) => wanted.includes(finger) && present.includes(finger))
  return { laid, whole: wanted.length > 1 && laid.length === wanted.length }
}

/** The fingers a person lays down in a step: as a whole when none is missing, otherwise by their names. */
export function fingersInWords(
  step: CaptureStep,
  present: readonly FingerPosition[],
  language: string,
  t: TFunction,
): string {
  const { whole, laid } = laidFingers(step, present)
  if (whole) return t(`fingers.what.${step}`)
  const names = laid.map((finger) => t(`fingers.name.${finger.replace(/^(?:right|left)-/u, '')}`))
  const list = new Intl.ListFormat(language === 'en' ? 'en-GB' : 'vi-VN', { type: 'conjunction' })
  return t(`fingers.what.${laid[0]?.startsWith('left') ? 'left' : 'right'}`, { names: list.format(names) })
}
