import { useTranslation } from 'react-i18next'
import type { CitizenView } from '#contract/index.ts'

type Visit = Exclude<CitizenView, { readonly scene: 'idle' | 'curtain' | 'screen-test' }>

/** A bar per part of the visit; the one under way fills as the questions are answered. */
export function Progress({ view }: { readonly view: Visit }) {
  const { t } = useTranslation()
  const { done, total } = view
  const part = partDone(view)
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

/** The one page comes after the last question, and before the part is done. */
function partDone(view: Visit): number {
  if (view.scene === 'check') return (view.place - 1) / (view.of + 1)
  return view.scene === 'page' ? view.details.length / (view.details.length + 1) : 0
}
