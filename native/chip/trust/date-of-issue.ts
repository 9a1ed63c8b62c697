/** The date of issue as DG13 has it, dd/MM/yyyy; undefined when it is absent or no such day. */
export function dateOfIssue(printed: string | undefined): Date | undefined {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(printed?.trim() ?? '') ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day) ? date : undefined
}
