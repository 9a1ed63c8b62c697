import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A table that scrolls by itself, with a last column for what can be done with a row. */
export function ActedTable({
  label,
  className,
  columns,
  children,
}: {
  readonly label: string
  readonly className: string
  /** Their heads, as words. */
  readonly columns: readonly string[]
  /** The rows. */
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className="table-frame" role="region" tabIndex={0} aria-label={label}>
      <table className={`table ${className}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('column.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
