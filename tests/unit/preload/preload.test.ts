import { callsFrom, eventsTo, wireName, type Result, type Role } from '#contract/index.ts'
import { exposeDesk } from '#electron/preload/expose.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { exposed, ipcRenderer, resetElectron } from '../../support/fake-electron.ts'
import { callNames, roles } from '../contract/examples.ts'

type Exposed = {
  readonly call: Record<string, (input: unknown, ...more: unknown[]) => Promise<Result<unknown>>>
  readonly on: Record<string, (listener: (...args: unknown[]) => void) => () => void>
}

const entries = {
  officer: () => import('#electron/preload/officer.ts'),
  citizen: () => import('#electron/preload/citizen.ts'),
  technician: () => import('#electron/preload/technician.ts'),
}

beforeEach(resetElectron)

function preload(role: Role): Exposed {
  exposeDesk(role)
  return exposed.get('desk') as Exposed
}

test.each(roles)('the preload of the %s exposes that role and no other', async (role) => {
  await entries[role]()
  const { call, on } = exposed.get('desk') as Exposed
  expect([Object.keys(call), Object.keys(on)]).toEqual([callsFrom(role), eventsTo(role)])
})

describe.each(roles)('the %s window', (role) => {
  test('is given its own calls and events under one name, and nothing else', () => {
    const desk = preload(role)
    expect([...exposed.keys()]).toEqual(['desk'])
    expect(Object.keys(desk)).toEqual(['call', 'on'])
    expect(Object.keys(desk.call)).toEqual(callsFrom(role))
    expect(Object.keys(desk.on)).toEqual(eventsTo(role))
  })

  test('reaches, by each of its calls, that one channel with that one input', async () => {
    const desk = preload(role)
    const asked: unknown[] = []
    ipcRenderer.answer = (...request) => {
      asked.push(request)
      return Promise.resolve({ ok: true, value: {} })
    }
    for (const [name, call] of Object.entries(desk.call)) {
      const input = { of: name }
      expect(await call(input, 'a second argument')).toEqual({ ok: true, value: {} })
      expect(asked.pop()).toEqual([wireName(name), input])
    }
  })

  test('hears of a call that main could not answer as a failure, never as a rejection', async () => {
    const desk = preload(role)
    ipcRenderer.answer = () => Promise.reject(new Error('handler threw: Lò Thị Mẫu 014190000123'))
    for (const call of Object.values(desk.call)) {
      const answer = await call({})
      expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL', step: 'preload.invoke' } })
      expect(JSON.stringify(answer)).not.toMatch(/Lò|014190000123/u)
    }
  })

  test('is handed the data of an event without the event object, until the listener is taken off', () => {
    const desk = preload(role)
    for (const [name, listen] of Object.entries(desk.on)) {
      const heard: unknown[][] = []
      const other: unknown[][] = []
      const takeOff = listen((...args) => heard.push(args))
      const takeOtherOff = listen((...args) => other.push(args))
      ipcRenderer.emit(wireName(name), { sender: ipcRenderer, ports: [] }, { n: 1 }, 'more')
      expect(heard).toEqual([[{ n: 1 }]])
      expect(takeOff()).toBeUndefined()
      ipcRenderer.emit(wireName(name), { sender: ipcRenderer }, { n: 2 })
      expect(heard).toHaveLength(1)
      expect(other).toEqual([[{ n: 1 }], [{ n: 2 }]])
      takeOtherOff()
      expect(ipcRenderer.listenerCount(wireName(name))).toBe(0)
    }
  })
})

test("the citizen window has no way to ask for what is the officer's", () => {
  const desk = preload('citizen')
  const officers = callNames.filter((name) => !callsFrom('citizen').includes(name))
  expect(officers.length).toBeGreaterThan(20)
  for (const name of officers) expect(desk.call[name]).toBeUndefined()
  expect(desk.on['dossierChanged']).toBeUndefined()
  expect(desk.on['fingerPreview']).toBeUndefined()
})
