import { MessageCircleQuestionMark, Ticket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CalendarPictogram } from '../pictograms/things.tsx'
import { Listen } from '../speech.tsx'
import { shownDay } from '../words.ts'
import type { SceneView } from './scene.ts'

export function Thanks({ view: { address, due } }: { readonly view: SceneView<'thanks'> }) {
  const { t, i18n } = useTranslation()
  const { weekday, day } = shownDay(due, i18n.language)
  const heading = t('thanks.heading', { address })
  const line = t('thanks.line', { address })
  return (
    <section className="scene scene-beside">
      <CalendarPictogram className="pictogram-large" day={due.slice(8)} />
      <div className="beside">
        <h1 className="heading">{heading}</h1>
        <p className="line">{line}</p>
        <p className="due">
          <span className="due-weekday">{weekday}</span> <span className="due-day">{day}</span>
        </p>
        <ul className="wishes">
          <li>
            <Ticket size={34} aria-hidden />
            {t('thanks.paper')}
          </li>
          <li>
            <MessageCircleQuestionMark size={34} aria-hidden />
            {t('thanks.ask')}
          </li>
        </ul>
        <Listen sentence={`${heading}. ${line} ${weekday} ${day}. ${t('thanks.paper')}`} />
      </div>
    </section>
  )
}
