import type { ShownDetail } from '#domain/enrolment/index.ts'
import { BigButton, type BigButtonProps } from '../big-button.tsx'
import type { Said } from '../speech/listen.tsx'
import { labelKey, shownValue, useWords, valueSaid } from '../words.ts'

/** A detail as a numbered line. `said`: its name, then its value. */
export type Line = ShownDetail & {
  /** 1-based */ readonly number: number
  readonly label: string
  readonly shown: string
  readonly said: Said
}

export function useLines(details: readonly ShownDetail[]): readonly Line[] {
  const { t } = useWords()
  return details.map(({ field, value }, at) => {
    const key = labelKey(field, value)
    const label = t(key)
    // Packs have no names of fields by themselves; their question names the field too.
    const named = { keys: [`check.question.${key.replace('field.', '')}`], text: `${label}:` }
    return {
      field,
      value,
      number: at + 1,
      label,
      shown: shownValue(field, value),
      said: [named, ...valueSaid(field, value)],
    }
  })
}

type Props = {
  readonly lines: readonly Line[]
  readonly live: boolean
  readonly chosen: string | undefined
  /** A line is asked for: each is a button then. */
  readonly onPoint?: (line: Line) => void
}

export function PageLines({ lines, live, chosen, onPoint }: Props) {
  return (
    <ol className="page-lines">
      {lines.map((line) => (
        <li key={line.field} className="page-line" data-field={line.field}>
          {onPoint ? (
            <BigButton
              className="page-point"
              live={live}
              chosen={chosen === line.field}
              {...digitOf(line.number)}
              icon={<Numeral number={line.number} />}
              onPress={() => onPoint(line)}
            >
              <Words line={line} />
            </BigButton>
          ) : (
            <>
              <Numeral number={line.number} />
              <p>
                <Words line={line} />
              </p>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

function Numeral({ number }: { readonly number: number }) {
  return <span className="page-numeral">{number}</span>
}

function Words({ line: { label, shown, field } }: { readonly line: Line }) {
  return (
    <>
      <span className="page-label">{label}: </span>
      <span className="page-value" lang="vi" data-field={field}>
        {shown}
      </span>
    </>
  )
}

function digitOf(number: number): Pick<BigButtonProps, 'digit'> {
  return number <= 9 ? { digit: String(number) as Exclude<BigButtonProps['digit'], undefined> } : {}
}
