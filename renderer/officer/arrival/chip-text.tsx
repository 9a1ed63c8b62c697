import { UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { groupPersonalNumber, type PersonDetails } from '#domain/person/index.ts'

export type ChipTextProps = {
  readonly details: PersonDetails
  /** Path of the portrait; absent until it is there. */
  readonly portrait?: string
  readonly children: ReactNode
}

/** What the chip says, while it is still being read and after. */
export function ChipText({ details, portrait, children }: ChipTextProps) {
  const { t } = useTranslation()
  return (
    <div className="chip-result">
      <div className="chip-portrait">
        {portrait === undefined ? (
          <UserRound size={40} aria-hidden />
        ) : (
          <img src={portrait} alt={t('arrival.chip-portrait')} />
        )}
      </div>
      <div className="chip-facts">
        <p className="chip-name">{details.fullName ?? '—'}</p>
        <p>{details.personalNumber !== undefined && groupPersonalNumber(details.personalNumber)}</p>
        <p>{[details.birthDate, details.sex, details.ethnicity].filter(Boolean).join(' · ')}</p>
        <p>{details.residence}</p>
        <p className="chip-trust">{children}</p>
      </div>
    </div>
  )
}
