import { useEffect } from 'react'
import { keyName } from '../../ui/keys.ts'
import { station, surroundings } from '../desk.ts'
import { Studio } from '../languages/studio.tsx'
import { Cover } from './cover.tsx'
import { curtain, toggleCurtain } from './curtain.ts'
import { closeDialog, opened } from './open.ts'
import { ScreensDialog } from './screens-dialog.tsx'
import { TurnNote } from './turn-note.tsx'
import { requestTurn } from './turn.ts'

/** What stands over the officer's window: the dialogs of screens and languages, the note of turning, the covers. */
export function AroundScreens() {
  const dialog = opened((store) => store.dialog)
  const isOpen = station(({ value }) => value?.phase === 'open')
  const drawn = curtain((store) => store.drawn)
  const turned = surroundings(({ value }) => value?.citizenScreen === 'turned')
  useEverywhere(drawn, turned === true)
  return (
    <>
      {isOpen && dialog === 'screens' && <ScreensDialog onClose={closeDialog} />}
      {isOpen && dialog === 'studio' && <Studio onClose={closeDialog} />}
      <TurnNote />
      {(drawn || turned) && <Cover kind={turned ? 'turned' : 'curtain'} />}
    </>
  )
}

/** F8 and Ctrl+F9 work in every dialog and field. Under a cover every other key is dead. */
function useEverywhere(drawn: boolean, turned: boolean) {
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      const name = keyName(event)
      const act =
        name === 'F8' && !turned
          ? () => void toggleCurtain()
          : name === 'Ctrl+F9' && (turned || !drawn)
            ? requestTurn
            : undefined
      if (!act && !drawn && !turned) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (!event.repeat) act?.()
    }
    // Before react-aria and the fields.
    window.addEventListener('keydown', handle, true)
    return () => window.removeEventListener('keydown', handle, true)
  }, [drawn, turned])
}
