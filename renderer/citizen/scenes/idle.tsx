import { useEffect, useState } from 'react'
import type { Notice } from '#contract/index.ts'
import { useOwned } from '../../state/owned.ts'
import { CardPictogram } from '../pictograms/things.tsx'
import { BigButton } from '../big-button.tsx'
import { desk } from '../view.ts'
import { useWords } from '../words.ts'

/** Milliseconds for which a notice stands. */
const turn = 12_000

const askNotices = () => desk.call.notices({})

/** Between two citizens: notices of the station in turns, or a calm welcome that knows nobody. */
export function Idle({ stationName }: { readonly stationName: string | undefined }) {
  const notices = useOwned(askNotices, desk.on.noticesChanged).value ?? []
  return notices.length === 0 ? <Welcome stationName={stationName} /> : <Notices notices={notices} />
}

function Welcome({ stationName }: { readonly stationName: string | undefined }) {
  const { t } = useWords()
  return (
    <section className="scene scene-calm">
      <CardPictogram className="pictogram" />
      <h1 className="heading">{t('idle.heading')}</h1>
      <p className="line">{t('idle.line')}</p>
      {stationName !== undefined && <p className="station-name">{stationName}</p>}
    </section>
  )
}

function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  const { t } = useWords()
  const [count, setCount] = useState(0)
  const still = useStill()
  const place = count % notices.length
  const notice = notices[place]
  useEffect(() => {
    if (still || notices.length < 2) return
    const timer = setTimeout(() => setCount(place + 1), turn)
    return () => clearTimeout(timer)
  }, [still, notices, place])
  if (!notice) return null
  const { title, lines, picture } = notice
  return (
    <section className="scene scene-notice" data-picture={picture !== undefined}>
      {picture !== undefined && (
        <img className="notice-picture" src={`/notice/${encodeURIComponent(picture)}`} alt="" draggable={false} />
      )}
      <div className="notice-words">
        <h1 className="heading">{title ?? t('idle.heading')}</h1>
        {lines.map((line, at) => (
          <p key={at} className="line">
            {line}
          </p>
        ))}
      </div>
      {notices.length > 1 && (
        <div className="notice-turns">
          <p className="notice-place">{t('idle.place', { place: place + 1, of: notices.length })}</p>
          {still && <BigButton onPress={() => setCount(place + 1)}>{t('idle.next')}</BigButton>}
        </div>
      )}
    </section>
  )
}

/** Nothing moves by itself where motion is not wanted. */
function useStill(): boolean {
  const [still, setStill] = useState(() => query().matches)
  useEffect(() => {
    const asked = query()
    const follow = () => setStill(asked.matches)
    asked.addEventListener('change', follow)
    return () => asked.removeEventListener('change', follow)
  }, [])
  return still
}

const query = () => matchMedia('(prefers-reduced-motion: reduce)')
