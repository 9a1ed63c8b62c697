import { ClipboardCopy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput, HealthRow } from '#contract/index.ts'
import { SeeGuideSign } from '../../ui/guide/see-guide.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CallNotice, useCallWords } from '../call-notice.tsx'
import { tabSeparated } from '../copy.ts'
import { useCopy } from '../copying.ts'
import { desk } from '../desk.ts'
import type { Device } from '../devices/device-words.ts'
import { PageHead } from '../page-head.tsx'
import { useTimes } from '../times.ts'
import { isFailureCode, type FailureCode } from '#domain/failure/index.ts'
import { ActsChart, TimesChart } from './charts.tsx'

type Health = CallOutput<'health'>
type Warning = Health['warnings'][number]

/** What the devices did, day by day, and which of them gets worse. */
export function HealthPage({ devices }: { readonly devices: readonly Device[] }) {
  const { t } = useTranslation()
  const copy = useCopy()
  const [health, setHealth] = useState<Health>()
  const [failure, setFailure] = useState<FailureCode>()
  useEffect(() => {
    let shown = true
    void desk.call.health({}).then((result) => {
      if (!shown) return
      if (result.ok) setHealth(result.value)
      else setFailure(result.error.code)
    })
    return () => {
      shown = false
    }
  }, [])
  const rows = health?.rows ?? []
  const ids = [...new Set(rows.map(({ device }) => device))]
  return (
    <>
      <PageHead
        title={t('page.health')}
        line={t('health.line')}
        acts={
          <Button
            keys="Alt+C"
            icon={<ClipboardCopy size={18} aria-hidden />}
            isDisabled={rows.length === 0}
            onPress={() => copy(linesOf(rows), t('health.table'))}
          >
            {t('copy')}
          </Button>
        }
      />
      <div className="page-body" role="region" tabIndex={0} aria-label={t('health.byDevice')}>
        {failure && <CallNotice code={failure} />}
        {health?.warnings.map((warning) => (
          <WarningNotice key={`${warning.device} ${warning.kind}`} warning={warning} />
        ))}
        {health && rows.length > 0 && health.warnings.length === 0 && (
          <p className="page-line">{t('health.noWarnings')}</p>
        )}
        {health && rows.length === 0 && <Notice kind="info">{t('health.empty')}</Notice>}
        {ids.map((id) => (
          <DeviceHealth
            key={id}
            id={id}
            kind={devices.find((each) => each.id === id)?.kind}
            rows={rows.filter(({ device }) => device === id).toSorted((one, other) => one.day.localeCompare(other.day))}
          />
        ))}
      </div>
    </>
  )
}

function WarningNotice({ warning: { device, kind, usual, lately } }: { readonly warning: Warning }) {
  const { t } = useTranslation()
  const { number } = useTimes()
  const unit = (value: number) =>
    ({
      slower: t('health.unit.seconds', { value: number(value / 1000) }),
      'fails-more-often': t('health.unit.share', { value: number(value * 100) }),
      'needs-more-tries': t('health.unit.tries', { value: number(value) }),
      'comes-and-goes': t('health.unit.times', { value: number(value) }),
    })[kind]
  return (
    <Notice kind="doubt">
      <p>
        <strong>
          <span className="mono">{device}</span> {t(`health.warning.${kind}.title`)}
        </strong>{' '}
        {t('health.change', { usual: unit(usual), lately: unit(lately) })}. {t(`health.warning.${kind}.advice`)}
      </p>
    </Notice>
  )
}

function DeviceHealth({
  id,
  kind,
  rows,
}: {
  readonly id: string
  readonly kind: Device['kind'] | undefined
  readonly rows: readonly HealthRow[]
}) {
  const { t } = useTranslation()
  const { number } = useTimes()
  const callWords = useCallWords()
  const sum = (pick: (row: HealthRow) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const failures = new Map<string, number>()
  for (const [code, count] of rows.flatMap((row) => Object.entries(row.failures)))
    failures.set(code, (failures.get(code) ?? 0) + count)
  return (
    <section className="card health" aria-label={id}>
      <h2>
        <span className="mono">{id}</span> {kind && t(`kind.${kind}`)}
        <span className="health-sum">
          {t('health.sum', {
            done: number(sum(({ done }) => done)),
            failed: number(sum(({ failed }) => failed)),
            again: number(sum(({ again }) => again)),
          })}
        </span>
      </h2>
      <div className="charts">
        <ActsChart rows={rows} />
        <TimesChart rows={rows} />
      </div>
      {failures.size > 0 && (
        <ul className="health-failures">
          {[...failures]
            .toSorted(([, one], [, other]) => other - one)
            .map(([code, count]) => (
              <li key={code}>
                {count} × {isFailureCode(code) ? callWords(code).title : code} <span className="mono">{code}</span>
                {isFailureCode(code) && <SeeGuideSign code={code} hideCode />}
              </li>
            ))}
        </ul>
      )}
    </section>
  )
}

function linesOf(rows: readonly HealthRow[]): string {
  const head = ['device', 'day', 'done', 'failed', 'again', 'median', 'slowest', 'failures']
  return tabSeparated([
    head,
    ...rows.map(({ device, day, done, failed, again, median, slowest, failures }) => [
      device,
      day,
      ...[done, failed, again, median, slowest].map(String),
      Object.entries(failures)
        .map(([code, count]) => `${code} ${count}`)
        .join(', '),
    ]),
  ])
}
