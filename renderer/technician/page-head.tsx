import type { ReactNode } from 'react'

/** What a page is for in one sentence, and its acts. */
export function PageHead({
  title,
  line,
  acts,
}: {
  readonly title: string
  readonly line: string
  readonly acts?: ReactNode
}) {
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        <p className="page-line">{line}</p>
      </div>
      {acts && <div className="page-acts">{acts}</div>}
    </div>
  )
}
