import { Camera, Clock, Fingerprint, IdCard, ListChecks, PenLine } from 'lucide-react'
import type { VisitPart } from '#domain/enrolment/index.ts'
import { digits } from '../said.ts'
import { Listen, type Said } from '../speech/listen.tsx'
import { useWords } from '../words.ts'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import './calm.css'

const icons = { papers: IdCard, portrait: Camera, fingers: Fingerprint, check: ListChecks, sign: PenLine } as const

/** Who is spoken to, what will happen, and how long it takes. */
export function Greeting({ view: { address, about, parts, minutes } }: { readonly view: SceneView<'greeting'> }) {
  const { say, langOf, t, direction } = useWords()
  const heading = t('greeting.heading', { address })
  const line = about === undefined ? t('greeting.what') : t('greeting.about', { about })
  const takes = t('greeting.takes', { minutes })
  const said: Said = [
    { keys: ['greeting.heading'], text: `${heading}.` },
    { keys: ['greeting.what'], text: line },
    { keys: ['greeting.takes', ...digits(String(minutes))], text: `${takes}.` },
    ...parts.map((part) => ({ keys: [`part.${part}`], text: `${t(`greeting.${part}`)}.` })),
  ]
  const ownTakes = say('greeting.takes', '')
  return (
    <section className="scene scene-whole" dir={direction}>
      <Reading what={parts.join(' ')} label={heading}>
        <div className="calm-words">
          <h1 className="heading heading-large" lang={langOf('greeting.heading')}>
            {say('greeting.heading', heading)}
          </h1>
          <p className="line" lang={langOf('greeting.what')}>
            {say('greeting.what', line)}
          </p>
          <ol className="visit-parts" data-many={parts.length}>
            {parts.map((part) => (
              <Part
                key={part}
                part={part}
                words={say(`part.${part}`, t(`greeting.${part}`))}
                lang={langOf(`part.${part}`)}
              />
            ))}
          </ol>
          <p className="takes" lang={langOf('greeting.takes')}>
            <Clock size={40} aria-hidden />
            {ownTakes === '' ? takes : `${ownTakes} ${minutes}`}
          </p>
          <Listen said={said} />
        </div>
      </Reading>
    </section>
  )
}

function Part({ part, words, lang }: { readonly part: VisitPart; readonly words: string; readonly lang: string }) {
  const Icon = icons[part]
  return (
    <li className="visit-part" data-part={part}>
      <span className="part-disc">
        <Icon size={56} strokeWidth={1.6} aria-hidden />
      </span>
      <span lang={lang}>{words}</span>
    </li>
  )
}
