import { AppError } from '#domain/failure/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpStation, type Station } from '../../support/desk.ts'
import { inventedFindings } from '../../support/instant-host.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'
import { badPictures } from '../../support/pictures.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

const whole = inventedPng(41, 480, 640)
const bytesOf = async (desk: Awaited<ReturnType<Station['sitDown']>>, name: string | undefined) =>
  (await desk.core.picture('officer', name ?? ''))?.bytes

describe('a portrait', () => {
  test('is stored beside the whole picture as it was taken, with what was found on it', async () => {
    const desk = await station.sitDown({}, 'portrait')
    expect(await desk.codeOf('takePortrait', { picture: whole })).toBe('done')
    const shot = desk.view().state.portraits.at(-1)
    expect(shot).toMatchObject({ picture: { width: 350, height: 450 }, original: { width: 480, height: 640 } })
    expect(shot?.findings).toEqual(inventedFindings)
    expect(await bytesOf(desk, shot?.original?.name)).toEqual(Buffer.from(whole))
  })

  test('is the same after a restart, with its reason and the officer’s judgement', async () => {
    const answers = {
      'portrait.make': () => ({
        portrait: inventedPng(50, 350, 450),
        width: 350,
        height: 450,
        crop: { x: 0, y: 0, width: 350, height: 450, angle: 2 },
        exposure: 0.3,
        findings: [{ check: 'glasses' as const, value: 0.8 }],
      }),
    }
    const desk = await station.sitDown({ answers }, 'portrait')
    await desk.ask('takePortrait', { picture: whole })
    const name = desk.view().state.portrait?.name ?? ''
    await desk.ask('acceptPortrait', { name, because: '  kính   y tế ' })
    await desk.ask('judgePortrait', { name, same: 'unsure', likeness: 61 })
    const again = await station.restart(desk)
    expect(again.view().state.portraits).toMatchObject([
      { because: 'kính y tế', judged: { same: 'unsure', likeness: 61 }, findings: [{ check: 'glasses' }] },
    ])
  })

  test.each(['HOST_GONE', 'FACE_MISSING'] as const)(
    'that cannot be made (%s) is not in the dossier, and can be stored as it is',
    async (code) => {
      const answers = {
        'portrait.make': () => {
          throw new AppError(code, 'test')
        },
      }
      const desk = await station.sitDown({ answers }, 'portrait')
      expect(await desk.codeOf('takePortrait', { picture: whole })).toBe(code)
      expect(desk.view().state.portraits).toEqual([])
      expect(await desk.codeOf('addPortrait', { bytes: whole })).toBe('done')
      expect(desk.view().state.portraits).toMatchObject([{ picture: { width: 480 } }])
      expect(desk.view().state.portraits[0]).not.toHaveProperty('findings')
    },
  )

  test('of one citizen never becomes part of the next one’s dossier', async () => {
    const made = Promise.withResolvers<never>()
    const desk = await station.sitDown({ answers: { 'portrait.make': () => made.promise } }, 'portrait')
    const taking = desk.codeOf('takePortrait', { picture: whole })
    await desk.ask('abandonDossier', { reason: 'công dân xin về' })
    await desk.ask('openDossier', {})
    made.resolve({
      portrait: inventedPng(51, 350, 450),
      width: 350,
      height: 450,
      crop: { x: 0, y: 0, width: 350, height: 450, angle: 0 },
      exposure: 0,
      findings: [],
    } as never)
    expect(await taking).toBe('DOSSIER_MISSING')
    expect(desk.view().state.portraits).toEqual([])
  })

  test('is compared with the picture in the chip only when both are there', async () => {
    const desk = await station.sitDown({}, 'portrait')
    expect(await desk.codeOf('compareWithChip', {})).toBe('EVENT_NOT_ALLOWED')
    await desk.ask('takePortrait', { picture: whole })
    expect(await desk.ask('compareWithChip', {})).toEqual({ likeness: 82 })
  })

  test.each(badPictures)('that is $what never reaches the device process', async ({ bytes, code }) => {
    const asked: string[] = []
    const refuse = (name: string) => () => {
      asked.push(name)
      throw new AppError('INTERNAL', 'test')
    }
    const desk = await station.sitDown(
      { answers: { 'portrait.make': refuse('portrait'), 'page.make': refuse('page') } },
      'portrait',
    )
    expect(await desk.codeOf('takePortrait', { picture: bytes() })).toBe(code)
    const page = { kind: 'other', colour: 'colour', turn: 0 } as const
    expect(await desk.codeOf('takePage', { picture: bytes(), ...page })).toBe(code)
    expect(asked).toEqual([])
  })
})

describe('a page', () => {
  const page = { picture: whole, kind: 'birth-certificate', colour: 'grey', turn: 90, page: 2 } as const

  test('is stored once without loss and once as a compact view', async () => {
    const desk = await station.sitDown({}, 'documents')
    await desk.ask('takePage', page)
    expect(desk.view().state.documents).toMatchObject([
      {
        kind: 'birth-certificate',
        colour: 'grey',
        turn: 90,
        page: 2,
        picture: { width: 480 },
        original: { width: 640, mediaType: 'image/png' },
      },
    ])
    expect(await bytesOf(desk, desk.view().state.documents[0]?.original?.name)).toEqual(
      Buffer.from(inventedPng(22, 640, 480)),
    )
  })

  test('is read as it was taken for codes and flat for text, and changes nothing by being read', async () => {
    const read: { wanted: string; picture: Uint8Array }[] = []
    const answers = {
      'page.read': (input: { picture: Uint8Array; wanted: 'codes' | 'mrz' | 'text' }) => {
        read.push(input)
        return { codes: [], mrz: loThiMau.mrz, texts: [] }
      },
    }
    const desk = await station.sitDown({ answers }, 'documents')
    await desk.ask('takePage', page)
    const before = desk.view().state
    const name = before.documents[0]?.picture.name ?? ''
    for (const wanted of ['codes', 'mrz', 'text'] as const) await desk.ask('readPage', { name, wanted })
    expect(read.map(({ wanted, picture }) => [wanted, picture.length])).toEqual([
      ['codes', inventedPng(22, 640, 480).length],
      ['mrz', inventedPng(23, 480, 360).length],
      ['text', inventedPng(23, 480, 360).length],
    ])
    expect(desk.view().state).toEqual(before)
    expect(await desk.codeOf('readPage', { name: 'ab', wanted: 'mrz' })).toBe('EVENT_NOT_ALLOWED')
  })

  test('that cannot be made is stored as it is, with its place in the paper', async () => {
    const answers = {
      'page.make': () => {
        throw new AppError('HOST_GONE', 'test')
      },
    }
    const desk = await station.sitDown({ answers }, 'documents')
    expect(await desk.codeOf('takePage', page)).toBe('HOST_GONE')
    await desk.ask('addDocument', { kind: 'birth-certificate', page: 2, bytes: whole })
    expect(desk.view().state.documents).toMatchObject([{ kind: 'birth-certificate', page: 2, picture: { width: 480 } }])
  })
})

test('the dossier with portraits and pages is sealed by its schema', async () => {
  const desk = await station.sitDown({}, 'portrait')
  await desk.ask('takePage', { picture: whole, kind: 'guardianship', colour: 'colour', turn: 0, page: 1 })
  await desk.ask('takePortrait', { picture: whole })
  await desk.carryOn((view) => view?.state.status === 'sealed')
  expect(desk.view().state.status).toBe('sealed')
})

test('the camera chosen for a role is remembered through a restart, for each role its own', async () => {
  const desk = await station.sitDown({})
  expect(await desk.ask('cameraChoice', { role: 'portrait-camera' })).toBeNull()
  await desk.ask('rememberCamera', { role: 'portrait-camera', id: 'k1', label: 'Máy mẫu' })
  const again = await station.restart(desk)
  expect(await again.ask('cameraChoice', { role: 'portrait-camera' })).toEqual({ id: 'k1', label: 'Máy mẫu' })
  expect(await again.ask('cameraChoice', { role: 'document-camera' })).toBeNull()
})

test('the lamp is that of the document camera, and its absence is said', async () => {
  const lit: unknown[] = []
  const desk = await station.sitDown({
    answers: {
      'camera.lamp': (input) => {
        lit.push(input)
        return {}
      },
    },
  })
  expect(await desk.codeOf('setLamp', { brightness: 0.5 })).toBe('DEVICE_ABSENT')
  desk.host.emit('deviceChanged', {
    id: 'papers',
    kind: 'document-camera',
    driver: 'hid-button',
    transport: 'hid',
    address: 'x',
    state: 'ready',
    since: '2026-11-21T08:00:00.000Z',
  })
  expect(await desk.codeOf('setLamp', { brightness: 0.5 })).toBe('done')
  expect(lit).toEqual([{ device: 'papers', brightness: 0.5 }])
})
