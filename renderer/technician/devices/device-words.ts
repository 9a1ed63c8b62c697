import type { Surroundings } from '#contract/index.ts'
import { useTranslation } from 'react-i18next'
import { useCallWords } from '../call-notice.tsx'
import { useTimes } from '../times.ts'

export type Device = Surroundings['devices'][number]

/** Of a line that is copied: on the screen some share a cell. */
export const columns = ['id', 'kind', 'state', 'since', 'driver', 'transport', 'address', 'model', 'problem'] as const
export type Column = (typeof columns)[number]

/** What is said of a device; the same words stand on the screen and on the clipboard. */
export function useDeviceWords(): (device: Device) => Readonly<Record<Column, string>> {
  const { t } = useTranslation()
  const { moment } = useTimes()
  const callWords = useCallWords()
  return (device) => {
    const problem = device.problem && callWords(device.problem)
    return {
      id: device.id,
      kind: t(`kind.${device.kind}`),
      state: [
        t(`state.${device.state}`),
        device.cardPresent === undefined ? '' : t(device.cardPresent ? 'card.present' : 'card.absent'),
        device.grade === 'verification' ? t('grade.verification') : '',
      ]
        .filter(Boolean)
        .join(', '),
      since: moment(device.since),
      driver: device.driver,
      transport: t(`transport.${device.transport}`),
      address: device.address,
      model: device.model ?? '—',
      problem: problem ? `${problem.title}. ${problem.advice} — ${device.problem}` : '—',
    }
  }
}
