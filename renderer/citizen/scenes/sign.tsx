import { Check as Tick, Eraser } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../../state/act.ts'
import { BigButton } from '../big-button.tsx'
import { isSignature, toPng, type Drawing } from '../sign/ink.ts'
import { SignaturePad } from '../sign/signature-pad.tsx'
import { Listen } from '../speech/listen.tsx'
import { desk, useViewing } from '../view.ts'
import { useWords } from '../words.ts'
import { Answers } from './answers.tsx'
import { useLines } from './page-lines.tsx'
import { Picture } from './picture.tsx'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import { Trouble } from './trouble.tsx'
import { useWholeItems } from './whole-items.ts'
import './sign.css'

type View = SceneView<'sign'>

/** The pad, and beside it what is signed as far as there is room: all of it was found right on the page before. */
export function Sign({ view }: { readonly view: View }) {
  // Nobody writes on in another's ink.
  return <Signing key={view.who} view={view} />
}

function Signing({ view: { who, address, about, details, portrait } }: { readonly view: View }) {
  const { say, langOf, t, direction } = useWords()
  const { hand } = useViewing().viewing
  const [drawing, setDrawing] = useState<Drawing>()
  const [sent, setSent] = useState(false)
  const { busy, failure, run } = useAct()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const live = !busy && !sent
  const send = () => {
    if (!drawing) return
    void run(async () => {
      const { width, height, pointer } = drawing
      const strokes = drawing.strokes.map((stroke) => [...stroke])
      return desk.call.sign({ width, height, strokes, pointer, png: await toPng(drawing) })
    }).then(setSent)
  }
  const key = who === 'citizen' ? 'sign.heading' : `sign.${who}`
  const asked = t(key, { address, about: about ?? '' })
  const sentence = say(key, asked)
  const lines = useLines(details)
  const list = useWholeItems()
  return (
    <section className="scene scene-whole sign" dir={direction} data-hand={hand} data-who={who}>
      <div className="sign-words">
        <Reading what={sentence} label={sentence} className="sign-asked">
          <h1 className="sign-heading" ref={heading} tabIndex={-1} lang={langOf(key)} aria-live="polite">
            {sentence}
          </h1>
          <Listen said={[{ keys: [key], text: asked }]} />
        </Reading>
        <div className="sign-sheet">
          <ul className="sign-lines" ref={list} aria-label={t('sign.details')}>
            {portrait && (
              <li>
                <Picture name={portrait.name} className="sign-portrait" />
              </li>
            )}
            {lines.map(({ field, label, shown }) => (
              <li key={field} data-field={field}>
                <span className="page-label">{label}: </span>
                <span className="page-value" lang="vi" data-field={field}>
                  {shown}
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className="sign-place">
        <SignaturePad drawing={drawing} onChange={setDrawing} live={live} label={t('sign.pad')} hint={t('sign.here')} />
        {failure !== undefined && <Trouble line={t('sign.failed', { address })} />}
        <Answers className="sign-acts" label={t('sign.acts')}>
          <BigButton
            kind="plain"
            icon={<Eraser size={34} aria-hidden />}
            asleep={live && drawing === undefined}
            live={live}
            onPress={() => setDrawing(undefined)}
            lang={langOf('sign.clear')}
          >
            {say('sign.clear', t('sign.clear'))}
          </BigButton>
          <BigButton
            kind="right"
            icon={<Tick size={40} strokeWidth={3} aria-hidden />}
            asleep={live && !isSignature(drawing)}
            live={live}
            chosen={busy || sent}
            className="sign-done"
            onPress={send}
            {...(failure === undefined && { lang: langOf('sign.done') })}
          >
            {failure === undefined ? say('sign.done', t('sign.done')) : t('tryAgain')}
          </BigButton>
        </Answers>
      </div>
    </section>
  )
}
