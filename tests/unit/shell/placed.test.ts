import type { Display } from 'electron'
import { expect, test, vi } from 'vitest'
import { displayRegistry } from '../../../electron/shell/displays.ts'
import { placedDisplays } from '../../../electron/shell/placed.ts'
import { systemPrinters } from '../../../electron/shell/printers.ts'

const display = (id: number, label: string, x: number, more: Partial<Display> = {}): Display =>
  ({
    id,
    label,
    bounds: { x, y: 0, width: 1280, height: 720 },
    size: { width: 1280, height: 720 },
    scaleFactor: 1.5,
    internal: id === 1,
    touchSupport: 'available',
    ...more,
  }) as Display

test('displays are told with place and scale, and the citizen’s also when it is not there', () => {
  const registry = displayRegistry([])
  const both = registry.recognise([display(1, 'eDP-1', 0), display(2, 'TD1655', 1280)])
  const [officer, citizen] = both.map(({ key }) => key)
  const all = placedDisplays(both, registry, citizen, officer)
  expect(all.map(({ use, is }) => [use, is])).toEqual([
    ['officer', 'there'],
    ['citizen', 'there'],
  ])
  expect(all[1]).toMatchObject({ label: 'TD1655', x: 1280, scale: 1.5, touch: 'yes', internal: false })

  const left = registry.recognise([display(1, 'eDP-1', 0)])
  expect(placedDisplays(left, registry, citizen, officer)).toMatchObject([
    { use: 'officer', is: 'there', internal: true },
    { key: citizen, label: 'TD1655', use: 'citizen', is: 'missing', width: 1920, height: 1080 },
  ])
  expect(placedDisplays(left, registry, null, officer)).toHaveLength(1)
  expect(placedDisplays(left, registry, 'never seen', officer)).toHaveLength(1)
})

type Window = NonNullable<ReturnType<Parameters<typeof systemPrinters>[0]>>
type Print = (options: unknown, done: (taken: boolean, why: string) => void) => void
const windowThat = (print: Print, gone = false): Window =>
  ({
    isDestroyed: () => gone,
    webContents: {
      getPrintersAsync: async () => [
        { name: 'HP_M15w', displayName: 'HP M15w', description: '', options: { 'printer-is-default': 'true' } },
        { name: 'LBP2900', displayName: '', description: '', options: {} },
      ],
      print,
    },
  }) as unknown as Window

test("printers are asked for by any window, and only the technician's is printed, without a dialog", async () => {
  const printed: unknown[] = []
  const officer = windowThat(() => expect.unreachable('the officer’s window is not for paper'))
  const technician = windowThat((options, done) => {
    printed.push(options)
    done(printed.length === 1, 'failed')
  })
  const printers = systemPrinters(
    () => officer,
    () => technician,
  )
  expect(await printers.list()).toEqual([
    { name: 'HP_M15w', label: 'HP M15w', usual: true },
    { name: 'LBP2900', label: 'LBP2900', usual: false },
  ])
  expect([await printers.printTestPage('HP_M15w'), await printers.printTestPage('HP_M15w')]).toEqual([true, false])
  expect(printed[0]).toMatchObject({ silent: true, deviceName: 'HP_M15w', pageSize: 'A4' })
})

test('without a window nothing is printed, and a system that never answers has not taken the page', async () => {
  const gone = windowThat(() => expect.unreachable('a window that is gone'), true)
  const none = systemPrinters(
    () => gone,
    () => gone,
  )
  expect([await none.list(), await none.printTestPage('HP_M15w')]).toEqual([[], false])

  vi.useFakeTimers()
  try {
    const silent = windowThat(() => {})
    const taken = systemPrinters(
      () => undefined,
      () => silent,
    ).printTestPage('HP_M15w')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await taken).toBe(false)
  } finally {
    vi.useRealTimers()
  }
})
