import { openWindow } from '../ui/open-window.tsx'
import { Citizen } from './citizen.tsx'
import { lockDown } from './kiosk.ts'
import { watchPainting } from './painted.ts'
import './fonts.css'
import './citizen.css'
import './pictograms/pictograms.css'
import './pictograms/hints.css'
import './scenes.css'
import './own.css'
import './viewing/viewing.css'

lockDown()
watchPainting()
void openWindow('citizen', <Citizen />)
