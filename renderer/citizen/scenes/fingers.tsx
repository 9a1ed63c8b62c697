import { captureSteps } from '#domain/biometrics/index.ts'
import type { Remedy } from '#domain/enrolment/index.ts'
import { useFittingType } from '../fit.ts'
import { HandsPictogram } from '../pictograms/hands.tsx'
import { RemedyPictogram } from '../pictograms/remedies.tsx'
import { Listen } from '../speech/listen.tsx'
import { useViewing } from '../view.ts'
import { fingerKeys, fingersInWords, useWords } from '../words.ts'
import { useHint, useSpokenHint } from './hint.ts'
import type { SceneView } from './scene.ts'
import { Wait } from './wait.tsx'

export function Fingers({ view }: { readonly view: SceneView<'fingers'> }) {
  // No finger of this step can be taken: nothing to do but wait.
  if (view.fingers.length === 0) return <Wait view={view} />
  if (view.phase === 'again' && view.remedy) return <Remedying address={view.address} remedy={view.remedy} />
  return <Placing view={view} />
}

function Placing({ view: { address, step, phase, fingers } }: { readonly view: SceneView<'fingers'> }) {
  const { t, say, langOf, language } = useWords()
  const looked = useHint()
  // Once the print is taken the hand is lifted, whatever was seen of it last.
  const hint = phase === 'place' && looked?.of === 'fingers' ? looked.hint : undefined
  const hintKey = hint && `finger-hint.${hint}`
  const hintWords = hint ? t(`hint.fingers.${hint}`) : ''
  useSpokenHint(hintKey, hintWords)

  const { impression } = captureSteps[step]
  const sentence = `fingers.${impression}.${phase}`
  const whole = t(sentence, { address, what: fingersInWords(step, fingers, language, t) })
  const line = t(`${sentence}Line`, { address })
  const keys = fingerKeys(step, fingers)
  // A language says which fingers and what to do in two sentences, ours in one.
  const pack = language !== 'vi' && language !== 'en'
  const own = pack && [...keys, sentence].every((key) => langOf(key) === language)
  const lang = langOf(sentence)
  return (
    <section className="scene scene-beside">
      <HandsPictogram className="pictogram-large" step={step} phase={phase} fingers={fingers} {...(hint && { hint })} />
      <div className="beside" aria-live="polite">
        <h1 className="heading" lang={own ? lang : undefined}>
          {own ? keys.map((key) => say(key, whole)).join(' ') : whole}
        </h1>
        {hintKey ? (
          <p className="hint" data-hint={hint} lang={langOf(hintKey)}>
            {say(hintKey, hintWords)}
          </p>
        ) : (
          <p className="line" lang={lang}>
            {say(sentence, line)}
          </p>
        )}
        <Listen said={[{ keys: [...keys, sentence], text: `${whole}. ${line}` }]} />
      </div>
    </section>
  )
}

/** What to do with worn or cold hands before the next try. */
function Remedying({ address, remedy }: { readonly address: string; readonly remedy: Remedy }) {
  const { t, say, langOf } = useWords()
  const { textSize } = useViewing().viewing
  const key = `fingers.remedy.${remedy}`
  const heading = t(key, { address })
  const line = t(`${key}Line`, { address })
  const shown = say(key, heading)
  const lang = langOf(key)
  return (
    <section className="scene scene-beside scene-remedy">
      <RemedyPictogram className="pictogram-large" remedy={remedy} />
      <div className="beside" aria-live="polite">
        {textSize === 100 ? (
          <Fitted words={shown} lang={lang} />
        ) : (
          <h1 className="heading" lang={lang}>
            {shown}
          </h1>
        )}
        <p className="line">{line}</p>
        <Listen said={[{ keys: [key], text: `${heading}. ${line}` }]} />
      </div>
    </section>
  )
}

/** As large as there is room for. */
function Fitted({ words: shown, lang }: { readonly words: string; readonly lang: string }) {
  const { frame, words } = useFittingType<HTMLHeadingElement>(shown, 32, 96)
  return (
    <div className="remedy-frame" ref={frame}>
      <h1 className="heading" ref={words} lang={lang}>
        {shown}
      </h1>
    </div>
  )
}
