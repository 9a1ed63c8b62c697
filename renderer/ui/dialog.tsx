import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { KeyScope, useKey, useKeyScope } from './keys.ts'

export type DialogProps = {
  readonly title: ReactNode
  readonly children: ReactNode
  /** Escape was pressed, and nothing inside has its own use for it. */
  readonly onClose: () => void
  /** `danger`: something is about to be thrown away. */
  readonly kind?: 'plain' | 'danger'
  readonly className?: string
}

/** A sheet above everything else; every key belongs to it. */
export function Dialog({ title, children, onClose, kind = 'plain', className = '' }: DialogProps) {
  const scope = useKeyScope()
  return (
    <ModalOverlay className="veil" isOpen isKeyboardDismissDisabled>
      <Modal className={`dialog dialog-${kind} ${className}`}>
        <AriaDialog role={kind === 'danger' ? 'alertdialog' : 'dialog'} className="dialog-body">
          <KeyScope value={scope}>
            <Escape onClose={onClose} />
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {children}
          </KeyScope>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** First in the dialog, so that a later binding of the key wins. */
function Escape({ onClose }: Pick<DialogProps, 'onClose'>) {
  useKey('Escape', onClose)
  return null
}
