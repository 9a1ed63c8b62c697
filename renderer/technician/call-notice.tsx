import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureCode } from '#domain/failure/index.ts'
import { SeeGuide } from '../ui/guide/see-guide.tsx'
import { Notice, useFailureWords } from '../ui/notice.tsx'

/** Why a call did not do what it should, and what to do: in words of this window where those of the desk do not fit. */
export function CallNotice({ code, acts }: { readonly code: FailureCode; readonly acts?: ReactNode }) {
  const { title, advice } = useCallWords()(code)
  return (
    <Notice kind={code === 'CANCELLED' ? 'info' : 'danger'} acts={acts} urgent>
      <p>
        <strong>{title}.</strong> {advice} <SeeGuide code={code} />
      </p>
    </Notice>
  )
}

export function useCallWords() {
  const { t } = useTranslation()
  const words = useFailureWords()
  return (code: FailureCode) => ({
    title: t(`failed.${code}.title`, { defaultValue: words(code).title }),
    advice: t(`failed.${code}.advice`, { defaultValue: words(code).advice }),
  })
}
