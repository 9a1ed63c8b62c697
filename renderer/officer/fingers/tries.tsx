import { useTranslation } from 'react-i18next'
import type { SlapTry } from '#domain/enrolment/index.ts'
import { Card } from '../../ui/card.tsx'

export type TriesProps = { readonly tries: readonly SlapTry[]; readonly planned: number; readonly minimum: number }

/** The tries of a step, each with the figure of its weakest finger: no average hides a bad one. */
export function Tries({ tries, planned, minimum }: TriesProps) {
  const { t } = useTranslation()
  const lowest = tries.map(({ fingers }) => Math.round(Math.min(...fingers.map(({ quality }) => quality), 100)))
  const best = lowest.length > 0 ? lowest.indexOf(Math.max(...lowest)) : -1
  const places = Math.max(planned, Math.min(tries.length + 1, 4))
  const first = Math.max(0, tries.length - 3)
  return (
    <Card title={t('fingers.tries')}>
      <ol className="tries">
        {Array.from({ length: Math.max(3, places - first) }, (_, index) => {
          const place = first + index
          const figure = lowest[place]
          return (
            <li
              key={place}
              className="try"
              data-best={place === best}
              data-empty={figure === undefined}
              data-weak={figure !== undefined && figure < minimum}
            >
              {tries[place] && <img src={`/blob/${tries[place].slap.name}`} alt="" />}
              <span>
                {figure === undefined ? (
                  place + 1
                ) : (
                  <>
                    <span className="visually-hidden">{t('fingers.try', { number: place + 1 })} </span>
                    <strong>{figure}</strong>
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
