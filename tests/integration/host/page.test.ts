import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jpeg from 'jpeg-js'
import { afterAll, describe, expect, it } from 'vitest'
import type { HostMessage, HostRequest } from '#native/capability/host.ts'
import { systemClock } from '../../../native/host/clock.ts'
import { pagesInWorkers, type Pages } from '../../../native/host/pictures/page.ts'
import { startHost } from '../../../native/host/start-host.ts'
import {
  drawCardBack,
  drawForm,
  inventedZone,
  photograph,
  photographTable,
  writtenOnForm,
} from '#native/sim/papers/index.ts'

const never = new AbortController().signal
const pages = pagesInWorkers(systemClock)
afterAll(() => pages.close())

function jpegOf({ width, height, data }: { width: number; height: number; data: Uint8Array }): Uint8Array {
  return new Uint8Array(jpeg.encode({ width, height, data }, 90).data)
}

const table = jpegOf(photographTable({ seed: 2, width: 640, height: 480, table: 'dark' }))
const form = jpegOf(
  photograph(drawForm({ pixelsPerMm: 7 }), {
    seed: 5,
    width: 1600,
    height: 1200,
    fill: 0.93,
    turn: 4,
    tilt: 6,
    noise: 2,
    blur: 0.4,
    shadow: 0.2,
    table: 'wood',
  }),
)

describe('pages in threads of the device host', () => {
  it('suggests the numbers, the date and the name on a form, with boxes on the picture that was given', async () => {
    const { texts, codes, mrz } = await pages.run('page.read', { picture: form, wanted: 'text' }, never)
    const told = (kind: string) => texts.filter((text) => text.kind === kind).map(({ text }) => text)
    expect(told('number')).toEqual([writtenOnForm.number, writtenOnForm.oldNumber])
    expect(told('date')).toEqual([writtenOnForm.birthDate])
    expect(told('name')).toEqual([writtenOnForm.name])
    expect({ codes, mrz }).toEqual({ codes: [], mrz: undefined })
    const { corners } = await pages.run('page.look', { frame: form }, never)
    const [left, right] = [corners![0].x, corners![1].x]
    for (const { box, confidence } of texts) {
      expect(confidence).toBeGreaterThan(30)
      expect(box.x).toBeGreaterThan(left - 60)
      expect(box.x + box.width).toBeLessThan(right + 60)
    }
  })

  it('live frames are answered while text is read and a page is made', async () => {
    const done: string[] = []
    const note = (what: string) => () => void done.push(what)
    await Promise.all([
      pages.run('page.read', { picture: form, wanted: 'text' }, never).then(note('text')),
      pages.run('page.make', { picture: table, colour: 'grey', turn: 0 }, never).then(note('made')),
      pages.run('page.look', { frame: table }, never).then(note('looked')),
    ])
    expect(done[0]).toBe('looked')
    // The recogniser has a thread of its own: a small page that was asked for later is ready first.
    expect(done.indexOf('made')).toBeLessThan(done.indexOf('text'))
  })

  it('a cancelled call is over at once and the next one is answered', async () => {
    const attempt = new AbortController()
    const read = pages.run('page.read', { picture: form, wanted: 'text' }, attempt.signal)
    attempt.abort()
    await expect(read).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(pages.run('page.look', { frame: table }, attempt.signal)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect((await pages.run('page.read', { picture: table, wanted: 'codes' }, never)).codes).toEqual([])
  })

  it('a file that is no picture is refused by every call, by name', async () => {
    const pdf = new TextEncoder().encode('%PDF-1.7 and so on, for as long as a header may be')
    const refused = { code: 'IMAGE_UNREADABLE' }
    await expect(pages.run('page.look', { frame: pdf }, never)).rejects.toMatchObject({ ...refused, step: 'page.look' })
    const make = pages.run('page.make', { picture: pdf, colour: 'grey', turn: 0 }, never)
    await expect(make).rejects.toMatchObject({ ...refused, step: 'page.make' })
    const read = pages.run('page.read', { picture: pdf, wanted: 'text' }, never)
    await expect(read).rejects.toMatchObject({ ...refused, step: 'page.read' })
  })
})

it('a thread that dies fails its calls and is started anew by the next', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'quay-page-'))
  const entry = join(dir, 'dying.mjs')
  // Dies of the first task; the second finds a thread that answers.
  await writeFile(
    entry,
    `import { parentPort } from 'node:worker_threads'
     import { existsSync, writeFileSync } from 'node:fs'
     const mark = ${JSON.stringify(join(dir, 'died'))}
     parentPort.on('message', ({ id }) => {
       if (existsSync(mark)) return parentPort.postMessage({ id, result: { ok: true, value: 'alive' } })
       writeFileSync(mark, '')
       throw new Error('gone')
     })`,
  )
  const frail: Pages = pagesInWorkers(systemClock, entry)
  await expect(frail.run('page.look', { frame: table }, never)).rejects.toMatchObject({ code: 'INTERNAL' })
  expect(await readdir(dir)).toContain('died')
  expect(await frail.run('page.look', { frame: table }, never)).toBe('alive')
  await frail.close()
  await rm(dir, { recursive: true })
})

it('a thread that never answers is thrown away when its time is over', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'quay-page-'))
  const entry = join(dir, 'mute.mjs')
  await writeFile(entry, `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => {})`)
  const waits: number[] = []
  const mute = pagesInWorkers(
    {
      now: () => new Date(0),
      after(ms, call) {
        waits.push(ms)
        const soon = setImmediate(call)
        return () => clearImmediate(soon)
      },
    },
    entry,
  )
  await expect(mute.run('page.make', { picture: table, colour: 'grey', turn: 0 }, never)).rejects.toMatchObject({
    code: 'INTERNAL',
  })
  expect(waits).toEqual([60_000])
  await mute.close()
  await rm(dir, { recursive: true })
})

it('the device host answers the calls for pages on its port', async () => {
  const zone = inventedZone(9)
  const card = jpegOf(
    photograph(drawCardBack(zone, { pixelsPerMm: 12 }), { seed: 4, width: 1100, height: 825, fill: 0.85 }),
  )
  let deliver: (message: HostRequest) => void = () => {}
  const answered = Promise.withResolvers<HostMessage>()
  const host = startHost({
    port: {
      send: (message) => {
        if (message.type === 'reply') answered.resolve(message)
      },
      onMessage: (listener) => {
        deliver = listener
      },
    },
    transports: {},
    analysis: { close: async () => {} } as never,
    portraits: { close: async () => {} } as never,
    pages,
  })
  deliver({ type: 'call', id: 7, name: 'page.read', input: { picture: card, wanted: 'mrz' } })
  expect(await answered.promise).toEqual({ type: 'reply', id: 7, ok: true, value: { codes: [], texts: [], mrz: zone } })
  await host.stop()
})
