import { Clock, Laptop, MapPin, MessageCircleQuestionMark, Phone, Ticket } from 'lucide-react'
import type { ReactNode } from 'react'
import { CalendarPictogram } from '../pictograms/things.tsx'
import { digits } from '../said.ts'
import { Listen, type Said } from '../speech/listen.tsx'
import { useStation } from '../view.ts'
import { shownDay, useWords, valueSaid } from '../words.ts'
import { Reading } from './reading.tsx'
import type { SceneView } from './scene.ts'
import './calm.css'

/** When and where the card is collected, what to bring, whom to ask. */
export function Thanks({ view: { address, due, handBack } }: { readonly view: SceneView<'thanks'> }) {
  const { say, langOf, t, language, direction } = useWords()
  const station = useStation()
  const { place = '', hours = '', phone = '' } = station?.contact ?? {}
  const { weekday, day } = shownDay(due, language === 'en' ? 'en' : 'vi')
  const weekdayKey = `weekday.${new Date(`${due}T00:00:00Z`).getUTCDay() || 7}`
  // Many stations hand out the cards themselves.
  const where = [...new Set([station?.name, place].filter(Boolean))].join(', ')
  const sentence = (key: string, name: string) => ({ key, text: t(name, { address }) })
  const heading = sentence('thanks.heading', 'thanks.heading')
  const line = sentence('thanks.when', 'thanks.line')
  const paper = sentence('thanks.paper', 'thanks.paper')
  const back = sentence('give-back.heading', 'give-back.heading')
  const ask = sentence('thanks.phone', phone === '' ? 'thanks.ask' : 'thanks.phone')
  const said: Said = [
    { keys: [heading.key], text: `${heading.text}.` },
    { keys: [line.key], text: line.text },
    { keys: [weekdayKey], text: weekday },
    ...valueSaid('birthDate', due.split('-').toReversed().join('/')),
    { keys: ['thanks.where'], text: `${t('thanks.where')} ${where}.` },
    { keys: [paper.key], text: paper.text },
    ...(phone === ''
      ? [{ keys: [], text: ask.text }]
      : [
          { keys: [ask.key], text: ask.text },
          { keys: digits(phone), text: [...phone].join(' ') },
        ]),
    ...(handBack ? [{ keys: [back.key], text: back.text }] : []),
  ]
  return (
    <section className="scene scene-whole calm-beside" dir={direction}>
      <CalendarPictogram className="calm-picture" day={due.slice(8)} />
      <Reading what={due} label={heading.text}>
        <div className="calm-words thanks">
          <h1 className="heading" lang={langOf(heading.key)}>
            {say(heading.key, heading.text)}
          </h1>
          <p className="line" lang={langOf(line.key)}>
            {say(line.key, line.text)}
          </p>
          <p className="due">
            <span lang={langOf(weekdayKey)}>{say(weekdayKey, weekday)}</span> <span className="day">{day}</span>
          </p>
          <ul className="next">
            {handBack && (
              <Next icon={<Laptop size={38} aria-hidden />}>
                <strong lang={langOf(back.key)}>{say(back.key, back.text)}</strong>
              </Next>
            )}
            {where !== '' && <Next icon={<MapPin size={38} aria-hidden />}>{where}</Next>}
            {hours !== '' && <Next icon={<Clock size={38} aria-hidden />}>{hours}</Next>}
            <Next icon={<Ticket size={38} aria-hidden />}>
              <span lang={langOf(paper.key)}>{say(paper.key, paper.text)}</span>
            </Next>
            {phone === '' ? (
              <Next icon={<MessageCircleQuestionMark size={38} aria-hidden />}>{ask.text}</Next>
            ) : (
              <Next icon={<Phone size={38} aria-hidden />}>
                <span lang={langOf(ask.key)}>{say(ask.key, ask.text)}</span> <strong className="phone">{phone}</strong>
              </Next>
            )}
          </ul>
          <Listen said={said} />
        </div>
      </Reading>
    </section>
  )
}

function Next({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      {icon}
      <span>{children}</span>
    </li>
  )
}
