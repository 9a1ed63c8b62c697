import { expect } from '@playwright/test'
import type { CallOutput } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { type Screen } from './harness.ts'
import { blobs } from './officer-desk.ts'

export const live = (screen: Screen) => expect(screen.page.locator('.camera')).toHaveAttribute('data-phase', 'live')
/** A page that was taken shows as such. */
export const thumbs = (screen: Screen) => screen.page.locator('.thumb:not([data-pending])')

export const face = {
  width: 640,
  height: 480,
  faces: [{ x: 230, y: 110, width: 180, height: 230 }],
  landmarks: {
    leftEye: { x: 360, y: 200 },
    rightEye: { x: 280, y: 200 },
    nose: { x: 320, y: 240 },
    mouth: { x: 320, y: 280 },
    chin: { x: 320, y: 330 },
    crown: { x: 320, y: 90 },
  },
  crop: { x: 180, y: 40, width: 280, height: 360, angle: 2 },
  findings: [],
} as const satisfies CallOutput<'lookAtPortrait'>
export const glasses = { check: 'glasses', value: 0.9, mark: { x: 260, y: 180, width: 120, height: 40 } } as const
export const shadow = { check: 'shadow', value: 0.4 } as const

export const page = {
  width: 800,
  height: 600,
  corners: [
    { x: 180, y: 60 },
    { x: 640, y: 80 },
    { x: 620, y: 540 },
    { x: 160, y: 520 },
  ],
  problems: [],
} as const satisfies CallOutput<'lookAtPage'>
export const glare = { problem: 'glare', value: 0.2, mark: { x: 300, y: 200, width: 120, height: 80 } } as const

export const refused: DossierEvent = {
  type: 'portraitTaken',
  picture: blobs.face,
  original: blobs.whole,
  findings: [
    { check: 'glasses', value: 0.9 },
    { check: 'shadow', value: 0.4 },
  ],
}
