import { expect, test } from 'vitest'
import { wearingOf } from '#core/diagnostics/health/wearing.ts'

const slower = { kind: 'slower', usual: 800, lately: 1900 } as const

test('the officer is told what kind of device gets worse and how, without figures', () => {
  expect(wearingOf([{ device: 'reader', ...slower }], [{ id: 'reader', kind: 'card-reader' }])).toEqual([
    { device: 'reader', kind: 'card-reader', how: 'slower' },
  ])
})

test('a device that is no longer the station’s is not told of', () => {
  expect(wearingOf([{ device: 'old', ...slower }], [{ id: 'reader', kind: 'card-reader' }])).toEqual([])
})
