import { Check } from 'lucide-react'
import { useId, type ReactNode } from 'react'

export type Option<Value> = { readonly value: Value; readonly label: string; readonly picture?: ReactNode }

type Props<Value> = {
  readonly title: string
  readonly line?: string
  readonly options: readonly Option<Value>[]
  readonly chosen: Value
  readonly onChoose: (value: Value) => void
}

/** One thing to decide: its name, and a large button for each way. The chosen one has a tick and a thicker frame. */
export function ChoiceRow<Value extends string | number | boolean>(props: Props<Value>) {
  const { title, line, options, chosen, onChoose } = props
  const heading = useId()
  return (
    <section className="choice-row" role="group" aria-labelledby={heading}>
      <div className="choice-words">
        <h3 id={heading}>{title}</h3>
        {line !== undefined && <p className="line">{line}</p>}
      </div>
      <div className="choices">
        {options.map(({ value, label, picture }) => (
          <button
            key={String(value)}
            type="button"
            className="choice"
            aria-pressed={value === chosen}
            onClick={() => onChoose(value)}
          >
            {picture}
            <span>{label}</span>
            <Check className="choice-tick" size={32} strokeWidth={4} aria-hidden />
          </button>
        ))}
      </div>
    </section>
  )
}
