import { ClipboardCopy, Maximize2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useCopy } from '../copying.ts'

/** The code for the telephone: its QR, and in groups with what to say for each letter. */
export function SupportCode({ code, codeImage }: { readonly code: string; readonly codeImage: string }) {
  const { t } = useTranslation()
  const copy = useCopy()
  const [large, setLarge] = useState(false)
  const groups = code.split(/[\s-]+/u)
  const image = (
    <img
      className="bundle-qr"
      src={`data:image/svg+xml,${encodeURIComponent(codeImage)}`}
      alt={t('bundle.qr', { code })}
    />
  )
  return (
    <>
      <div className="bundle-phone">
        {image}
        <div className="bundle-groups">
          <p className="bundle-code mono">
            {groups.map((group, index) => (
              <span key={index} className="bundle-group">
                {group}
              </span>
            ))}
          </p>
          <div className="task-acts">
            <Button icon={<ClipboardCopy size={18} aria-hidden />} onPress={() => copy(code, t('bundle.code'))}>
              {t('bundle.copyCode')}
            </Button>
            <Button keys="Alt+L" icon={<Maximize2 size={18} aria-hidden />} onPress={() => setLarge(true)}>
              {t('bundle.large')}
            </Button>
          </div>
        </div>
      </div>
      {large && (
        <Dialog title={t('bundle.code')} className="dialog-wide" onClose={() => setLarge(false)}>
          <div className="bundle-large">
            {image}
            <ol className="spelling">
              {groups.map((group, index) => (
                <li key={index}>
                  <span className="bundle-group mono">{group}</span>
                  <span className="spelling-words">
                    {Array.from(group, (letter) => t(`spelling.${letter}`, { defaultValue: letter })).join(' · ')}
                  </span>
                </li>
              ))}
            </ol>
          </div>
          <p className="page-line">{t('bundle.aloud')}</p>
          <div className="dialog-acts">
            <Button keys="Escape" kind="next" autoFocus onPress={() => setLarge(false)}>
              {t('bundle.close')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
