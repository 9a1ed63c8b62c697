import { Armchair, Ear, Glasses } from 'lucide-react'
import { FaceHintPictogram } from '../pictograms/face-hints.tsx'
import { FacePictogram } from '../pictograms/face.tsx'
import { Listen } from '../speech/listen.tsx'
import { useWords } from '../words.ts'
import { useHint, useSpokenHint } from './hint.ts'
import type { SceneView } from './scene.ts'

const wishes = [
  ['straight', Armchair],
  ['bare', Glasses],
  ['ears', Ear],
] as const

export function Portrait({ view: { address } }: { readonly view: SceneView<'portrait'> }) {
  const { t, say, langOf } = useWords()
  const looked = useHint()
  const hint = looked?.of === 'portrait' ? looked.hint : undefined
  const hintKey = hint && `portrait-hint.${hint}`
  const hintWords = hint ? t(`hint.portrait.${hint}`) : ''
  useSpokenHint(hintKey, hintWords)
  const heading = t('portrait.heading', { address })
  return (
    <section className="scene scene-beside">
      {hint ? (
        <FaceHintPictogram className="pictogram-large" hint={hint} />
      ) : (
        <FacePictogram className="pictogram-large" />
      )}
      <div className="beside" aria-live="polite">
        <h1 className="heading" lang={langOf('portrait.heading')}>
          {say('portrait.heading', heading)}
        </h1>
        {hintKey ? (
          <p className="hint" data-hint={hint} lang={langOf(hintKey)}>
            {say(hintKey, hintWords)}
          </p>
        ) : (
          <ul className="wishes">
            {wishes.map(([name, Icon]) => (
              <li key={name} lang={langOf(`portrait.${name}`)}>
                <Icon size={34} aria-hidden />
                {say(`portrait.${name}`, t(`portrait.${name}`))}
              </li>
            ))}
          </ul>
        )}
        <Listen
          said={[
            { keys: ['portrait.heading'], text: `${heading}.` },
            ...wishes.map(([name]) => ({ keys: [`portrait.${name}`], text: `${t(`portrait.${name}`)}.` })),
          ]}
        />
      </div>
    </section>
  )
}
