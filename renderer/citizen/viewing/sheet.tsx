import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyScope, useKeyScope } from '../../ui/keys.ts'
import { Scroller } from './scroller.tsx'

type Props = { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }

/** A page over the scene. It closes when it is asked to, never by itself; what is below it takes no press and no key. */
export function Sheet({ title, onClose, children }: Props) {
  const { t } = useTranslation()
  const scope = useKeyScope()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const own = dialog.current
    if (own && !own.open) own.showModal()
  }, [])
  return (
    <KeyScope value={scope}>
      <dialog className="sheet-page" ref={dialog} aria-labelledby={heading} onClose={onClose}>
        <div className="sheet-top">
          <h2 className="heading" id={heading}>
            {title}
          </h2>
          <button type="button" className="big-button sheet-close" onClick={() => dialog.current?.close()}>
            <X size={36} strokeWidth={3} aria-hidden />
            <span>{t('viewing.close')}</span>
          </button>
        </div>
        <Scroller label={title}>{children}</Scroller>
      </dialog>
    </KeyScope>
  )
}
