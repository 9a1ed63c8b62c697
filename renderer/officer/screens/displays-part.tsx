import { useTranslation } from 'react-i18next'
import type { DisplayView } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { useOwned } from '../../state/owned.ts'
import { Button } from '../../ui/button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { desk } from '../desk.ts'

const ask = () => desk.call.displays({})
/** Pixels of the page for the longest side of all displays. */
const drawnSide = 150

/** The displays to scale. One press gives one to the citizens; it keeps that when it is plugged in again. */
export function DisplaysPart() {
  const { t } = useTranslation()
  const { value: displays = [], failed, ask: askAgain } = useOwned(ask, desk.on.displaysChanged)
  const act = useAct()
  const others = displays.filter(({ use }) => use !== 'officer')
  const scale = drawnSide / Math.max(1, ...displays.flatMap(({ width, height }) => [width, height]))
  const bind = (key: string) => void act.run(() => desk.call.bindDisplay({ key }))
  return (
    <section aria-labelledby="screens-displays">
      <h3 id="screens-displays" className="sheet-heading">
        {t('screens.displays')}
      </h3>
      <p className="screens-meaning">{t(others.length > 0 ? 'screens.choose' : 'screens.only-one')}</p>
      <ul className="displays">
        {displays.map((display) => (
          <DisplayItem
            key={display.key}
            display={display}
            scale={scale}
            place={others.indexOf(display) + 1}
            busy={act.busy}
            onBind={() => bind(display.key)}
          />
        ))}
      </ul>
      {others.some(({ use }) => use === 'citizen') && (
        <Button kind="quiet" onPress={() => bind('')} busy={act.busy}>
          {t('screens.release')}
        </Button>
      )}
      {failed && (
        <Notice kind="doubt" urgent acts={<Button onPress={askAgain}>{t('screens.ask-again')}</Button>}>
          {t('screens.unreachable')}
        </Notice>
      )}
      {act.failure && <FailureNotice code={act.failure.code} />}
    </section>
  )
}

type DisplayItemProps = {
  readonly display: DisplayView
  readonly scale: number
  /** Its number key; 0 for the officer's own. */
  readonly place: number
  readonly busy: boolean
  readonly onBind: () => void
}

function DisplayItem({ display, scale, place, busy, onBind }: DisplayItemProps) {
  const { t } = useTranslation()
  const { label, width, height, touch, use } = display
  const choosable = use === 'none' && !busy
  useKey(place > 0 && place < 10 ? String(place) : undefined, onBind, choosable)
  const content = (
    <>
      <span className="display-drawing" aria-hidden>
        <svg
          width={Math.round(width * scale)}
          height={Math.round(height * scale)}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
        >
          <rect className="display-shape" data-use={use} width={width} height={height} />
        </svg>
      </span>
      <span className="display-label">{label}</span>
      <span className="display-size">
        {width} × {height}
        {touch && ` · ${t('screens.touch')}`}
      </span>
      <span className="display-use">
        <Pill tone={use === 'citizen' ? 'good' : use === 'officer' ? 'info' : 'quiet'}>{t(`screens.use.${use}`)}</Pill>
        {place > 0 && place < 10 && use === 'none' && <KeyHint keys={String(place)} />}
      </span>
    </>
  )
  return (
    <li>
      {use === 'officer' ? (
        <div className="display">{content}</div>
      ) : (
        <button
          type="button"
          className="display display-choice"
          aria-pressed={use === 'citizen'}
          onClick={() => choosable && onBind()}
        >
          {content}
        </button>
      )}
    </li>
  )
}
