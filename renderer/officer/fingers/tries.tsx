import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { captureSteps, type CaptureStep, type FingerPosition } from '#domain/biometrics/index.ts'
import { bestFingers, isUndecided, type DossierState, type SlapTry } from '#domain/enrolment/index.ts'
import { Card } from '../../ui/card.tsx'

export type TriesProps = {
  readonly state: DossierState
  readonly step: CaptureStep
  readonly expected: readonly FingerPosition[]
  readonly minimum: number
  /** The try in the large picture, by its place. */
  readonly shown: number
  readonly onShow: (place: number) => void
}

type Mark = 'dropped' | 'doubtful' | 'kept' | 'comparing'

export function markOf(taken: SlapTry): Mark | undefined {
  if (taken.dropped) return 'dropped'
  if (isUndecided(taken)) return 'doubtful'
  if (taken.dismissed !== undefined) return 'kept'
  return taken.doubts === undefined ? 'comparing' : undefined
}

const signs: Readonly<Record<Mark, string>> = { dropped: '×', doubtful: '?', kept: '✓', comparing: '…' }

/** Every try of a step, every finger of it by itself, and which print of each finger is used: no average hides one. */
export function Tries({ state, step, expected, minimum, shown, onShow }: TriesProps) {
  const { t } = useTranslation()
  const wide = useRef<HTMLDivElement>(null)
  const tries = state.tries[step] ?? []
  const best = bestFingers(state, captureSteps[step].impression)
  const count = tries.length
  useEffect(() => {
    if (wide.current) wide.current.scrollLeft = wide.current.scrollWidth
  }, [count])
  const kept = tries.flatMap(({ dismissed }, place) =>
    dismissed === undefined ? [] : [t('fingers.kept-because', { number: place + 1, reason: dismissed })],
  )
  return (
    <Card title={t('fingers.tries')} className="tries-card">
      {count === 0 ? (
        <p className="empty">{t('fingers.no-tries')}</p>
      ) : (
        <div className="tries" ref={wide}>
          <table>
            <thead>
              <tr>
                <td />
                {tries.map((taken, place) => (
                  <TryHead
                    key={taken.attempt}
                    taken={taken}
                    place={place}
                    shown={place === shown}
                    onShow={() => onShow(place)}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {expected.map((finger) => (
                <tr key={finger}>
                  <th scope="row">{t(`finger-short.${finger}`)}</th>
                  {tries.map(({ attempt, fingers, dropped = false }) => {
                    const found = fingers.find(({ position }) => position === finger)
                    const used = found !== undefined && best[finger] === found
                    return (
                      <td
                        key={attempt}
                        data-used={used}
                        data-dropped={dropped}
                        data-weak={found !== undefined && found.quality < minimum}
                      >
                        <span>{found ? Math.round(found.quality) : '–'}</span>
                        {found && found.quality < minimum && !dropped && <span aria-hidden>!</span>}
                        <span className="visually-hidden">
                          {used ? t('fingers.try-mark.used') : found ? '' : t('fingers.try-mark.none')}
                        </span>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {kept.map((words) => (
        <p key={words} className="tries-note">
          {words}
        </p>
      ))}
      {tries.at(-1)?.doubts === undefined && count > 0 && <p className="tries-note">{t('fingers.comparing')}</p>}
    </Card>
  )
}

function TryHead({
  taken,
  place,
  shown,
  onShow,
}: {
  readonly taken: SlapTry
  readonly place: number
  readonly shown: boolean
  readonly onShow: () => void
}) {
  const { t } = useTranslation()
  const mark = markOf(taken)
  const name = t('fingers.try', { number: place + 1 })
  return (
    <th scope="col">
      <button
        type="button"
        className="try"
        data-mark={mark}
        aria-pressed={shown}
        aria-label={mark ? `${name}: ${t(`fingers.try-mark.${mark}`)}` : name}
        onClick={onShow}
      >
        <img src={`/blob/${taken.slap.name}`} alt="" />
        <span aria-hidden>
          {place + 1}
          {mark && ` ${signs[mark]}`}
        </span>
      </button>
    </th>
  )
}
