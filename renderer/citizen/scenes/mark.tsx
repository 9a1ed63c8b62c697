import { Listen } from '../speech/listen.tsx'
import { useWords } from '../words.ts'
import { MarkPictogram } from './mark-pictogram.tsx'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import './calm.css'

/** Somebody cannot sign: a finger on the glass stands for it. */
export function Mark({ view: { address } }: { readonly view: SceneView<'mark'> }) {
  const { say, langOf, t, direction } = useWords()
  const asked = t('mark.heading', { address })
  const sentence = say('mark.heading', asked)
  const line = t('mark.line')
  return (
    <section className="scene scene-whole calm-beside" dir={direction}>
      <MarkPictogram className="calm-picture" />
      <Reading what={sentence} label={sentence}>
        <div className="calm-words" aria-live="polite">
          <h1 className="heading" lang={langOf('mark.heading')}>
            {sentence}
          </h1>
          <p className="line">{line}</p>
          <Listen
            said={[
              { keys: ['mark.heading'], text: asked },
              { keys: [], text: line },
            ]}
          />
        </div>
      </Reading>
    </section>
  )
}
