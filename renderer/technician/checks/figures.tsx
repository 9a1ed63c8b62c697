import { useTranslation } from 'react-i18next'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { useTimes } from '../times.ts'

/** 1 is yes, 0 is no. */
const yesOrNo: ReadonlySet<string> = new Set([
  'removalNoticed',
  'codesDifferent',
  'hasLamp',
  'hasPreview',
  'verificationOnly',
  'targetSeen',
  'readOnly',
  'refusedAsFull',
  'smartPassed',
  'ntpSynchronised',
  'keystoreHolds',
  'keystoreOpens',
  'auditHolds',
  'unopenable',
  'centreSet',
  'proxySet',
  'nameFound',
  'portOpen',
  'noRoute',
  'tlsDone',
  'speaksPlain',
  'trusted',
  'nameFits',
  'chainExpired',
  'tus',
  'knowsNewVerb',
  'environmentFits',
  'sheetSeen',
  'heardLeft',
  'heardRight',
  'displayChosen',
  'displayThere',
  'displaySame',
  'pageDrawn',
  'pictureSeen',
  'borderSeen',
  'printTaken',
  'pageCame',
  'pageStraight',
  'pageDark',
])
/** Figures of a share, 0–1. */
const shares: ReadonlySet<string> = new Set([
  'freeShare',
  'dirtShare',
  'blackShare',
  'sheetClippedShare',
  'sheetUnevenShare',
  'clippedShare',
])

/** What was measured; `telling` are the figures that led to a cause. */
export function FigureTable({
  figures,
  telling,
}: {
  readonly figures: CheckReport['figures']
  readonly telling: ReadonlySet<string>
}) {
  const { t } = useTranslation()
  const { number } = useTimes()
  const rows = Object.entries(figures)
  if (rows.length === 0) return <p className="page-line">{t('checks.noFigures')}</p>
  const said = (name: string, value: number) => {
    if (yesOrNo.has(name) && (value === 0 || value === 1)) return t(value === 1 ? 'checks.yes' : 'checks.no')
    return shares.has(name) ? `${number(value * 100)} %` : number(value)
  }
  return (
    <div className="figures" role="region" tabIndex={0} aria-label={t('checks.figures')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('checks.figure')}</th>
            <th scope="col" className="cell-number">
              {t('checks.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name} {...(telling.has(name) && { 'data-telling': true })}>
              <th scope="row">
                {t(`figure.${name}`, { defaultValue: name })}
                {telling.has(name) && <span className="figure-mark">{t('checks.telling')}</span>}
              </th>
              <td className="cell-number">{said(name, value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
