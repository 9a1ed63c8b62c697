import { Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../../state/act.ts'
import { BigButton } from '../big-button.tsx'
import { useFittingType } from '../fit.ts'
import { Listen, useHeard, type Said } from '../speech/listen.tsx'
import { desk } from '../view.ts'
import { useWords } from '../words.ts'
import { Answers } from './answers.tsx'
import { answerIcons } from './check.tsx'
import { PageLines, useLines, type Line } from './page-lines.tsx'
import { Picture } from './picture.tsx'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import { useSettled } from './settled.ts'
import { useShown } from './shown.ts'
import { Trouble } from './trouble.tsx'
import './page.css'

type Doubt = 'wrong' | 'unsure'
type View = SceneView<'page'>

/** Everything once more at once. Another page, by a line or the picture, begins anew. */
export function Page({ view }: { readonly view: View }) {
  return <OnePage key={JSON.stringify([view.details, view.portrait?.name])} view={view} />
}

function OnePage({ view: { address, about, details, portrait } }: { readonly view: View }) {
  const { say, langOf, t, language, direction } = useWords()
  const [doubt, setDoubt] = useState<Doubt>()
  const [chosen, setChosen] = useState<'right' | Line['field']>()
  const [seen, setSeen] = useState<string>()
  const [pictured, setPictured] = useState(portrait === undefined)
  const { failure, busy, run } = useAct()
  const lines = useLines(details)
  const asked = about === undefined ? t('page.heading', { address }) : t('page.about', { address, about })
  const sentence = say('page.heading', asked)
  const said: Said = [{ keys: ['page.heading'], text: asked }, ...lines.flatMap((line) => line.said)]

  const words = [sentence, ...lines.map(({ number, label, shown }) => `${number}. ${label}: ${shown}`)]
  const what = JSON.stringify([language, words])
  const whole = seen === what && pictured
  const page = { kind: 'page' as const, details, ...(portrait && { portrait: portrait.name }) }
  const heard = useHeard(said)
  const showing = useShown({ what: page, language, lines: words, heard }, whole)
  const settled = useSettled(`${what} ${doubt ?? ''}`)

  const free = settled && !busy && (chosen === undefined || failure !== undefined)
  const confirm = () => {
    setChosen('right')
    void run(() => desk.call.confirmPage({}))
  }
  const point = (answer: Doubt, { field, value }: Line) => {
    setChosen(field)
    void run(() => desk.call.answerDetail({ field, value, answer }))
  }
  const which = doubt && t(`page.which.${doubt}`)
  const { frame, words: sheet } = useFittingType<HTMLDivElement>(what, 24, 52)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [doubt])
  return (
    <section className="scene scene-whole page" dir={direction}>
      <Reading what={what} label={t('page.lines')} frame={frame} onSeen={setSeen}>
        <div className="page-top">
          <h1
            className="page-heading"
            ref={heading}
            tabIndex={-1}
            lang={langOf(doubt ? 'page.which' : 'page.heading')}
            aria-live="polite"
          >
            {which === undefined ? sentence : say('page.which', which)}
          </h1>
          <Listen said={which === undefined ? said : [{ keys: ['page.which'], text: which }]} />
        </div>
        <div className="page-sheet" ref={sheet}>
          {portrait && <Picture name={portrait.name} className="page-portrait" onShown={setPictured} />}
          <PageLines
            lines={lines}
            live={free}
            chosen={chosen}
            {...(doubt && { onPoint: (line: Line) => point(doubt, line) })}
          />
        </div>
      </Reading>
      {failure !== undefined && <Trouble line={t('check.failed', { address })} />}
      {failure === undefined && showing.failed && (
        <Trouble line={t('check.unrecorded', { address })} onPress={showing.tryAgain} />
      )}
      <Answers label={t('check.answers')}>
        {doubt === undefined ? (
          <>
            <BigButton
              kind="right"
              icon={answerIcons.right}
              digit="1"
              live={free && showing.recorded}
              asleep={!whole}
              chosen={chosen === 'right'}
              onPress={confirm}
              lang={langOf('page.all-right')}
            >
              {say('page.all-right', t('page.allRight'))}
            </BigButton>
            <BigButton
              kind="wrong"
              icon={answerIcons.wrong}
              digit="2"
              live={free}
              onPress={() => setDoubt('wrong')}
              lang={langOf('page.something-wrong')}
            >
              {say('page.something-wrong', t('page.somethingWrong'))}
            </BigButton>
            <BigButton
              kind="unsure"
              icon={answerIcons.unsure}
              digit="3"
              live={free}
              onPress={() => setDoubt('unsure')}
              lang={langOf('answer.unsure')}
            >
              {say('answer.unsure', t('check.unsure'))}
            </BigButton>
          </>
        ) : (
          <BigButton
            key="back"
            className="page-back"
            icon={<Undo2 size={46} strokeWidth={2.5} aria-hidden />}
            digit="0"
            live={free}
            onPress={() => {
              setChosen(undefined)
              setDoubt(undefined)
            }}
          >
            {t('page.back')}
          </BigButton>
        )}
      </Answers>
    </section>
  )
}
