import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

export type Choice = { readonly key: string; readonly content: ReactNode }

/** A list of which one is chosen, with the arrow keys or by pressing. */
export function ChoiceList({
  choices,
  chosen,
  onChoose,
  label,
}: {
  readonly choices: readonly Choice[]
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
  readonly label: string
}) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const handleKey = (event: KeyboardEvent<HTMLUListElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const index = choices.findIndex(({ key }) => key === chosen)
    const next = choices[index + by]
    if (!next) return
    event.currentTarget.querySelectorAll('button')[index + by]?.focus()
    onChoose(next.key)
  }
  return (
    <ul ref={list} className="choices" data-keys="screen" aria-label={label} onKeyDown={handleKey}>
      {choices.map(({ key, content }) => (
        <li key={key}>
          <button
            type="button"
            className="choice"
            data-key={key}
            {...(key === chosen && { 'aria-current': true })}
            onClick={() => onChoose(key)}
          >
            {content}
          </button>
        </li>
      ))}
    </ul>
  )
}
