import type { ReactNode } from 'react'

export type Tone = 'good' | 'doubt' | 'danger' | 'info' | 'quiet'

/** A few words with a tint; the words carry the meaning. */
export function Pill({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`pill pill-${tone}`}>{children}</span>
}

/** A coloured dot beside words that say the same. */
export function Dot({ tone }: { readonly tone: Tone }) {
  return <span className={`dot dot-${tone}`} aria-hidden />
}
