import { openWindow } from '../ui/open-window.tsx'
import { GuidePanel } from '../ui/guide/guide-panel.tsx'
import { officerPage } from '../ui/guide/open.ts'
import { App } from './app.tsx'
import './officer.css'

void openWindow(
  'officer',
  <>
    <App />
    <GuidePanel front={officerPage} />
  </>,
)
