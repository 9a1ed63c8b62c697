import { create } from 'zustand'
import type { FailureCode } from '#domain/failure/index.ts'

/** A page by its path under docs/. */
export type GuidePath = string

type Guide = {
  /** Pages opened one from another, the shown one last; empty when the guide is closed. */
  readonly trail: readonly GuidePath[]
  /** Counts askings: asking for the page that is open leads back into it. */
  readonly asked: number
}

export const guide = create<Guide>(() => ({ trail: [], asked: 0 }))

export const codesPage: GuidePath = 'failure-codes/README.md'
export const verdictPage: GuidePath = 'failure-codes/reading-a-verdict.md'
export const officerPage: GuidePath = 'huong-dan-can-bo/README.md'
export const technicianPage: GuidePath = 'huong-dan-can-bo/ky-thuat-vien.md'

export function failurePage(code: FailureCode): GuidePath {
  return `failure-codes/${code}.md`
}

/** Where the focus was when the guide was opened. */
let before: HTMLElement | undefined

export function openGuide(page: GuidePath): void {
  const { trail, asked } = guide.getState()
  if (trail.length === 0) before = document.activeElement instanceof HTMLElement ? document.activeElement : undefined
  guide.setState({ trail: trail.at(-1) === page ? trail : [...trail, page], asked: asked + 1 })
}

export function goBack(): void {
  guide.setState(({ trail, asked }) => ({ trail: trail.length > 1 ? trail.slice(0, -1) : trail, asked: asked + 1 }))
}

export function closeGuide(): void {
  guide.setState({ trail: [] })
  if (before?.isConnected) before.focus({ preventScroll: true })
  before = undefined
}
