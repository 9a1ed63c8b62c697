import type { ReactNode } from 'react'

/** A sheet on the paper, with a small heading when it has one. */
export function Card({
  title,
  children,
  className = '',
}: {
  readonly title?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <section className={`card ${className}`}>
      {title !== undefined && <h2 className="card-title">{title}</h2>}
      {children}
    </section>
  )
}
