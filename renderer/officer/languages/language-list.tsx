import { BadgeCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LanguageView } from '#contract/index.ts'

/** The languages of the citizen's screen with how much of each is recorded. */
export function LanguageList({
  languages,
  chosen,
  onChoose,
  isDisabled,
}: {
  readonly languages: readonly LanguageView[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
  readonly isDisabled: boolean
}) {
  const { t } = useTranslation()
  return (
    <nav className="studio-languages" aria-label={t('studio.languages')}>
      <ul>
        {languages.map(({ id, name, sentences, recordings, reviewed, from }) => (
          <li key={id}>
            <button
              type="button"
              className="studio-language"
              aria-current={id === chosen ? 'true' : undefined}
              disabled={isDisabled && id !== chosen}
              onClick={() => onChoose(id)}
            >
              <span className="studio-language-name">
                {name}
                {reviewed && <BadgeCheck size={16} aria-label={t('studio.reviewed-short')} />}
              </span>
              <Bar done={recordings} of={sentences} />
              <span className="studio-language-count">
                {t('studio.count', { done: recordings, of: sentences })}
                {from !== undefined && ` · ${t('studio.from', { station: from })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The words beside it say the same. */
function Bar({ done, of }: { readonly done: number; readonly of: number }) {
  return (
    <span className="studio-bar" aria-hidden>
      <span className="studio-bar-done" style={{ width: `${of === 0 ? 0 : (100 * done) / of}%` }} />
    </span>
  )
}
