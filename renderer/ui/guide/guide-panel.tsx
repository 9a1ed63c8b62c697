import { ArrowLeft, BookOpen } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button } from '../button.tsx'
import { KeyScope, useKey, useTopScope } from '../keys.ts'
import { closeGuide, codesPage, goBack, guide, openGuide, type GuidePath } from './open.ts'
import { guideKey, ways } from './see-guide.tsx'
import './guide.css'

/** The guide of a window: opens at `front` unless a failure on the screen has a page of its own. Once per window. */
export function GuidePanel({ front }: { readonly front: GuidePath }) {
  const page = guide(({ trail }) => trail.at(-1))
  const top = useTopScope()
  const taken = ways(({ shown }) => shown.some(({ scope }) => scope === undefined))
  useKey(taken ? undefined : guideKey, () => openGuide(front))
  if (page === undefined) return null
  // Beside the window's root: a dialog hides all of that, but nothing that is marked as above it.
  return createPortal(
    <KeyScope value={top}>
      <Sheet page={page} front={front} />
    </KeyScope>,
    document.body,
  )
}

type Pages = typeof import('./guide-page.tsx')

function Sheet({ page, front }: { readonly page: GuidePath; readonly front: GuidePath }) {
  const { t, i18n } = useTranslation('guide')
  const { trail, asked } = guide()
  const [pages, setPages] = useState<Pages | 'lost'>()
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    import('./guide-page.tsx').then(setPages, () => setPages('lost'))
  }, [])
  useEffect(() => {
    body.current?.focus({ preventScroll: true })
    if (body.current) body.current.scrollTop = 0
  }, [page, asked])
  // Escape belongs to the sheet while the focus is on it, whatever began on the screen meanwhile.
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'Backspace') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') closeGuide()
    else goBack()
  }
  return (
    <aside
      className="guide-panel"
      aria-label={t('title')}
      data-keys="own"
      data-react-aria-top-layer="true"
      onKeyDown={handleKey}
    >
      <header className="guide-head">
        {trail.length > 1 ? (
          <Button kind="quiet" icon={<ArrowLeft size={18} aria-hidden />} onPress={goBack}>
            {t('back')}
          </Button>
        ) : (
          <p className="guide-title">
            <BookOpen size={18} aria-hidden /> {t('title')}
          </p>
        )}
        <Button keys="Escape" onPress={closeGuide}>
          {t('close')}
        </Button>
      </header>
      <div ref={body} className="guide-body" role="region" aria-label={t('page')} tabIndex={0}>
        {pages === undefined ? (
          <p>{t('opening')}</p>
        ) : pages === 'lost' ? (
          <p>{t('missing')}</p>
        ) : (
          <pages.GuidePage path={page} language={i18n.language} onOpen={openGuide} missing={t('missing')} />
        )}
      </div>
      <footer className="guide-foot">
        <Button kind="quiet" onPress={() => openGuide(front)} isDisabled={page === front}>
          {t('front')}
        </Button>
        <Button kind="quiet" onPress={() => openGuide(codesPage)} isDisabled={page === codesPage}>
          {t('codes')}
        </Button>
      </footer>
    </aside>
  )
}
