import { openWindow } from '../ui/open-window.tsx'
import { Technician } from './technician.tsx'
import './technician.css'

void openWindow('technician', <Technician />)
