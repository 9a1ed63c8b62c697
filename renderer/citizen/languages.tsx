import { useTranslation } from 'react-i18next'
import { ToggleButton } from 'react-aria-components'
import { languages, type Language } from '../ui/i18n.ts'

const names: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' }

/** The languages there are words for. Chosen for this visit only: the page starts the next one in Vietnamese. */
export function Languages() {
  const { t, i18n } = useTranslation()
  return (
    <div className="languages" role="group" aria-label={t('languages')}>
      {languages.map((language) => (
        <ToggleButton
          key={language}
          className="language"
          isSelected={i18n.language === language}
          onChange={() => void i18n.changeLanguage(language)}
        >
          <span lang={language}>{names[language]}</span>
        </ToggleButton>
      ))}
    </div>
  )
}
