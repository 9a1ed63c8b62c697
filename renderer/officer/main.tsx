import { openWindow } from '../ui/open-window.tsx'
import { App } from './app.tsx'
import './officer.css'

void openWindow('officer', <App />)
