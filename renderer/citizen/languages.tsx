import { Check, Languages as Speech } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LanguageView } from '#contract/index.ts'
import { useLanguages } from './packs.ts'
import { useViewing } from './view.ts'
import { Sheet } from './viewing/sheet.tsx'

/** The languages of which there is something, as chips; where they do not fit, one button that opens all of them. */
export function Languages() {
  const { t } = useTranslation()
  const languages = useLanguages()
  const { viewing, choose } = useViewing()
  const [open, setOpen] = useState(false)
  const chips = useRef<HTMLDivElement>(null)
  useFolding(chips, `${viewing.textSize} ${languages.map(({ name }) => name).join('|')}`)
  const chosen = languages.find(({ id }) => id === viewing.language)
  if (languages.length === 0) return null
  const choice = (language: LanguageView, className: string) => (
    <button
      key={language.id}
      type="button"
      className={className}
      aria-pressed={language.id === viewing.language}
      onClick={() => choose({ language: language.id })}
    >
      <span lang={nameLanguage(language)}>{language.name}</span>
      <Check className="choice-tick" size={30} strokeWidth={4} aria-hidden />
    </button>
  )
  return (
    <div className="languages" ref={chips} role="group" aria-label={t('languages')}>
      <div className="language-chips">{languages.map((language) => choice(language, 'language'))}</div>
      <button type="button" className="language language-all" onClick={() => setOpen(true)}>
        <Speech size={34} aria-hidden />
        <span className="language-name">{chosen?.name ?? t('languages')}</span>
        <span className="visually-hidden">. {t('languages')}</span>
      </button>
      {open && (
        <Sheet title={t('languages')} onClose={() => setOpen(false)}>
          <div className="language-list">{languages.map((language) => choice(language, 'choice'))}</div>
        </Sheet>
      )}
    </div>
  )
}

/** What a pack calls itself is in itself; a slot without a pack has a Vietnamese name. */
function nameLanguage({ id, name }: LanguageView): string {
  return name.startsWith('Tiếng ') ? 'vi' : id
}

/** `data-folded` of the place says whether the chips fit into it. Measured unfolded, before the paint. */
function useFolding(place: { readonly current: HTMLElement | null }, of: string): void {
  useLayoutEffect(() => {
    const own = place.current
    if (!own) return
    const fold = () => {
      own.dataset['folded'] = 'false'
      const [chips] = own.children
      own.dataset['folded'] = String((chips?.scrollWidth ?? 0) > own.clientWidth + 1)
    }
    fold()
    void document.fonts.ready.then(fold)
    window.addEventListener('resize', fold)
    return () => window.removeEventListener('resize', fold)
  }, [place, of])
}
