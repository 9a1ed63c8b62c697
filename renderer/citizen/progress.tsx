import { useTranslation } from 'react-i18next'
import type { CitizenView } from '#contract/index.ts'

type Visit = Exclude<CitizenView, { readonly scene: 'idle' }>

/** A bar per part of the visit; the one under way fills as the questions are answered. */
export function Progress({ view }: { readonly view: Visit }) {
  const { t } = useTranslation()
  const { done, total } = view
  const part = view.scene === 'check' ? (view.place - 1) / view.of : 0
  return (
    <div className="bars" role="img" aria-label={t('progress', { done, total })}>
      {Array.from({ length: total }, (_, at) => (
        <span key={at} className="bar" data-state={at < done ? 'done' : at === done ? 'now' : 'ahead'}>
          {at === done && part > 0 && <span className="bar-part" style={{ width: `${Math.round(part * 100)}%` }} />}
        </span>
      ))}
    </div>
  )
}
