import { contract, type CallName } from '#contract/index.ts'
import { answerCall, type Handlers } from '#core/answer.ts'
import { AppError } from '#domain/failure/index.ts'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { callersOf, callNames, notingHandlers, roles, wellFormed } from './examples.ts'

describe.each(callNames)('%s', (name) => {
  const callers = callersOf(name)

  test.each(roles)('asked by the %s, is carried out only if the contract names that window', async (role) => {
    const { handlers, reached } = notingHandlers()
    const answer = await answerCall(handlers, name, role, wellFormed[name])
    const allowed = callers.includes(role)
    expect(reached).toEqual(allowed ? [name] : [])
    expect(answer).toMatchObject({ ok: false, error: { code: allowed ? 'CANCELLED' : 'NOT_ALLOWED' } })
  })

  test('answers 300 requests of any shape with BAD_REQUEST unless they are well formed, and never rejects', async () => {
    const { handlers, reached } = notingHandlers()
    const role = callers[0] ?? 'officer'
    let wellFormedOnes = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, nearly(wellFormed[name])), async (input) => {
        reached.length = 0
        const answer = await answerCall(handlers, name, role, input)
        const good = contract[name].input.safeParse(input).success
        wellFormedOnes += Number(good)
        // Without `expect`, which would take most of the time of some 36,000 requests.
        const code = answer.ok ? 'answered' : answer.error.code
        const wanted = good ? 'CANCELLED' : 'BAD_REQUEST'
        if (code !== wanted || reached.length !== Number(good))
          throw new Error(`${code} instead of ${wanted}, and carried out ${reached.length} times`)
      }),
      { numRuns: 300 },
    )
    expect(wellFormedOnes).toBeLessThan(285)
  })
})

test.each([
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  'desk:station',
  'Station',
  'stationChanged',
  'x'.repeat(10_000),
])('a call named "%.20s" is a bad request, whoever asks', async (name) => {
  for (const role of roles) {
    const { handlers, reached } = notingHandlers()
    const answer = await answerCall(handlers, name, role, {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
    expect(JSON.stringify(answer).length).toBeLessThan(200)
    expect(reached).toEqual([])
  }
})

test('500 invented names of calls are bad requests', async () => {
  const { handlers, reached } = notingHandlers()
  const invented = fc.string().filter((name) => !Object.hasOwn(contract, name))
  await fc.assert(
    fc.asyncProperty(invented, fc.constantFrom(...roles), async (name, role) => {
      expect(await answerCall(handlers, name, role, {})).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
    }),
    { numRuns: 500 },
  )
  expect(reached).toEqual([])
})

test('an error without a code is told as INTERNAL, and neither the window nor the log hears its message', async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const handlers = handlersWith('station', () => {
    throw new TypeError('cannot read 014190000123 of Lò Thị Mẫu')
  })
  const answer = await answerCall(handlers, 'station', 'officer', {})
  const said = log.mock.calls.map(([text]) => String(text)).join('')
  log.mockRestore()
  expect(answer).toEqual({
    ok: false,
    error: { code: 'INTERNAL', step: 'call.station', retriable: false, context: {} },
  })
  expect(said).toContain('TypeError')
  expect(said).toContain('answer.test.ts')
  expect(said).not.toMatch(/014190000123|Lò Thị Mẫu/u)
})

test('an answer that is not of the shape promised stays inside', async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const view = { phase: 'locked', runtime: 'stand-in', simulated: false, today: '2026-11-21' }
  const right = await answerCall(
    handlersWith('station', () => view),
    'station',
    'citizen',
    {},
  )
  const more = await answerCall(
    handlersWith('station', () => ({ ...view, number: '014190000123' })),
    'station',
    'citizen',
    {},
  )
  const said = log.mock.calls.map(([text]) => String(text)).join('')
  log.mockRestore()
  expect(right).toEqual({ ok: true, value: view })
  expect(more).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
  expect(JSON.stringify(more) + said).not.toContain('014190000123')
})

test('a failure keeps its code, step and context on the way to the window, and loses its cause', async () => {
  const handlers = handlersWith('openDossier', () => {
    throw new AppError('DISK_FULL', 'store.createDossier', {
      context: { reason: 'ENOSPC' },
      cause: new Error('014190000123'),
    })
  })
  expect(await answerCall(handlers, 'openDossier', 'officer', {})).toEqual({
    ok: false,
    error: { code: 'DISK_FULL', step: 'store.createDossier', retriable: true, context: { reason: 'ENOSPC' } },
  })
})

function handlersWith(name: CallName, handle: () => unknown): Handlers {
  return { ...notingHandlers().handlers, [name]: handle }
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: true,
  withObjectString: true,
})

/** The example with one field replaced, taken out or added. */
function nearly(example: object): fc.Arbitrary<unknown> {
  const fields = Object.keys(example)
  const name = fields.length > 0 ? fc.oneof(fc.constantFrom(...fields), fc.string()) : fc.string()
  return fc.tuple(name, anything, fc.boolean()).map(([field, value, out]) => {
    const changed = new Map(Object.entries(example)).set(field, value)
    if (out) changed.delete(field)
    return Object.fromEntries(changed)
  })
}
