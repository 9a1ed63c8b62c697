import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#contract/index.ts'

/** The outline of the page on the live picture, and what keeps it from being read. */
export function PageMarks({ seen }: { readonly seen: CallOutput<'lookAtPage'> }) {
  const { t } = useTranslation()
  const { width, height, corners, problems } = seen
  return (
    <>
      <svg className="page-marks" viewBox={`0 0 ${width} ${height}`} data-found={corners !== undefined} aria-hidden>
        {corners && (
          <polygon points={corners.map(({ x, y }) => `${x},${y}`).join(' ')} data-good={problems.length === 0} />
        )}
        {problems.map(({ problem, mark }) => mark && <rect key={problem} {...mark} rx={4} />)}
      </svg>
      <ul className="page-problems" aria-label={t('documents.seen')}>
        {problems.length === 0 && <li data-good>{t('documents.page-good')}</li>}
        {problems.map(({ problem }) => (
          <li key={problem}>{t(`documents.problem.${problem}`)}</li>
        ))}
      </ul>
    </>
  )
}
