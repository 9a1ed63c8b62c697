import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import type { EventData } from '#contract/index.ts'
import { partDiagnostics, type PartDiagnostics, type Printers } from '#core/diagnostics/parts/index.ts'
import type { Screens } from '#core/screens/index.ts'
import { crossesOf, type CheckReport } from '#domain/diagnosis/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'qcc-parts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Placed = ReturnType<NonNullable<Screens['placed']>>
const display = (key: string, use: Placed[number]['use'], more: Partial<Placed[number]> = {}): Placed[number] => ({
  key,
  label: key,
  is: 'there',
  width: 1280,
  height: 800,
  x: use === 'citizen' ? 1366 : 0,
  y: 0,
  scale: 1,
  internal: false,
  touch: 'unknown',
  use,
  ...more,
})
const usual = [display('laptop', 'officer'), display('hall', 'citizen')]

/** A citizen's page that draws at once, a person who answers when told to, and a clock that stands still. */
function setUp({ printers, draws = true }: { readonly printers?: Printers; readonly draws?: boolean } = {}) {
  const world = { displays: usual as Placed, atDesk: false, minute: 0 }
  const kept: CheckReport[] = []
  const asked: EventData<'partQuestion'>[] = []
  const timers = new Set<() => void>()
  const bind = vi.fn<(key: string) => void>()
  const parts: PartDiagnostics = partDiagnostics({
    folder,
    clock: () => new Date(Date.UTC(2026, 10, 12, 3, world.minute)),
    screens: { placed: () => world.displays, bind },
    printers,
    keystore: 'none',
    citizenAtDesk: () => world.atDesk,
    notify: (name, data) => {
      if (name === 'partQuestion') asked.push(data as EventData<'partQuestion'>)
    },
    keep: async (report) => void kept.push(report),
    onScene: () => {
      const scene = parts.scene()
      if (scene && draws)
        queueMicrotask(
          () => void parts.handlers.reportTestDrawn({ number: scene.number, width: 1280, height: 800, scale: 1 }),
        )
    },
    timer: {
      after: (_ms, call) => {
        timers.add(call)
        return () => void timers.delete(call)
      },
    },
  })
  const question = async (ask: string, place = 1) =>
    vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ ask, place }), { interval: 1 })
  const say = (answer: Parameters<typeof parts.handlers.answerPart>[0]['answer']) =>
    void parts.handlers.answerPart({ answer })
  return {
    parts,
    world,
    kept,
    asked,
    bind,
    question,
    say,
    /** All that is waited for has taken too long. */
    timeOut: () => {
      for (const call of timers) call()
    },
    waits: () => timers.size > 0,
    begin: () => Promise.resolve(parts.handlers.checkPart({ part: 'citizen-screen' })),
    async upTo(ask: 'colour' | 'cross') {
      for (const each of ['picture', 'edges'] as const) {
        await question(each)
        say('yes')
      }
      for (let place = 1; ask === 'cross' && place <= 5; place++) {
        await question('colour', place)
        say('yes')
      }
      await question(ask)
    },
  }
}

test("a touch beside its cross is measured, one of the last picture is none, and the citizen's screen is given back", async () => {
  const { parts, upTo, begin, question, kept, say } = setUp()
  const report = begin()
  await upTo('cross')
  const crosses = crossesOf(1280, 800)
  for (const [at, cross] of crosses.entries()) {
    await question('cross', at + 1)
    const number = parts.scene()?.number ?? 0
    expect(parts.scene()).toMatchObject({ picture: 'cross', cross: at })
    void parts.handlers.reportTestTouch({ number: number - 1, x: 0, y: 0 })
    if (at === 4) say('no')
    else void parts.handlers.reportTestTouch({ number, x: cross.x + 3 * at, y: cross.y + 4 * at })
  }
  expect(await report).toMatchObject({
    subject: 'citizen-screen',
    verdict: 'limits',
    found: [{ cause: 'touch-missing' }],
    figures: { crossesAsked: 5, crossesTouched: 4, touchMedianPx: 10, touchWorstPx: 15 },
  })
  expect(kept).toHaveLength(1)
  expect(parts.scene()).toBeUndefined()
})

test('a page that draws nothing, and a cross that nobody touches, are found by waiting', async () => {
  const silent = setUp({ draws: false })
  const nothing = silent.begin()
  await vi.waitFor(() => expect(silent.waits()).toBe(true))
  silent.timeOut()
  expect(await nothing).toMatchObject({ verdict: 'fails', found: [{ cause: 'window-missing' }] })

  const { upTo, begin, question, timeOut, waits } = setUp()
  const report = begin()
  await upTo('cross')
  for (let place = 1; place <= 5; place++) {
    await question('cross', place)
    await vi.waitFor(() => expect(waits()).toBe(true))
    timeOut()
  }
  expect(await report).toMatchObject({ found: [{ cause: 'touch-missing' }], figures: { crossesTouched: 0 } })
})

test('a question that nobody answers ends the test, and nothing is kept of it', async () => {
  const { begin, question, timeOut, kept, parts } = setUp()
  const report = begin()
  const refused = expect(report).rejects.toMatchObject({ code: 'CANCELLED' })
  await question('picture')
  timeOut()
  await refused
  expect(kept).toEqual([])
  expect(parts.scene()).toBeUndefined()
})

test('one test at a time; it is stopped by the person, and by a dossier that is opened', async () => {
  const { begin, question, parts, world } = setUp()
  const first = expect(begin()).rejects.toMatchObject({ code: 'CANCELLED' })
  await question('picture')
  await expect(begin()).rejects.toMatchObject({ code: 'DEVICE_BUSY' })
  void parts.handlers.stopPart({})
  await first

  const second = expect(begin()).rejects.toMatchObject({ code: 'CITIZEN_AT_DESK' })
  await question('picture')
  world.atDesk = true
  parts.deskChanged()
  await second
  await expect(begin()).rejects.toMatchObject({ code: 'CITIZEN_AT_DESK' })
  expect(() => parts.handlers.chooseDisplay({ key: 'hall' })).toThrow('CITIZEN_AT_DESK')
})

test('a display that goes in the middle of the test is what was found; another change is not', async () => {
  const { begin, upTo, parts, world, asked } = setUp()
  const report = begin()
  await upTo('colour')
  world.displays = [...usual, display('third', 'none', { x: 4000 })]
  parts.displaysChanged()
  expect(asked.at(-1)).toMatchObject({ ask: 'colour' })
  world.displays = [display('laptop', 'officer'), display('hall', 'citizen', { is: 'missing' })]
  parts.displaysChanged()
  expect(await report).toMatchObject({ verdict: 'fails', found: [{ cause: 'not-plugged-in' }] })
})

test('what is there is there since it came, also when it went meanwhile', async () => {
  const { parts, world } = setUp()
  const since = async (key: string) =>
    (await parts.handlers.parts({})).displays.find((each) => each.key === key)?.since.slice(11, 16)
  expect(await since('hall')).toBe('03:00')
  world.minute = 5
  world.displays = [display('laptop', 'officer'), display('hall', 'citizen', { is: 'missing' })]
  expect([await since('laptop'), await since('hall')]).toEqual(['03:00', '03:05'])
  world.minute = 9
  world.displays = usual
  expect([await since('laptop'), await since('hall')]).toEqual(['03:00', '03:09'])
})

test('the usual printer is tested unless one is named; one that refuses keeps its error until it prints', async () => {
  let works = false
  const printed: string[] = []
  const printers: Printers = {
    list: async () => [
      { name: 'old', label: 'Old', usual: false },
      { name: 'new', label: 'New', usual: true },
    ],
    printTestPage: async (name) => {
      printed.push(name)
      return works
    },
  }
  const { parts, question, say } = setUp({ printers })
  const check = (printer?: string) =>
    Promise.resolve(parts.handlers.checkPart({ part: 'printer', ...(printer !== undefined && { printer }) }))
  const errors = async () => (await parts.handlers.parts({})).printers?.map(({ lastError }) => lastError)
  expect(await check()).toMatchObject({ verdict: 'fails', found: [{ cause: 'print-refused' }] })
  expect(await errors()).toEqual([undefined, 'print-refused'])
  works = true
  const again = check('new')
  await question('print')
  say('right')
  expect(await again).toMatchObject({ verdict: 'works', figures: { printers: 2, printTaken: 1, pageCame: 1 } })
  expect(await errors()).toEqual([undefined, undefined])
  expect(await check('gone')).toMatchObject({ found: [{ cause: 'no-printer' }] })
  expect(printed).toEqual(['new', 'new'])
})

test('a system without printers is told from one that cannot be asked', async () => {
  const none = setUp({ printers: { list: async () => [], printTestPage: async () => false } })
  expect((await none.parts.handlers.parts({})).printers).toEqual([])
  expect(await none.parts.handlers.checkPart({ part: 'printer' })).toMatchObject({ found: [{ cause: 'no-printer' }] })
  expect((await setUp().parts.handlers.parts({})).printers).toBeUndefined()
})
