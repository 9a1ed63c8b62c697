import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSealed, type OpenedDossier } from '#build/receiver/index.ts'
import type { CitizenView } from '#contract/index.ts'
import { officerView } from '#contract/views.ts'
import { rolledSteps, type CaptureStep } from '#domain/biometrics/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { usualCapture } from '../../support/instant-host.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

let station: Station
let desk: TestDesk & { readonly dataFolder: string }
let opened: OpenedDossier
let dossier: SealedContent

type Picture = {
  file: string
  sha256: string
  size: number
  mediaType: string
  width?: number
  height?: number
  used?: boolean
}
type SealedContent = {
  number: string
  day: string
  station: unknown
  person: Record<string, { value: string; source: string; differs: boolean; values: Record<string, string> }>
  answers: Record<string, { value: string; answer: string; by: string }>
  chip: { portrait: Picture; trust: string }
  qr: unknown
  mrz: readonly string[]
  documents: { kind: string; picture: Picture }[]
  portraits: Picture[]
  fingers: {
    step: CaptureStep
    fgp: number
    impression: string
    tries: {
      dpi: number
      slap: Picture
      fingers: { position: string; fgp: number; quality: number; best: boolean; print: Picture }[]
    }[]
  }[]
  signature: { picture: Picture; strokes: Picture }
  devices: unknown
  events: { count: number }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const sealedFile = () => join(desk.dataFolder, 'station', 'sealed', `${dossier.number}.p7m`)

beforeAll(async () => {
  station = await setUpStation()
  desk = await station.sitDown()
  await desk.carryOn()
  const sealed = join(desk.dataFolder, 'station', 'sealed')
  const [file = ''] = readdirSync(sealed)
  opened = openSealed({
    file: join(sealed, file),
    key: station.receiver.key,
    certificate: station.receiver.certificate,
    outFolder: join(station.folder, 'opened'),
  })
  dossier = JSON.parse(readFileSync(join(opened.contentFolder, 'dossier.json'), 'utf8')) as SealedContent
})
afterAll(() => station.close())

describe('a routine visit ends in one sealed file, which the receiving centre opens with its own tools, and', () => {
  test('it carries the number of the dossier, of this station and this day', () => {
    expect(opened.number).toMatch(/^SL-0312-\d{6}$/u)
    expect(dossier).toMatchObject({ number: opened.number, station: { code: 'SL-0312', name: 'Công an xã Mẫu' } })
    expect(opened.station.subject).toContain('SL-0312')
    expect(readdirSync(join(desk.dataFolder, 'station', 'sealed'))).toEqual([`${opened.number}.p7m`])
  })

  test('names, numbers and dates are those that were given, each with its source', () => {
    const { mrz: _, qr: __, issued: ___, expires: ____, ...details } = loThiMau
    const values = Object.fromEntries(Object.entries(dossier.person).map(([field, { value }]) => [field, value]))
    expect(values).toEqual({ ...details, residence: 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La' })
    expect(dossier.person['fullName']).toMatchObject({ source: 'chip', differs: false })
    expect(dossier.person['residence']).toEqual({
      value: 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La',
      source: 'qr',
      differs: true,
      values: { chip: loThiMau.residence, qr: 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La' },
    })
    expect(dossier.mrz).toEqual(loThiMau.mrz)
    expect(dossier.qr).toMatchObject({ oldNumber: '050000123', issued: loThiMau.issued })
  })

  test('the citizen answered for each of these values', () => {
    expect(Object.keys(dossier.answers).toSorted()).toEqual(Object.keys(dossier.person).toSorted())
    for (const [field, answer] of Object.entries(dossier.answers)) {
      expect(answer).toEqual({ value: dossier.person[field]?.value, answer: 'right', by: 'citizen' })
    }
  })

  test('every picture is, byte for byte, the one that was handed in', () => {
    const holds = ({ file, sha256: said, size }: Picture, bytes: Uint8Array) => {
      const content = readFileSync(join(opened.contentFolder, file))
      expect([said, size, sha256(content)]).toEqual([sha256(bytes), bytes.length, sha256(bytes)])
    }
    expect(dossier.documents.map(({ kind }) => kind)).toEqual(['old-card-front'])
    holds(dossier.documents[0]?.picture as Picture, inventedPng(1, 640, 480))
    expect(dossier.portraits).toMatchObject([{ used: true, mediaType: 'image/png', width: 480, height: 640 }])
    holds(dossier.portraits[0] as Picture, inventedPng(2, 480, 640))
    holds(dossier.signature.picture, inventedPng(3, 600, 200))
    holds(dossier.chip.portrait, inventedPng(99))
  })

  test('all ten fingers are there, in their places, each with its picture and quality', () => {
    expect(dossier.fingers.map(({ step, fgp }) => [step, fgp])).toEqual([
      ['right-four', 13],
      ['left-four', 14],
      ['two-thumbs', 15],
      ...rolledSteps.map((step, at) => [step, at + 1]),
    ])
    for (const impression of ['flat', 'rolled']) {
      const positions = dossier.fingers
        .filter((each) => each.impression === impression)
        .flatMap(({ tries }) => tries.flatMap(({ fingers }) => fingers.map(({ fgp }) => fgp)))
      expect(positions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }
    for (const { step, tries } of dossier.fingers) {
      const taken = usualCapture(step)
      expect(tries).toHaveLength(1)
      expect(tries[0]).toMatchObject({ dpi: 500, slap: { sha256: sha256(taken.png), width: 320, height: 300 } })
      expect(tries[0]?.fingers).toMatchObject(
        taken.fingers.map(({ position, quality, png, template }) => ({
          position,
          quality,
          best: true,
          print: { sha256: sha256(png), width: 60, height: 90 },
          template: { sha256: sha256(template), mediaType: 'application/vnd.iso.19794-2' },
        })),
      )
    }
  })

  test('the strokes of the signature are those of the pad', () => {
    const strokes: unknown = JSON.parse(
      readFileSync(join(opened.contentFolder, dossier.signature.strokes.file), 'utf8'),
    )
    expect(strokes).toEqual({
      width: 600,
      height: 200,
      strokes: [
        [
          { x: 1, y: 2, t: 0, pressure: 0.5 },
          { x: 30, y: 20, t: 40, pressure: 0.6 },
        ],
      ],
    })
  })

  test('every event of the visit is in it, up to the request to seal', () => {
    const types = readFileSync(join(opened.contentFolder, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: { type: string } }).event.type)
    expect(types).toHaveLength(opened.events)
    expect([types[0], types.at(-1)]).toEqual(['opened', 'sealRequested'])
    expect(types.filter((type) => type === 'answered')).toHaveLength(Object.keys(dossier.person).length)
    expect(types.filter((type) => type === 'fingersTaken')).toHaveLength(13)
    expect(types.filter((type) => type === 'fingersCompared')).toHaveLength(13)
  })

  test('the devices that took part are named, and none is said to be real that is not', () => {
    expect(dossier.devices).toEqual([
      { kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', simulated: false },
      { kind: 'fingerprint-scanner', driver: 'hid-image', transport: 'hid', simulated: false },
    ])
  })
})

describe('during the visit', () => {
  const citizenSaw = () =>
    desk.told.filter(({ name }) => name === 'citizenChanged').map(({ data }) => data as CitizenView)

  test('the citizen saw one thought after the other, each detail once, and an empty page at the end', () => {
    const scenes = citizenSaw().map(({ scene }) => scene)
    expect(scenes.filter((scene, at) => scene !== scenes[at - 1])).toEqual([
      'greeting',
      'wait',
      'portrait',
      'fingers',
      'check',
      'page',
      'sign',
      'wait',
      'thanks',
      'idle',
    ])
    const asked = citizenSaw().flatMap((view) => (view.scene === 'check' ? [view.detail.field] : []))
    expect(asked).toEqual(Object.keys(dossier.person))
  })

  test('no page of the citizen named the dossier, the old number or the path of a device', () => {
    const pages = JSON.stringify(citizenSaw())
    for (const secret of [dossier.number, '050000123', '/dev/invented', 'gempc', 'chip', 'declared'])
      expect(pages).not.toContain(secret)
  })

  test('every view that the officer was shown is of the shape that the contract promises', () => {
    const views = desk.told.filter(({ name }) => name === 'dossierChanged')
    expect(views.length).toBeGreaterThan(30)
    for (const { data } of views) expect(officerView.nullable().safeParse(data).error).toBeUndefined()
  })
})

describe('after the visit', () => {
  test('the desk is free, the dossier is listed as closed and waits for export', async () => {
    expect(await desk.ask('currentDossier', {})).toBeNull()
    expect(await desk.ask('listDossiers', {})).toMatchObject([{ number: dossier.number, status: 'closed' }])
    expect(await desk.ask('surroundings', {})).toMatchObject({ waiting: 1 })
  })

  test('the sealed file is exported once, whole, and no longer waits', async () => {
    const folder = join(station.folder, 'usb')
    mkdirSync(folder)
    expect(await desk.ask('exportSealed', { folder })).toEqual({ written: 1, already: 0, damaged: 0 })
    const copy = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.p7m')) ?? ''
    expect(sha256(readFileSync(join(folder, copy)))).toBe(sha256(readFileSync(sealedFile())))
    expect(desk.last('surroundingsChanged')).toMatchObject({ waiting: 0 })
    expect(await desk.ask('exportSealed', { folder })).toEqual({ written: 0, already: 0, damaged: 0 })
  })

  test('a closed dossier cannot be taken up again, and the next citizen gets the next number', async () => {
    const [row] = await desk.ask('listDossiers', {})
    expect(await desk.codeOf('resumeDossier', { id: row?.id ?? '' })).toBe('EVENT_NOT_ALLOWED')
    await desk.ask('openDossier', {})
    const count = (number: string) => Number(number.slice(-6))
    expect(count(desk.view().state.number)).toBe(count(dossier.number) + 1)
    expect(desk.view().state).toMatchObject({ status: 'open', declared: {}, portraits: [] })
  })
})
