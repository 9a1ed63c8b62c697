import { useTranslation } from 'react-i18next'
import type { HealthRow } from '#contract/index.ts'
import { useTimes } from '../times.ts'

/** Days that a chart shows. */
const mostDays = 30
const size = { width: 560, height: 150, left: 44, right: 12, top: 16, bottom: 24 }
const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom }

type Scale = {
  readonly days: readonly HealthRow[]
  /** Middle of a day. */
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  readonly step: number
  readonly most: number
}

function scaleOf(rows: readonly HealthRow[], values: (row: HealthRow) => number, tops: readonly number[]): Scale {
  const days = rows.slice(-mostDays)
  const most = niceTop(Math.max(1, ...days.map(values)), tops)
  const step = inner.width / Math.max(days.length, 7)
  return {
    days,
    most,
    step,
    x: (index) => size.left + (index + 0.5) * step,
    y: (value) => size.top + inner.height * (1 - Math.min(1, value / most)),
  }
}

/** The least of these, or of their tenfold and hundredfold, that is high enough. */
function niceTop(value: number, tops: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (tops.find((each) => each * power >= value) ?? 10) * power
}
/** Half of it stands on the axis, too: acts are whole. */
const topsOfActs = [2, 4, 6, 10]
const topsOfTimes = [1, 2, 5, 10]

/** Acts per day: done below, failed on top and counted in figures. */
export function ActsChart({ rows }: { readonly rows: readonly HealthRow[] }) {
  const { t } = useTranslation()
  const { day } = useTimes()
  const scale = scaleOf(rows, ({ done, failed }) => done + failed, topsOfActs)
  const { days, x, y, step } = scale
  const width = Math.max(4, Math.min(26, step * 0.7))
  return (
    <figure className="chart">
      <figcaption>{t('health.acts')}</figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={days
          .map((row) => t('health.actsOf', { day: day(row.day), done: row.done, failed: row.failed }))
          .join('; ')}
      >
        <Axes scale={scale} unit="" />
        {days.map(({ day: date, done, failed }, index) => (
          <g key={date}>
            <rect className="bar-done" x={x(index) - width / 2} width={width} y={y(done)} height={y(0) - y(done)} />
            {failed > 0 && (
              <>
                <rect
                  className="bar-failed"
                  x={x(index) - width / 2}
                  width={width}
                  y={y(done + failed)}
                  height={y(done) - y(done + failed)}
                />
                <text className="bar-count" x={x(index)} y={y(done + failed) - 3}>
                  {failed}
                </text>
              </>
            )}
          </g>
        ))}
      </svg>
      <p className="legend">
        <span className="legend-done" aria-hidden /> {t('health.done')}
        <span className="legend-failed" aria-hidden /> {t('health.failed')}
      </p>
    </figure>
  )
}

/** How long an act took, in seconds: the middle one and the slowest of each day. */
export function TimesChart({ rows }: { readonly rows: readonly HealthRow[] }) {
  const { t } = useTranslation()
  const { day, number } = useTimes()
  const timed = rows.filter(({ done }) => done > 0)
  const scale = scaleOf(timed, ({ slowest }) => slowest / 1000, topsOfTimes)
  const { days, x, y } = scale
  const points = (value: (row: HealthRow) => number) =>
    days.map((row, index) => `${x(index)},${y(value(row) / 1000)}`).join(' ')
  return (
    <figure className="chart">
      <figcaption>{t('health.times')}</figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={days
          .map((row) =>
            t('health.timesOf', {
              day: day(row.day),
              median: number(row.median / 1000),
              slowest: number(row.slowest / 1000),
            }),
          )
          .join('; ')}
      >
        <Axes scale={scale} unit=" s" />
        <polyline className="line-slowest" points={points(({ slowest }) => slowest)} />
        <polyline className="line-median" points={points(({ median }) => median)} />
        {days.map((row, index) => (
          <circle key={row.day} className="dot-median" cx={x(index)} cy={y(row.median / 1000)} r="3.5" />
        ))}
      </svg>
      <p className="legend">
        <span className="legend-median" aria-hidden /> {t('health.median')}
        <span className="legend-slowest" aria-hidden /> {t('health.slowest')}
      </p>
    </figure>
  )
}

function Axes({ scale: { days, x, y, most }, unit }: { readonly scale: Scale; readonly unit: string }) {
  const { day, number } = useTimes()
  const [first] = days
  const last = days.at(-1)
  return (
    <g>
      {[0, most / 2, most].map((value) => (
        <g key={value}>
          <path className="grid" d={`M${size.left} ${y(value)} H${size.width - size.right}`} />
          <text className="axis axis-y" x={size.left - 6} y={y(value) + 4}>
            {number(value)}
            {unit}
          </text>
        </g>
      ))}
      {first && (
        <text className="axis axis-x" x={x(0)} y={size.height - 6}>
          {day(first.day)}
        </text>
      )}
      {last && last !== first && (
        <text className="axis axis-x" x={x(days.length - 1)} y={size.height - 6}>
          {day(last.day)}
        </text>
      )}
    </g>
  )
}
