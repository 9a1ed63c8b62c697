import { openWindow } from '../ui/open-window.tsx'
import { Citizen } from './citizen.tsx'
import { lockDown } from './kiosk.ts'
import './citizen.css'
import './pictograms/pictograms.css'
import './scenes.css'

lockDown()
void openWindow('citizen', <Citizen />)
