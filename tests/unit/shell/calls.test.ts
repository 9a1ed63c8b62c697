import { callsFrom, wireName, type CallName, type Role } from '#contract/index.ts'
import type { Core } from '#core/index.ts'
import { serveCalls } from '#electron/shell/calls.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { resetElectron, served } from '../../support/fake-electron.ts'
import { callNames, notingHandlers, roles, wellFormed } from '../contract/examples.ts'

const officer = 1
const citizen = 2
const roleOf = (id: number): Role | undefined => (id === officer ? 'officer' : id === citizen ? 'citizen' : undefined)
let reached: readonly CallName[] = []

beforeEach(() => {
  resetElectron()
  const noting = notingHandlers()
  reached = noting.reached
  serveCalls({ handlers: noting.handlers } as Core, roleOf)
})

/** A call as Electron hands it over: the sender's contents, and the frame that sent it. */
function ask(
  name: CallName,
  sender: { id: number; mainFrame: { url: string } },
  senderFrame: { url: string } | null = sender.mainFrame,
) {
  return served.get(wireName(name))?.({ sender, senderFrame, frameId: 1, processId: 1 }, wellFormed[name])
}

const at = (id: number, url: string) => ({ id, mainFrame: { url } })

test('main listens on the channels of the calls and on no others', () => {
  expect([...served.keys()].toSorted()).toEqual(callNames.map(wireName).toSorted())
})

test("the officer's own page is answered", async () => {
  expect(await ask('openDossier', at(officer, 'app://officer/index.html'))).toMatchObject({
    error: { code: 'CANCELLED' },
  })
  expect(reached).toEqual(['openDossier'])
})

describe.each(callNames)('%s is refused, and nothing done,', (name) => {
  const caller = callsFrom('officer').includes(name) ? officer : citizen
  const home = caller === officer ? 'app://officer/index.html' : 'app://citizen/index.html'

  test.each([
    ['to a window that main did not open', at(99, 'app://officer/index.html'), undefined],
    ['to a frame inside the page', at(caller, home), { url: home }],
    ['to a frame that is gone', at(caller, home), null],
    ['to a window that went to a web page', at(caller, 'https://vi.example/app://officer/'), undefined],
    ['to a window that went to a file', at(caller, 'file:///tmp/officer/index.html'), undefined],
    ['to a window on an empty page', at(caller, 'about:blank'), undefined],
    [
      "to a window that shows another role's page",
      at(caller, caller === officer ? 'app://citizen/index.html' : 'app://officer/index.html'),
      undefined,
    ],
    [
      'to a host that only begins like the own',
      at(caller, home.replace('/index.html', '.example/index.html')),
      undefined,
    ],
  ] as const)('%s', async (_title, sender, frame) => {
    expect(await ask(name, sender, frame)).toMatchObject({
      ok: false,
      error: { code: 'NOT_ALLOWED', step: `call.${name}` },
    })
    expect(reached).toEqual([])
  })
})

test("the citizen's window is refused every call of the officer, from its own page too", async () => {
  const forbidden = callNames.filter((name) => !callsFrom('citizen').includes(name))
  expect(forbidden.length).toBeGreaterThan(20)
  for (const name of forbidden) {
    expect(await ask(name, at(citizen, 'app://citizen/index.html'))).toMatchObject({
      ok: false,
      error: { code: 'NOT_ALLOWED' },
    })
  }
  expect(reached).toEqual([])
})

test('a window cannot say in its request who it is', async () => {
  for (const role of roles) {
    const sender = { ...at(citizen, 'app://citizen/index.html'), role }
    const answer = await served.get(wireName('openDossier'))?.(
      { sender, senderFrame: sender.mainFrame, role },
      { role },
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } })
  }
  expect(reached).toEqual([])
})
