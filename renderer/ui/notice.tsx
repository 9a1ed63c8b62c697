import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureCode } from '#domain/failure/index.ts'
import { SeeGuide } from './guide/see-guide.tsx'

export type NoticeKind = 'info' | 'doubt' | 'danger'

const icons = { info: Info, doubt: TriangleAlert, danger: CircleAlert }

export type NoticeProps = {
  readonly kind: NoticeKind
  readonly children: ReactNode
  /** What can be done right here. */
  readonly acts?: ReactNode
  /** Spoken at once when it appears. */
  readonly urgent?: boolean
}

/** Something to know, in the flow of the screen. */
export function Notice({ kind, children, acts, urgent = false }: NoticeProps) {
  const Icon = icons[kind]
  return (
    <div className={`notice notice-${kind}`} role={urgent ? 'alert' : 'status'}>
      <Icon className="notice-icon" size={20} aria-hidden />
      <div className="notice-words">{children}</div>
      {acts && <div className="notice-acts">{acts}</div>}
    </div>
  )
}

/** A failure in words: what happened, and what to do next. */
export type FailureWords = { readonly title: string; readonly advice: string }

/** The words of resources/languages/<language>/failures.json. */
export function useFailureWords(): (code: FailureCode) => FailureWords {
  const { t } = useTranslation('failures')
  return (code) => ({
    title: t(`${code}.title`, { defaultValue: code }),
    advice: t(`${code}.advice`, { defaultValue: '' }),
  })
}

/** A failure at the field it is of: what to do next, its code and its page. */
export function FieldFailure({ code }: { readonly code: FailureCode }) {
  const { advice } = useFailureWords()(code)
  return (
    <>
      {advice} <SeeGuide code={code} />
    </>
  )
}

export type FailureNoticeProps = { readonly code: FailureCode; readonly acts?: ReactNode; readonly kind?: NoticeKind }

/** A failed act: what happened, what to do next, its code and its page, and what can be done here. */
export function FailureNotice({ code, acts, kind = 'danger' }: FailureNoticeProps) {
  const { title, advice } = useFailureWords()(code)
  return (
    <Notice kind={kind} acts={acts} urgent>
      <p>
        <strong>{title}.</strong> {advice} <SeeGuide code={code} />
      </p>
    </Notice>
  )
}
