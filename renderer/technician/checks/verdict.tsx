import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react'
import type { Verdict } from '#domain/diagnosis/index.ts'

const icons = { works: CircleCheck, limits: TriangleAlert, fails: CircleX } as const

/** A shape for each verdict; words stand beside it. */
export function VerdictIcon({ verdict, size }: { readonly verdict: Verdict | undefined; readonly size: number }) {
  const Icon = verdict ? icons[verdict] : CircleDashed
  return <Icon className={`verdict-icon verdict-${verdict ?? 'none'}`} size={size} aria-hidden />
}
