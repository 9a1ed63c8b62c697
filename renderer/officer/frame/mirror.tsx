import { Maximize2, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventData, Surroundings } from '#contract/index.ts'
import { citizenScene, type DossierState } from '#domain/enrolment/index.ts'
import { latest } from '../../state/mirror.ts'
import { Button } from '../../ui/button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { desk, surroundings } from '../desk.ts'
import { openDialog } from '../screens/open.ts'
import { requestTurn } from '../screens/turn.ts'
import { arrived, painted, type MirrorQueue } from './mirror-queue.ts'

const lastPainted = latest<EventData<'citizenPainted'>>(desk.on.citizenPainted)

/** The citizen's screen, small, where the rail has room for it; what stands there in words; what to do without it. */
export function Mirror({ state }: { readonly state: DossierState }) {
  const { t } = useTranslation()
  const screen = surroundings(({ value }) => value?.citizenScreen)
  const { shown, loading, settle } = useMirror(screen === 'shown')
  const [large, setLarge] = useState(false)
  useKey('F9', () => setLarge(!large), screen === 'shown')
  if (!screen) return null
  const words = screen === 'shown' ? <SceneWords state={state} /> : t(`mirror.${screen}`)
  return (
    <section className="citizen-mirror" aria-label={t('mirror.label')}>
      {loading !== undefined && (
        <img
          key={loading}
          className="mirror-coming"
          src={pictureOf(loading)}
          alt=""
          onLoad={() => settle(loading, true)}
          onError={() => settle(loading, false)}
        />
      )}
      <div className="mirror-small">
        <p className="mirror-title">{t('mirror.label')}</p>
        {screen === 'shown' && (
          <button
            type="button"
            className="mirror-picture"
            aria-expanded={large}
            aria-label={t(large ? 'mirror.smaller' : 'mirror.larger')}
            onClick={() => setLarge(!large)}
          >
            {shown === undefined ? (
              <span className="mirror-empty" />
            ) : (
              <img src={pictureOf(shown)} alt={t('mirror.picture')} />
            )}
            <span className="mirror-key">
              <Maximize2 size={12} aria-hidden /> <KeyHint keys="F9" />
            </span>
          </button>
        )}
        <p className="mirror-words">{words}</p>
        <Remedy screen={screen} />
      </div>
      {large && screen === 'shown' && <Large number={shown} words={words} close={() => setLarge(false)} />}
    </section>
  )
}

function pictureOf(number: number): string {
  return `/live/screen/${number}`
}

/** What to do when the citizen has no screen. */
function Remedy({ screen }: { readonly screen: Surroundings['citizenScreen'] }) {
  const { t } = useTranslation()
  if (screen === 'unchosen') return <Button onPress={() => openDialog('screens')}>{t('mirror.choose')}</Button>
  if (screen === 'no-display')
    return (
      <Button keys="Ctrl+F9" onPress={requestTurn}>
        {t('mirror.turn')}
      </Button>
    )
  return null
}

function SceneWords({ state }: { readonly state: DossierState }) {
  const { t } = useTranslation()
  const scene = citizenScene(state)
  if (scene.scene === 'check') {
    const { place, of, detail } = scene
    return t('mirror.scene.check', { field: t(`field.${detail.field}`), place, of })
  }
  if (scene.scene === 'sign') return t(`mirror.scene.sign-${scene.who}`)
  return t(`mirror.scene.${scene.scene}`)
}

/** Over the sheet, beside the rail; the work goes on beneath. */
function Large({
  number,
  words,
  close,
}: {
  readonly number: number | undefined
  readonly words: ReactNode
  readonly close: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className="mirror-large" role="group" aria-label={t('mirror.picture')}>
      {number === undefined ? (
        <p className="mirror-empty">{t('mirror.waiting')}</p>
      ) : (
        <img src={pictureOf(number)} alt={t('mirror.picture')} />
      )}
      <div className="mirror-large-foot">
        <p>{words}</p>
        <Button kind="quiet" keys="Escape" icon={<X size={16} aria-hidden />} onPress={close}>
          {t('close')}
        </Button>
      </div>
    </div>
  )
}

/** A picture for the newest number, one on its way at a time. */
function useMirror(live: boolean) {
  const number = lastPainted(({ value }) => value?.number)
  const [queue, setQueue] = useState<MirrorQueue>({})
  useEffect(() => {
    if (!live) setQueue({})
    else if (number !== undefined) setQueue((before) => painted(before, number))
  }, [live, number])
  const settle = (which: number, came: boolean) => setQueue((before) => arrived(before, which, came))
  return { shown: queue.shown, loading: queue.loading, settle }
}
