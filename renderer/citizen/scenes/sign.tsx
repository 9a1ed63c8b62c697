import { Check as Tick, Eraser } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../state/act.ts'
import { BigButton } from '../big-button.tsx'
import { useFittingType } from '../fit.ts'
import { inkLength, toPng, type Drawing } from '../sign/ink.ts'
import { SignaturePad } from '../sign/signature-pad.tsx'
import { Listen } from '../speech.tsx'
import { desk } from '../view.ts'
import { labelKey, shownValue } from '../words.ts'
import type { SceneView } from './scene.ts'

/** A touch by accident is no signature: less ink than this, in pixels, cannot be sent. */
const leastInk = 40

/** Everything once more on one page, and the signature under it. */
export function Sign({ view: { address, details, portrait } }: { readonly view: SceneView<'sign'> }) {
  const { t } = useTranslation()
  const [drawing, setDrawing] = useState<Drawing>()
  const [sent, setSent] = useState(false)
  const { busy, failure, run } = useAct()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const live = !busy && !sent
  const ready = live && drawing !== undefined && inkLength(drawing) >= leastInk
  const send = () => {
    if (!drawing) return
    void run(async () => {
      const png = await toPng(drawing)
      const { width, height } = drawing
      const strokes = drawing.strokes.map((stroke) => [...stroke])
      return desk.call.sign({ width, height, strokes, png })
    }).then(setSent)
  }
  const { frame, words } = useFittingType<HTMLDListElement>(details.map(({ value }) => value).join('|'), 24, 30)
  const sentence = t('sign.heading', { address })
  return (
    <section className="scene scene-sign">
      <div className="sign-words">
        <h1 className="heading" ref={heading} tabIndex={-1}>
          {sentence}
        </h1>
        <Listen sentence={sentence} />
        <div className="sheet" ref={frame} role="region" tabIndex={0} aria-label={t('sign.details')}>
          {portrait && (
            <img className="sheet-portrait" src={`/blob/${portrait.name}`} alt={t('sign.portrait')} draggable={false} />
          )}
          <dl className="sheet-details" ref={words}>
            {details.map(({ field, value }) => (
              <div key={field} className="sheet-line" data-field={field}>
                <dt>{t(labelKey(field, value))}</dt> <dd lang="vi">{shownValue(field, value)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
      <div className="sign-place">
        <SignaturePad drawing={drawing} onChange={setDrawing} live={live} label={t('sign.pad')} hint={t('sign.here')} />
        {failure !== undefined && (
          <p className="trouble" role="alert">
            {t('sign.failed', { address })}
          </p>
        )}
        <div className="sign-acts">
          <BigButton
            kind="plain"
            icon={<Eraser size={34} aria-hidden />}
            live={live && drawing !== undefined}
            onPress={() => setDrawing(undefined)}
          >
            {t('sign.clear')}
          </BigButton>
          <BigButton
            kind="right"
            icon={<Tick size={40} strokeWidth={3} aria-hidden />}
            live={ready}
            chosen={busy || sent}
            className="sign-done"
            onPress={send}
          >
            {failure === undefined ? t('sign.done') : t('tryAgain')}
          </BigButton>
        </div>
      </div>
    </section>
  )
}
