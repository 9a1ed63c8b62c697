import type { Role } from '#contract/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpStation, type Station } from '../../support/desk.ts'
import { inventedPng } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

describe('a picture of the dossier', () => {
  test('is shown to the officer, and to the citizen only the portrait, and only beside the page that is confirmed and signed', async () => {
    const desk = await station.sitDown({}, 'check')
    const { portrait, documents } = desk.view().state
    const document = documents[0]?.picture.name ?? ''
    const own = portrait?.name ?? ''
    const sees = async (role: Role, name: string) => (await desk.core.picture(role, name))?.bytes.length
    expect(await desk.core.picture('officer', own)).toEqual({
      bytes: Buffer.from(inventedPng(2, 480, 640)),
      mediaType: 'image/png',
    })
    expect(await sees('officer', document)).toBe(inventedPng(1, 640, 480).length)
    expect([await sees('citizen', own), await sees('citizen', document), await sees('technician', own)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])

    const portraitAlone = async () =>
      expect([await sees('citizen', own), await sees('citizen', document), await sees('technician', own)]).toEqual([
        portrait?.size,
        undefined,
        undefined,
      ])
    await desk.carryOn((view) => Object.keys(view?.state.answers ?? {}).length === 9)
    expect(await desk.ask('citizenView', {})).toMatchObject({ scene: 'page', portrait: { name: own } })
    await portraitAlone()
    await desk.carryOn((view) => view?.state.pageConfirmed !== undefined)
    expect(await desk.ask('citizenView', {})).toMatchObject({ scene: 'sign', portrait: { name: own } })
    await portraitAlone()

    await desk.carryOn()
    expect(await sees('citizen', own)).toBeUndefined()
  })

  test.each(['', 'ff', '..', '../store.db', 'a/b', '__proto__', 'f'.repeat(64), `${'f'.repeat(64)}/../store`])(
    'is not to be had by the name "%s"',
    async (name) => {
      const desk = await station.sitDown({}, 'mrz')
      for (const role of ['officer', 'citizen', 'technician'] as const)
        expect(await desk.core.picture(role, name)).toBeUndefined()
    },
  )

  test('is not to be had before the station is open', async () => {
    const desk = await station.sitDown({}, 'fingers')
    const name = desk.view().state.portrait?.name ?? ''
    desk.core.stop()
    expect(await desk.core.picture('officer', name)).toBeUndefined()
  })
})

describe('the live picture of the scanner', () => {
  const frame = {
    attempt: 'attempt-1',
    number: 3,
    png: inventedPng(5),
    width: 64,
    height: 48,
    fingers: [],
    missing: [],
  }

  test('is told to the officer without its bytes, and given to the officer alone, while it is among the newest', async () => {
    const desk = await station.sitDown({}, 'fingers')
    desk.host.emit('fingerPreview', frame)
    expect(desk.last('fingerPreview')).toEqual({
      attempt: 'attempt-1',
      number: 3,
      width: 64,
      height: 48,
      fingers: [],
      missing: [],
    })
    expect(await desk.core.picture('officer', 'attempt-1/3.png')).toEqual({ bytes: frame.png, mediaType: 'image/png' })
    expect(await desk.core.picture('citizen', 'attempt-1/3.png')).toBeUndefined()
    expect(await desk.core.picture('technician', 'attempt-1/3.png')).toBeUndefined()
    desk.host.emit('fingerPreview', { ...frame, number: 4 })
    expect(await desk.core.picture('officer', 'attempt-1/3.png')).toBeDefined()
    for (let number = 5; number < 140; number++) desk.host.emit('fingerPreview', { ...frame, number })
    expect(await desk.core.picture('officer', 'attempt-1/3.png')).toBeUndefined()
  })
})
