import { Menu as MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { officerPage, openGuide } from '../../ui/guide/open.ts'
import { guideKey } from '../../ui/guide/see-guide.tsx'
import { languages, switchLanguage } from '../../ui/i18n.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { station } from '../desk.ts'
import { OfficersDialog } from '../officers/officers-dialog.tsx'
import { toggleCurtain } from '../screens/curtain.ts'
import { openDialog } from '../screens/open.ts'
import { requestTurn } from '../screens/turn.ts'
import { AbandonDialog } from './abandon-dialog.tsx'

const languageNames = { vi: 'Tiếng Việt', en: 'English' } as const

/** The language of the window, the officers' prints, the two screens, and the one act that throws work away. */
export function OfficerMenu({ view }: { readonly view: OfficerView | null }) {
  const { t, i18n } = useTranslation()
  const [abandoning, setAbandoning] = useState(false)
  const [registering, setRegistering] = useState(false)
  const isOpen = station(({ value }) => value?.phase === 'open')
  const canAbandon = view?.state.status === 'open'
  return (
    <>
      <MenuTrigger>
        <Button className="button button-plain menu-button" aria-label={t('menu.open')}>
          <MenuIcon size={18} aria-hidden />
        </Button>
        <Popover className="menu-popover" placement="bottom end">
          <Menu className="menu" aria-label={t('menu.open')}>
            <MenuSection selectionMode="single" selectedKeys={[i18n.language]} aria-label={t('menu.language')}>
              {languages.map((language) => (
                <MenuItem
                  key={language}
                  id={language}
                  className="menu-item"
                  onAction={() => void switchLanguage(i18n, language)}
                >
                  {languageNames[language]}
                </MenuItem>
              ))}
            </MenuSection>
            {isOpen && <Separator className="menu-line" />}
            {isOpen && (
              <MenuItem className="menu-item" onAction={() => setRegistering(true)}>
                {t('menu.officers')}
              </MenuItem>
            )}
            {isOpen && (
              <MenuItem className="menu-item" onAction={() => openDialog('screens')}>
                {t('menu.screens')}
              </MenuItem>
            )}
            {isOpen && (
              <MenuItem className="menu-item" onAction={() => openDialog('studio')}>
                {t('menu.studio')}
              </MenuItem>
            )}
            <Separator className="menu-line" />
            <MenuItem
              className="menu-item menu-keyed"
              textValue={t('menu.curtain')}
              onAction={() => void toggleCurtain()}
            >
              {t('menu.curtain')} <KeyHint keys="F8" />
            </MenuItem>
            {view && (
              <MenuItem className="menu-item menu-keyed" textValue={t('menu.turn')} onAction={requestTurn}>
                {t('menu.turn')} <KeyHint keys="Ctrl+F9" />
              </MenuItem>
            )}
            <MenuItem
              className="menu-item menu-keyed"
              textValue={t('menu.guide')}
              onAction={() => openGuide(officerPage)}
            >
              {t('menu.guide')} <KeyHint keys={guideKey} />
            </MenuItem>
            {canAbandon && <Separator className="menu-line" />}
            {canAbandon && (
              <MenuItem className="menu-item menu-danger" onAction={() => setAbandoning(true)}>
                {t('menu.abandon')}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      {registering && isOpen && <OfficersDialog onClose={() => setRegistering(false)} />}
      {abandoning && canAbandon && <AbandonDialog onClose={() => setAbandoning(false)} />}
    </>
  )
}
