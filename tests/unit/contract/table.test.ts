import { callsFrom, contract, eventsTo, isCall, isEvent, wireName, type Channel } from '#contract/index.ts'
import { citizenView, stationView } from '#contract/views.ts'
import { usualViewing } from '#domain/enrolment/index.ts'
import { isFailureCode } from '#domain/failure/index.ts'
import sentences from '#resources/languages/vi/failures.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callNames, roles, wellFormed } from './examples.ts'

const channels = Object.entries(contract) as [string, Channel][]
const calls = channels.flatMap(([name, channel]) => (isCall(channel) ? [{ name, ...channel }] : []))
const events = channels.flatMap(([name, channel]) => (isEvent(channel) ? [{ name, ...channel }] : []))

test('every channel names the windows it is for, each once', () => {
  expect(calls.length + events.length).toBe(channels.length)
  for (const { name, from } of calls)
    expect([name, new Set(from).size > 0 && new Set(from).size === from.length]).toEqual([name, true])
  for (const { name, to } of events)
    expect([name, new Set(to).size > 0 && new Set(to).size === to.length]).toEqual([name, true])
  for (const { from } of calls) expect(roles).toEqual(expect.arrayContaining([...from]))
})

test('no two channels share a name on the wire', () => {
  const names = channels.map(([name]) => wireName(name))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThan(35)
})

test('no channel is named like a property that every object has', () => {
  for (const [name] of channels) expect(name in {}, name).toBe(false)
})

test('each window is offered exactly the channels that name it', () => {
  for (const role of roles) {
    expect(callsFrom(role)).toEqual(calls.filter(({ from }) => from.includes(role)).map(({ name }) => name))
    expect(eventsTo(role)).toEqual(events.filter(({ to }) => to.includes(role)).map(({ name }) => name))
  }
})

test('the citizen can look at the station, the notices and the own page, answer, sign, and give the laptop back', () => {
  expect(callsFrom('citizen').toSorted()).toEqual([
    'answerDetail',
    'chooseViewing',
    'citizenView',
    'confirmPage',
    'languageWords',
    'languages',
    'notices',
    'reportMissed',
    'reportPainted',
    'reportShown',
    'reportTestDrawn',
    'reportTestTouch',
    'sign',
    'station',
    'takeBack',
  ])
  expect(eventsTo('citizen').toSorted()).toEqual([
    'citizenChanged',
    'citizenHint',
    'languagesChanged',
    'noticesChanged',
    'stationChanged',
  ])
})

test('the technician reaches devices, tests, traces and the centre, and no dossier', () => {
  expect(callsFrom('technician').toSorted()).toEqual([
    'answerPart',
    'bindDevice',
    'cameraChoice',
    'centre',
    'checkDevice',
    'checkPart',
    'checkStation',
    'checks',
    'chooseDisplay',
    'deviceTrace',
    'drivers',
    'exportTrace',
    'goOnChecking',
    'health',
    'keepCheck',
    'makeBundle',
    'markTrace',
    'parts',
    'pluggedIn',
    'probeDevice',
    'rememberCamera',
    'runTrace',
    'setCentre',
    'station',
    'stopChecking',
    'stopPart',
    'stopProbing',
    'surroundings',
    'unbindDevice',
    'unlistedTransports',
  ])
  expect(eventsTo('technician').toSorted()).toEqual([
    'checkPrompt',
    'partQuestion',
    'partsChanged',
    'pluggedInChanged',
    'stationChanged',
    'surroundingsChanged',
  ])
})

describe('what reaches the technician', () => {
  /** Which camera has which role is chosen here or by the officer. */
  const shared = ['station', 'surroundings', 'cameraChoice', 'rememberCamera']
  const own = calls.filter(({ name, from }) => from.includes('technician') && !shared.includes(name))

  test('no other window can make a call of the technician', () => {
    expect(own.length).toBe(callsFrom('technician').length - shared.length)
    for (const { name, from } of own) expect(from, name).toEqual(['technician'])
  })

  test('no call of the technician knows of a dossier, and none gives a field of a person', () => {
    const person = ['details', 'number', 'fullName', 'mrz', 'qr', 'portrait', 'print', 'template', 'state', 'blob']
    for (const { name, output, errors } of own) {
      expect(errors, name).not.toContain('DOSSIER_MISSING')
      expect(
        fieldsOf(output).filter((field) => person.includes(field)),
        name,
      ).toEqual([])
    }
  })

  test('a trace takes frames in hexadecimal and events, and no field more', () => {
    const trace = {
      format: 'quay-can-cuoc/trace/1',
      device: { id: 'card-reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial' },
      since: '2026-11-22T01:00:00.000Z',
      running: true,
      entries: [
        { n: 1, at: 0, event: 'opened' },
        { n: 2, at: 4, way: 'out', hex: '0306', name: 'GetSlotStatus' },
      ],
    }
    const takes = (value: unknown) => contract.deviceTrace.output.safeParse(value).success
    expect(takes(trace)).toBe(true)
    expect(takes({ ...trace, raw: 'x' })).toBe(false)
    for (const field of ['text', 'raw', 'bytes'])
      expect(takes({ ...trace, entries: [{ ...trace.entries[1], [field]: 'x' }] }), field).toBe(false)
    expect(takes({ ...trace, entries: [{ n: 1, at: 0, event: 'scanned', text: 'x' }] })).toBe(false)
  })
})

describe('the errors that a call may give', () => {
  test.each(calls.map(({ name, errors }) => [name, errors] as const))(
    '%s: each exists, once, and has a Vietnamese sentence',
    (_name, errors) => {
      expect(new Set(errors).size).toBe(errors.length)
      for (const code of [...errors, 'INTERNAL', 'BAD_REQUEST', 'NOT_ALLOWED'] as const) {
        expect(isFailureCode(code), code).toBe(true)
        expect(sentences[code].title, code).toMatch(/\p{L}{2}/u)
        expect(sentences[code].advice, code).toMatch(/\.$/u)
      }
    },
  )

  test('every act on a dossier says that the disk may be full and the station locked', () => {
    const reading = ['currentDossier', 'turnToCitizen']
    const acts = calls.filter(({ name, errors }) => errors.includes('DOSSIER_MISSING') && !reading.includes(name))
    expect(acts.length).toBeGreaterThan(20)
    for (const { name, errors } of acts)
      expect(errors, name).toEqual(expect.arrayContaining(['DISK_FULL', 'STATION_LOCKED', 'STORE_DAMAGED']))
  })
})

describe('what reaches the citizen', () => {
  test('the page has the words of the scene, the details shown and the own portrait, and no other field', () => {
    expect(fieldsOf(citizenView)).toEqual([
      'about',
      'address',
      'contrast',
      'cross',
      'detail',
      'details',
      'done',
      'due',
      'field',
      'fingers',
      'hand',
      'handBack',
      'language',
      'mediaType',
      'minutes',
      'name',
      'number',
      'of',
      'parts',
      'phase',
      'picture',
      'place',
      'portrait',
      'remedy',
      'scanning',
      'scene',
      'sha256',
      'size',
      'sound',
      'step',
      'textSize',
      'total',
      'value',
      'viewing',
      'who',
    ])
  })

  test('the station tells every window of itself and of nobody who sits before it', () => {
    expect(fieldsOf(stationView)).toEqual([
      'code',
      'contact',
      'expires',
      'failure',
      'hours',
      'name',
      'phase',
      'phone',
      'place',
      'receiver',
      'runtime',
      'simulated',
      'today',
      'training',
    ])
  })

  test.each([
    'number',
    'representative',
    'findings',
    'declared',
    'qr',
    'chip',
    'drafts',
    'answers',
    'tries',
    'documents',
    'id',
  ])("a page with %s beside what is the citizen's is refused", (field) => {
    const visit = { address: 'chị', about: 'cháu', viewing: usualViewing, done: 0, total: 7 }
    const page = { scene: 'greeting', ...visit, parts: ['check'], minutes: 1 }
    expect(citizenView.safeParse(page).success).toBe(true)
    expect(citizenView.safeParse({ ...page, [field]: 'x' }).success).toBe(false)
  })
})

describe('requests are taken strictly', () => {
  test.each(callNames)('%s takes the example and refuses one field more, a null and a list', (name) => {
    const { input } = contract[name]
    expect(input.safeParse(wellFormed[name]).success).toBe(true)
    expect(input.safeParse({ ...wellFormed[name], extra: 1 }).success).toBe(false)
    expect(input.safeParse(null).success).toBe(false)
    expect(input.safeParse([wellFormed[name]]).success).toBe(false)
  })

  test.each(callNames.filter((name) => Object.keys(wellFormed[name]).length > 0))(
    '%s refuses a request with any field left out',
    (name) => {
      for (const field of Object.keys(wellFormed[name])) {
        const { [field as never]: _, ...rest } = wellFormed[name]
        expect(contract[name].input.safeParse(rest).success, field).toBe(false)
      }
    },
  )

  test('a language is named as a pack is, never by a path', () => {
    const takes = (language: string) => contract.languageWords.input.safeParse({ language }).success
    for (const language of ['vi', 'en', 'mww', 'blt-Tavt']) expect(takes(language), language).toBe(true)
    for (const language of ['', '..', '../vi', 'vi/', 'VI', 'vi-tavt', 'vi-Tavt-x', '/etc', 'vi\0'])
      expect(takes(language), language).toBe(false)
  })

  test('a stroke with a pressure outside 0 to 1, or a field more, is refused', () => {
    const withPoint = (point: object) =>
      contract.sign.input.safeParse({ ...wellFormed.sign, strokes: [[point]] }).success
    expect(withPoint({ x: 1, y: 1, t: 1, pressure: 1 })).toBe(true)
    expect(withPoint({ x: 1, y: 1, t: 1, pressure: 1.01 })).toBe(false)
    expect(withPoint({ x: 1, y: 1, t: 1, pressure: 1, tilt: 2 })).toBe(false)
    expect(withPoint({ x: Number.NaN, y: 1, t: 1, pressure: 1 })).toBe(false)
  })
})

/** All names of fields anywhere in a schema, sorted. */
function fieldsOf(schema: z.ZodType): readonly string[] {
  const found = new Set<string>()
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('properties' in node && typeof node.properties === 'object')
      for (const name of Object.keys(node.properties ?? {})) found.add(name)
    if ('type' in node && node.type === 'object' && !isOfNumbers(node))
      expect(node).toHaveProperty('additionalProperties', false)
    for (const each of Object.values(node)) walk(each)
  }
  walk(z.toJSONSchema(schema))
  return [...found].toSorted()
}

/** Figures: any name, but nothing than numbers. */
function isOfNumbers(node: object): boolean {
  const { additionalProperties: value, properties } = node as { additionalProperties?: unknown; properties?: unknown }
  if (properties !== undefined || typeof value !== 'object' || value === null || !('type' in value)) return false
  return value.type === 'number' || value.type === 'integer'
}
