import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react'
import type { Verdict } from '#domain/diagnosis/index.ts'
import type { Tone } from '../../ui/pill.tsx'

export const verdictTones = { works: 'good', limits: 'doubt', fails: 'danger' } as const satisfies Record<Verdict, Tone>

const icons = { works: CircleCheck, limits: TriangleAlert, fails: CircleX } as const

/** A shape for each verdict; words stand beside it. */
export function VerdictIcon({ verdict, size }: { readonly verdict: Verdict | undefined; readonly size: number }) {
  const Icon = verdict ? icons[verdict] : CircleDashed
  return <Icon className={`verdict-icon verdict-${verdict ?? 'none'}`} size={size} aria-hidden />
}
