import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Surroundings } from '#contract/index.ts'
import { Card } from '../../ui/card.tsx'
import { Dot } from '../../ui/pill.tsx'

/** What is on no line of the device process: cameras of the windows. */
export function OtherParts({ surroundings }: { readonly surroundings: Surroundings }) {
  const { t } = useTranslation()
  const cameras = surroundings.devices.filter(({ transport }) => transport === 'browser')
  const seen = useCamerasSeen()
  return (
    <div className="other-parts">
      <Card title={t('cameras.title')}>
        <ul>
          {cameras.map(({ id, address, kind, state }) => (
            <li key={id}>
              <Dot tone={state === 'failed' ? 'danger' : state === 'absent' ? 'quiet' : 'good'} />{' '}
              {t(`cameras.role.${kind === 'portrait-camera' ? 'portrait' : 'papers'}`)}:{' '}
              <span className="mono address">{address}</span> ({t(`state.${state}`)})
            </li>
          ))}
        </ul>
        {cameras.length === 0 && <p>{t('cameras.none')}</p>}
        <p className="cell-second">
          {seen === 'none' ? t('cameras.noneSeen') : seen === 'some' ? t('cameras.someSeen') : ''} {t('cameras.where')}
        </p>
      </Card>
    </div>
  )
}

/** Whether the computer has any camera. */
function useCamerasSeen(): 'some' | 'none' | undefined {
  const [seen, setSeen] = useState<'some' | 'none'>()
  useEffect(() => {
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
    if (!media) return
    let shown = true
    const look = () =>
      void media.enumerateDevices().then(
        (found) => shown && setSeen(found.some(({ kind }) => kind === 'videoinput') ? 'some' : 'none'),
        () => undefined,
      )
    look()
    media.addEventListener('devicechange', look)
    return () => {
      shown = false
      media.removeEventListener('devicechange', look)
    }
  }, [])
  return seen
}
