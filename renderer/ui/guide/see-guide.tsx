import { CircleQuestionMark } from 'lucide-react'
import { useContext, useLayoutEffect, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import type { FailureCode } from '#domain/failure/index.ts'
import { KeyHint } from '../key-hint.tsx'
import { KeyScope, useKey } from '../keys.ts'
import { failurePage, openGuide, type GuidePath } from './open.ts'

/** The key of the guide, in every window that has one. */
export const guideKey = 'Alt+H'

type Way = { readonly id: symbol; readonly scope: symbol | undefined }

/** Ways into the guide now on the screen, the newest last. */
export const ways = create<{ readonly shown: readonly Way[] }>(() => ({ shown: [] }))

/** True for the newest way of its dialog, or of the screen: the key is its own. */
function useNewest(): boolean {
  const scope = useContext(KeyScope)
  const [id] = useState(() => Symbol('way'))
  useLayoutEffect(() => {
    ways.setState(({ shown }) => ({ shown: [...shown, { id, scope }] }))
    return () => ways.setState(({ shown }) => ({ shown: shown.filter((way) => way.id !== id) }))
  }, [id, scope])
  return ways(({ shown }) => shown.findLast((way) => way.scope === scope)?.id === id)
}

/** A failure's code, to be said over the telephone, and the way to the page that explains it. */
export function SeeGuide({ code }: { readonly code: FailureCode }) {
  return (
    <>
      <span className="notice-code mono">{code}</span> <GuideLink page={failurePage(code)} />
    </>
  )
}

/** The way to a page, in words and with the key. */
export function GuideLink({ page }: { readonly page: GuidePath }) {
  const { t } = useTranslation('guide')
  const newest = useNewest()
  const open = () => openGuide(page)
  useKey(newest ? guideKey : undefined, open)
  return (
    <AriaButton className="see-guide" onPress={open}>
      {t('see')}
      {newest && <KeyHint keys={guideKey} />}
    </AriaButton>
  )
}

/** The same where there is little room: the code and a sign. It has no key. */
export function SeeGuideSign({ code, hideCode = false }: { readonly code: FailureCode; readonly hideCode?: boolean }) {
  const { t } = useTranslation('guide')
  return (
    <span className="see-guide-small">
      {!hideCode && <span className="mono">{code}</span>}
      <AriaButton
        className="see-guide-sign"
        aria-label={t('seeOf', { code })}
        onPress={() => openGuide(failurePage(code))}
      >
        <CircleQuestionMark size={16} aria-hidden />
      </AriaButton>
    </span>
  )
}
