import type { Database } from 'better-sqlite3'
import type { OfficerPrintRow } from './types.ts'

type Row = Omit<OfficerPrintRow, 'addedAt'> & { added_at: string }

export function officerRows(db: Database) {
  const insert = db.prepare(
    `INSERT INTO officer_print (badge, finger, name, added_at, template)
     VALUES (@badge, @finger, @name, @at, @template)
     ON CONFLICT (badge, finger) DO UPDATE SET name = @name, added_at = @at, template = @template`,
  )
  const rename = db.prepare('UPDATE officer_print SET name = @name WHERE badge = @badge')
  const drop = db.prepare('DELETE FROM officer_print WHERE badge = ?')
  const all = db.prepare<[], Row>('SELECT * FROM officer_print ORDER BY badge, finger')

  return {
    /** Must run inside a transaction of the caller. */
    put(print: Omit<OfficerPrintRow, 'addedAt'>, at: string): void {
      insert.run({ ...print, at })
      rename.run({ badge: print.badge, name: print.name })
    },
    remove: (badge: string): number => drop.run(badge).changes,
    list: (): readonly OfficerPrintRow[] => all.all().map(({ added_at, ...row }) => ({ ...row, addedAt: added_at })),
  }
}
