import { HandBackPictogram, PaperPictogram } from '../pictograms/things.tsx'
import { Listen, type Said } from '../speech/listen.tsx'
import { useWords } from '../words.ts'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import './calm.css'

export function Wait({ view }: { readonly view: SceneView<'wait' | 'fingers'> }) {
  return <Waiting what="wait" address={view.address} handBack={'handBack' in view} />
}

export function Correcting({ view }: { readonly view: SceneView<'correcting'> }) {
  return <Waiting what="correcting" address={view.address} handBack={'handBack' in view} />
}

type WaitingProps = {
  readonly what: 'wait' | 'correcting'
  readonly address: string
  /** The laptop was turned round: the officer needs it now. */
  readonly handBack: boolean
}

function Waiting({ what, address, handBack }: WaitingProps) {
  const { say, langOf, t, direction } = useWords()
  const heading = handBack ? 'give-back.heading' : `${what}.heading`
  const line = `${what}.line`
  const said: Said = [heading, line].map((key) => ({ keys: [key], text: t(key, { address }) }))
  return (
    <section className="scene scene-whole" dir={direction}>
      <Reading what={heading} label={t(heading, { address })}>
        <div className="calm-words calm-middle" aria-live="polite">
          {handBack ? (
            <HandBackPictogram className="calm-small-picture" />
          ) : (
            <PaperPictogram className="calm-small-picture" corrected={what === 'correcting'} />
          )}
          <h1 className="heading" lang={langOf(heading)}>
            {say(heading, t(heading, { address }))}
          </h1>
          <p className="line" lang={langOf(line)}>
            {say(line, t(line, { address }))}
          </p>
          <span className="dots" aria-hidden>
            <span />
            <span />
            <span />
          </span>
          <Listen said={said} />
        </div>
      </Reading>
    </section>
  )
}
