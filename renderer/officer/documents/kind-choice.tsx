import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PaperKind, PaperRule } from '#domain/procedure/index.ts'
import { useKey } from '../../ui/keys.ts'

type Props = {
  readonly rule: PaperRule
  readonly kind: PaperKind
  readonly choose: (kind: PaperKind) => void
}

/** Which paper: the usual ones of the procedure at hand, the possible ones in a list; each has its number as key. */
export function KindChoice({ rule, kind, choose }: Props) {
  const { t } = useTranslation()
  const { usual, possible } = rule
  return (
    <div className="kinds">
      {[...usual, ...possible].slice(0, 9).map((each, index) => (
        <KindKey key={each} keys={String(index + 1)} act={() => choose(each)} />
      ))}
      <ToggleButtonGroup
        className="toggle"
        aria-label={t('documents.kind-label')}
        selectionMode="single"
        selectedKeys={[kind]}
        onSelectionChange={([next]) => {
          const found = usual.find((each) => each === next)
          if (found) choose(found)
        }}
      >
        {usual.map((each, index) => (
          <ToggleButton key={each} id={each} className="toggle-part">
            {t(`documents.kind.${each}`)} <kbd className="key-hint">{index + 1}</kbd>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <select
        className="field-input kind-select"
        aria-label={t('documents.other-kinds')}
        data-chosen={possible.includes(kind)}
        value={possible.includes(kind) ? kind : ''}
        onChange={(event) => {
          const found = possible.find((each) => each === event.target.value)
          if (found) choose(found)
          // Enter and Space belong to the screen again.
          event.target.blur()
        }}
      >
        <option value="" disabled>
          {t('documents.other-kinds')}
        </option>
        {possible.map((each, index) => (
          <option key={each} value={each}>
            {`${index + usual.length + 1} · ${t(`documents.kind.${each}`)}`}
          </option>
        ))}
      </select>
    </div>
  )
}

function KindKey({ keys, act }: { readonly keys: string; readonly act: () => void }) {
  useKey(keys, act)
  return null
}
