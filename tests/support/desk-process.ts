/**
 * A whole core in a process of its own, with an instant device host, that carries on a routine visit and kills itself
 * after a given number of stored changes. Arguments: data folder, receiver certificate, changes until the kill (0: none).
 * Prints one JSON line at the start (`{"resumed": digest, "step": …}`) and one before each kill (`{"killed": digest, "step": …, "status": …}`),
 * and `{"done": file}` when the dossier is sealed and closed. The passphrase is invented, and asked for once: each life after
 * the first is opened by a keystore.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import type { CallName, CitizenView, OfficerView, Role, StationView } from '#contract/index.ts'
import { canonicalJson } from '#core/audit/index.ts'
import { answerCall, startCore } from '#core/index.ts'
import { isFailure } from '#domain/failure/index.ts'
import { instantBindings, instantHost } from './instant-host.ts'
import { keystore } from './keystore.ts'
import { nextAct } from './routine-visit.ts'
import { noScreens } from './screens.ts'

const [dataFolder = '', certificate = '', changes = '0'] = process.argv.slice(2)
const devicesFile = `${dataFolder}.devices.json`
writeFileSync(devicesFile, JSON.stringify(instantBindings))
const passphrase = 'mật khẩu thử nghiệm 2026'
let left = Number(changes)
let view: OfficerView | null = null
let counting = false
let changed = Promise.withResolvers<void>()
const settled = Promise.withResolvers<StationView['phase']>()

const core = startCore({
  dataFolder,
  devicesFile,
  runtime: 'stand-in',
  version: '0.0.0-test',
  clock: () => new Date(),
  keystore,
  forkHost: () => instantHost(),
  screens: noScreens(),
  notify(name, data) {
    if (name === 'stationChanged') settled.resolve((data as StationView).phase)
    if (name !== 'dossierChanged') return
    view = data as OfficerView | null
    changed.resolve()
    changed = Promise.withResolvers<void>()
    if (counting && left > 0 && --left === 0) {
      say({ killed: digest(view), step: view?.state.step, status: view?.state.status })
      process.kill(process.pid, 'SIGKILL')
    }
  },
})

const ask = async (name: CallName, role: Role, input: unknown): Promise<unknown> => {
  const answer = await answerCall(core.handlers, name, role, input)
  if (answer.ok) return answer.value
  // An act that a kill cut short is told as failed on resume; the visit simply does it again.
  if (isFailure(answer.error)) say({ failed: name, code: answer.error.code, step: answer.error.step })
  throw new Error(`${name}: ${answer.error.code}`)
}

// What a resumed core does by itself is counted, too: nothing may come between its first word and the count.
if ((await settled.promise) === 'new') {
  const receiverCertificate = readFileSync(certificate, 'utf8')
  await ask('setUpStation', 'officer', { code: 'SL-0312', name: 'Công an xã Mẫu', passphrase, receiverCertificate })
}

say({ resumed: digest(view), step: (view as OfficerView | null)?.state.step ?? 'none' })
counting = true
// A killed process keeps nothing that would make the start of the next one cheaper.
flushCompileCache()
for (;;) {
  // A seal that a kill cut short is made again by itself.
  while ((view as OfficerView | null)?.state.status === 'sealing') await changed.promise
  const rows = (await ask('listDossiers', 'officer', {})) as { status: string }[]
  const citizen = (await ask('citizenView', 'citizen', {})) as CitizenView
  const act = nextAct(
    view,
    citizen,
    rows.some(({ status }) => status === 'closed'),
  )
  if (!act) break
  await ask(act.call, act.role, act.input)
}
say({ done: true })
core.stop()

/** Everything the officer sees, but the time of the save and what a dead attempt leaves (it is told as failed instead). */
function digest(of: OfficerView | null): string {
  if (!of) return 'none'
  const {
    chipAttempt: _,
    fingerAttempt: __,
    chipFailure: ___,
    fingerFailure: ____,
    status: _____,
    sealAttempt: ______,
    sealFailure: _______,
    sealed: ________,
    ...state
  } = of.state
  return createHash('sha256')
    .update(canonicalJson({ id: of.id, drafts: of.drafts, state }))
    .digest('hex')
}

function say(line: unknown): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}
