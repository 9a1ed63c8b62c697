import { createInstance, type i18n, type Resource } from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['vi', 'en'] as const
export type Language = (typeof languages)[number]

/** A window's own words: resources/languages/<language>/<namespace>.json. Every window also has `failures`. */
export type Namespace = 'officer' | 'citizen' | 'technician'

/** What a window has beside its own words. */
const shared: Readonly<Record<Namespace, readonly string[]>> = {
  officer: ['failures', 'guide', 'training'],
  citizen: ['failures'],
  technician: ['failures', 'guide', 'diagnosis'],
}

const files = import.meta.glob<Record<string, unknown>>('../../resources/languages/*/*.json', {
  eager: true,
  import: 'default',
})
const remembered = 'language'

/** The words of a window. Vietnamese unless another language was chosen before; a missing word falls back to it. */
export async function initLanguage(namespace: Namespace): Promise<i18n> {
  const instance = createInstance()
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await instance.use(initReactI18next).init({
    resources: resources(namespace),
    lng: rememberedLanguage(),
    fallbackLng: 'vi',
    defaultNS: namespace,
    ns: [namespace, ...shared[namespace]],
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}

/** Switches the window and remembers it on this computer. */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  localStorage.setItem(remembered, language)
  await instance.changeLanguage(language)
}

function rememberedLanguage(): Language {
  const stored = localStorage.getItem(remembered)
  return languages.find((language) => language === stored) ?? 'vi'
}

function resources(namespace: Namespace): Resource {
  const found: Resource = {}
  for (const [path, words] of Object.entries(files)) {
    const [, language = '', name = ''] = /\/([^/]+)\/([^/]+)\.json$/u.exec(path) ?? []
    if (name !== namespace && !shared[namespace].includes(name)) continue
    found[language] = { ...found[language], [name]: words }
  }
  return found
}
