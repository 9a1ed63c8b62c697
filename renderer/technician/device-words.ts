import type { Surroundings } from '#contract/index.ts'
import { useTranslation } from 'react-i18next'

export type Device = Surroundings['devices'][number]

export const columns = ['id', 'kind', 'state', 'since', 'driver', 'transport', 'address', 'model', 'problem'] as const
export type Column = (typeof columns)[number]

/** What a cell says; the same words stand on the screen and on the clipboard. */
export function useDeviceWords(): (device: Device) => Readonly<Record<Column, string>> {
  const { t, i18n } = useTranslation(['technician', 'failures'])
  const time = new Intl.DateTimeFormat(i18n.language === 'vi' ? 'vi-VN' : 'en-GB', {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return (device) => ({
    id: device.id,
    kind: t(`kind.${device.kind}`),
    state: [
      t(`state.${device.state}`),
      device.cardPresent === undefined ? '' : t(device.cardPresent ? 'card.present' : 'card.absent'),
    ]
      .filter(Boolean)
      .join(', '),
    since: shownTime(time, device.since),
    driver: device.driver,
    transport: t(`transport.${device.transport}`),
    address: device.address,
    model: device.model ?? '—',
    problem: device.problem === undefined ? '—' : problemWords(device.problem),
  })

  function problemWords(code: string): string {
    const title = t(`failures:${code}.title`, { defaultValue: '' })
    const advice = t(`failures:${code}.advice`, { defaultValue: '' })
    return [title && `${title}. ${advice}`.trim(), code].filter(Boolean).join(' — ')
  }
}

function shownTime(format: Intl.DateTimeFormat, iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : format.format(date)
}
