import type { PluggedInView } from '#contract/index.ts'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../times.ts'

export type Proposal = PluggedInView['proposals'][number]

/** Of a line that is copied: on the screen some share a cell. */
export const pluggedColumns = [
  'product',
  'transport',
  'address',
  'ids',
  'serialNumber',
  'systemDriver',
  'since',
  'boundTo',
  'proposals',
] as const
export type PluggedColumn = (typeof pluggedColumns)[number]

/** What is said of something plugged in; `proposals` are those known now. */
export function usePluggedWords() {
  const { t } = useTranslation()
  const { moment } = useTimes()
  return (one: PluggedInView, proposals: readonly Proposal[]): Readonly<Record<PluggedColumn, string>> => ({
    product: nameOf(one) ?? t('plugged.unnamed'),
    transport: t(`transport.${one.transport}`),
    address: one.address,
    ids: one.vendorId === undefined ? '—' : `${one.vendorId}:${one.productId ?? '????'}`,
    serialNumber: [one.serialNumber ?? '—', one.twin ? t('plugged.twin') : ''].filter(Boolean).join(' '),
    systemDriver: one.systemDriver ?? '—',
    since: moment(one.since),
    boundTo: one.boundTo ?? '—',
    proposals:
      proposals.map(({ driver, because }) => `${driver} (${t(`because.${because}`)})`).join(', ') ||
      t('plugged.noProposal'),
  })
}

/** What a device calls itself. */
export function nameOf({ product, manufacturer }: PluggedInView): string | undefined {
  const said = [product, manufacturer].filter((each) => each !== undefined && each !== '').join(' · ')
  return said === '' ? undefined : said
}
