import { differingSpan } from '#domain/person/index.ts'

/** A value with the letters marked that differ from another value. */
export function Marked({ value, against }: { readonly value: string; readonly against: string | undefined }) {
  const span = against === undefined ? undefined : differingSpan(value, against)
  if (!span) return <>{value}</>
  // A letter that is missing here is shown at the place where it should stand.
  const gap = span.start === span.end
  return (
    <>
      {value.slice(0, span.start)}
      <mark className="differs" data-gap={gap}>
        {gap ? '·' : value.slice(span.start, span.end)}
      </mark>
      {value.slice(span.end)}
    </>
  )
}
