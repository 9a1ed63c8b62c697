import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { initLanguage, type Namespace } from './i18n.ts'
import './base.css'
import './kit.css'

/** Starts a window: its words, its root. `#root` stands in the window's index.html. */
export async function openWindow(namespace: Namespace, content: ReactNode): Promise<void> {
  forestallInlineStyle()
  const i18n = await initLanguage(namespace)
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no #root')
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>{content}</I18nextProvider>
    </StrictMode>,
  )
}

/** react-aria adds a style element unless one of this name exists; base.css holds its rule instead. */
function forestallInlineStyle() {
  const marker = document.createElement('meta')
  marker.id = 'react-aria-pressable-style'
  document.head.append(marker)
}
