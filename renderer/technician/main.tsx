import { GuidePanel } from '../ui/guide/guide-panel.tsx'
import { technicianPage } from '../ui/guide/open.ts'
import { openWindow } from '../ui/open-window.tsx'
import { Technician } from './technician.tsx'
import './technician.css'

void openWindow(
  'technician',
  <>
    <Technician />
    <GuidePanel front={technicianPage} />
  </>,
)
