import { useTranslation } from 'react-i18next'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { verdictPage } from '../../ui/guide/open.ts'
import { GuideLink } from '../../ui/guide/see-guide.tsx'
import { useTimes } from '../times.ts'
import { FigureTable } from './figures.tsx'
import { VerdictIcon } from './verdict.tsx'

/** What a test found, what to do about each, and what was measured. */
export function Report({ report }: { readonly report: CheckReport }) {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const { moment, number } = useTimes()
  const { verdict, found, figures, at, took } = report
  return (
    <section className="report" data-verdict={verdict} aria-label={t('checks.outcome')}>
      <p className={`verdict verdict-${verdict}`}>
        <VerdictIcon verdict={verdict} size={30} />
        <strong>{t(`diagnosis:verdict.${verdict}`)}</strong>
        <span className="verdict-when">{t('checks.when', { time: moment(at), seconds: number(took / 1000) })}</span>
      </p>
      {verdict !== 'works' && (
        <p>
          <GuideLink page={verdictPage} />
        </p>
      )}
      {found.length > 0 && (
        <ol className="causes">
          {found.map(({ cause }) => (
            <li key={cause} className="cause">
              <h3>{t(`diagnosis:cause.${cause}.title`)}</h3>
              <p>{t(`diagnosis:cause.${cause}.advice`)}</p>
              <p className="cause-name mono">{cause}</p>
            </li>
          ))}
        </ol>
      )}
      <FigureTable figures={figures} telling={new Set(found.flatMap((each) => Object.keys(each.figures ?? {})))} />
    </section>
  )
}

/** The report as lines of text, for a message or a telephone call. */
export function useReportText() {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const { moment } = useTimes()
  return ({ subject, device, verdict, found, figures, at }: CheckReport) =>
    [
      `${t(`diagnosis:subject.${subject}`)}${device === undefined ? '' : ` ${device}`}: ${t(`diagnosis:verdict.${verdict}`)} (${moment(at)})`,
      ...found.map(
        ({ cause }) => `- ${t(`diagnosis:cause.${cause}.title`)}. ${t(`diagnosis:cause.${cause}.advice`)} (${cause})`,
      ),
      ...Object.entries(figures).map(([name, value]) => `${name}\t${value}`),
    ].join('\n')
}
