import { displayRegistry } from '#electron/shell/displays.ts'
import type { Display } from 'electron'
import { expect, test } from 'vitest'
import { fakeDisplay, type FakeDisplay } from '../../support/fake-electron.ts'
import { moved } from './desk-windows.ts'

const laptop = fakeDisplay(10, 0, { internal: true, label: 'Panel', width: 1366, height: 768 })
const hall = fakeDisplay(20, 1366, { label: 'DELL P2419H' })
const other = fakeDisplay(30, 2390, { label: 'AOC 24B2', width: 1920, height: 1080 })

function registry(remembered: Parameters<typeof displayRegistry>[0] = []) {
  const own = displayRegistry(remembered)
  return {
    ...own,
    keys: (...displays: FakeDisplay[]) =>
      own.recognise(displays as unknown as readonly Display[]).map(({ key }) => key),
    unplug: (display: FakeDisplay) => own.unplugged(display as unknown as Display),
  }
}
const remembered = (display: FakeDisplay) => {
  const { keys, marksOf } = registry()
  const [key] = keys(display)
  return { key: key!, marks: marksOf(key!)! }
}

test('displays have keys of their own, the same in every run', () => {
  const first = registry().keys(laptop, hall, other)
  expect(new Set(first).size).toBe(3)
  expect(registry().keys(laptop, hall, other)).toEqual(first)
})

test('a key stays when the order changes, when another display is there, and after a gap', () => {
  const { keys } = registry()
  const [panel, screen] = keys(laptop, hall)
  expect(keys(hall, laptop)).toEqual([screen, panel])
  expect(keys(laptop)).toEqual([panel])
  expect(keys(other, moved(hall, 0), laptop).slice(1)).toEqual([screen, panel])
})

test('a key stays when the display gets another id, as on another connector, by its name and size', () => {
  const { keys } = registry()
  const [, screen] = keys(laptop, hall)
  keys(laptop)
  expect(keys(laptop, { ...hall, id: 77 })[1]).toBe(screen)
  expect(registry([remembered(hall)]).keys(laptop, { ...hall, id: 78 })[1]).toBe(screen)
})

test('a key stays when the display is turned, scaled or given another resolution', () => {
  const { keys } = registry()
  const [, screen] = keys(laptop, hall)
  const wide = { ...hall, size: { width: 1920, height: 1080 }, bounds: { ...hall.bounds, width: 1920, height: 1080 } }
  const upright = { ...hall, size: { width: 600, height: 1024 } }
  const scaled = { ...hall, size: { width: 512, height: 300 }, scaleFactor: 2 }
  for (const changed of [wide, upright, scaled]) expect(keys(laptop, changed)[1]).toBe(screen)
  expect(registry([remembered(hall)]).keys(laptop, { ...upright, id: 5 })[1]).toBe(screen)
  expect(registry([remembered(hall)]).keys(laptop, { ...scaled, id: 5 })[1]).toBe(screen)
})

test("a laptop's own panel is known whatever number and name the system gives it", () => {
  const { keys } = registry()
  const [panel] = keys(laptop, hall)
  expect(keys({ ...laptop, id: 99, label: '' }, hall)[0]).toBe(panel)
})

test.each([
  ['another name under the same number, as where displays are only counted', { ...hall, label: 'LG 22' }],
  ['another size and number under the same name', { ...hall, id: 9, size: { width: 800, height: 600 } }],
  ['no name and another number', { ...hall, id: 9, label: '' }],
  ['a panel of its own', { ...hall, internal: true }],
])('a display with %s is another one', (_title, display) => {
  const own = remembered(hall)
  expect(registry([own]).keys(display)).not.toContain(own.key)
})

test('without a name a display is known by number and size together', () => {
  const nameless = { ...hall, label: '' }
  const own = remembered(nameless)
  expect(registry([own]).keys(nameless)).toEqual([own.key])
  expect(registry([own]).keys({ ...nameless, size: { width: 800, height: 600 } })).not.toContain(own.key)
})

test('of two displays of the model of the one remembered, neither is taken for it', () => {
  const own = remembered(hall)
  const keys = registry([own]).keys({ ...hall, id: 41 }, { ...hall, id: 42 })
  expect(keys).not.toContain(own.key)
  expect(new Set(keys).size).toBe(2)
  expect(registry([own]).keys({ ...hall, id: 41 }, { ...hall, id: 20 })[1]).toBe(own.key)
})

test('twins that say the very same of themselves keep their keys as long as they stay', () => {
  const twin = moved(hall, 2390)
  const { keys, unplug } = registry()
  const [panel, left, right] = keys(laptop, hall, twin)
  expect(new Set([panel, left, right]).size).toBe(3)
  expect(keys(laptop, twin, hall)).toEqual([panel, right, left])
  unplug(hall)
  expect(keys(laptop, moved(twin, 1366))).toEqual([panel, right])
  expect(keys(laptop, moved(twin, 1366), moved(hall, 2390))).toEqual([panel, right, left])
})

test('of twins neither is taken for the one remembered', () => {
  const own = remembered(hall)
  expect(registry([own]).keys(hall, moved(hall, 2390))).not.toContain(own.key)
})
