/** A whole core in this process, at a station that is already set up, with what its windows were told. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReceiver, type Receiver } from '#build/receiver/index.ts'
import {
  contract,
  type CallInput,
  type CallName,
  type CallOutput,
  type CitizenView,
  type OfficerView,
  type Result,
  type Role,
  type StationView,
  type Surroundings,
} from '#contract/index.ts'
import type { Keystore } from '#core/access/index.ts'
import type { HostProcess } from '#core/devices/index.ts'
import { answerCall, startCore, type Core, type Screens } from '#core/index.ts'
import type { Step } from '#domain/enrolment/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { instantBindings, instantHost, type InstantHost } from './instant-host.ts'
import { keystore } from './keystore.ts'
import { nextAct } from './routine-visit.ts'
import { noScreens } from './screens.ts'

export const passphrase = 'mật khẩu thử nghiệm 2026'

export { keystore }

export type DeskOptions = {
  readonly dataFolder: string
  readonly answers?: Parameters<typeof instantHost>[0]
  readonly keystore?: Keystore
  readonly clock?: () => Date
  /** The text of devices.json. */
  readonly devices?: string
  /** What the windows do; the others do nothing. */
  readonly screens?: Partial<Screens>
  /** A device process in place of the instant one, for devices that are in `devices`. */
  readonly forkHost?: () => HostProcess
}

export type TestDesk = {
  readonly core: Core
  readonly host: InstantHost
  /** Everything the windows were told, oldest first. */
  readonly told: readonly { readonly name: string; readonly data: unknown }[]
  /** A call as a window makes it. A failure that the contract does not name for this call is thrown. */
  answer<Name extends CallName>(name: Name, input: CallInput<Name>, role?: Role): Promise<Result<CallOutput<Name>>>
  /** The value, or the failure thrown. */
  ask<Name extends CallName>(name: Name, input: CallInput<Name>, role?: Role): Promise<CallOutput<Name>>
  /** The code with which a call fails, or 'done'. */
  codeOf<Name extends CallName>(name: Name, input: CallInput<Name>, role?: Role): Promise<string>
  /** The dossier as the officer's window shows it. */
  view(): OfficerView
  /** The last that the windows were told by this event. */
  last(name: 'stationChanged'): StationView | undefined
  last(name: 'surroundingsChanged'): Surroundings | undefined
  last(name: string): unknown
  /** Goes on with the routine visit until it is over, or until `until` says so. */
  carryOn(until?: (view: OfficerView | null) => boolean): Promise<void>
}

const always = ['INTERNAL', 'BAD_REQUEST', 'NOT_ALLOWED']

export async function startDesk(options: DeskOptions): Promise<TestDesk> {
  const { dataFolder, answers, clock = () => new Date() } = options
  const devicesFile = `${dataFolder}.devices.json`
  writeFileSync(devicesFile, options.devices ?? JSON.stringify(instantBindings))
  const told: { name: string; data: unknown }[] = []
  const settled = Promise.withResolvers<void>()
  const bound = Promise.withResolvers<void>()
  let view: OfficerView | null = null
  const host = instantHost(answers)
  const core = startCore({
    dataFolder,
    devicesFile,
    runtime: 'stand-in',
    version: '0.0.0-test',
    clock,
    ...(options.keystore && { keystore: options.keystore }),
    forkHost: options.forkHost ?? (() => host),
    screens: noScreens(options.screens),
    notify(name, data) {
      told.push({ name, data })
      if (name === 'stationChanged') settled.resolve()
      if (name === 'surroundingsChanged' && (data as Surroundings).devices.length > 0) bound.resolve()
      if (name === 'dossierChanged') view = data as OfficerView | null
    },
  })
  await settled.promise
  if (options.devices === undefined || options.forkHost) await bound.promise

  const desk: TestDesk = {
    core,
    host,
    told,
    async answer(name, input, role = contract[name].from[0]) {
      const answer = (await answerCall(core.handlers, name, role, input)) as Result<CallOutput<typeof name>>
      if (!answer.ok && ![...contract[name].errors, ...always].includes(answer.error.code)) {
        throw new Error(
          `${name} failed with ${answer.error.code} at ${answer.error.step}, which the contract does not name`,
        )
      }
      return answer
    },
    async ask(name, input, role) {
      const answer = await desk.answer(name, input, role)
      if (!answer.ok) throw AppError.fromFailure(answer.error)
      return answer.value
    },
    async codeOf(name, input, role) {
      const answer = await desk.answer(name, input, role)
      return answer.ok ? 'done' : answer.error.code
    },
    view() {
      if (!view) throw new Error('no dossier is shown')
      return view
    },
    last: (name: string) => told.findLast((each) => each.name === name)?.data as never,
    async carryOn(until = () => false) {
      let begun = view !== null
      while (!until(view)) {
        const citizen: CitizenView = await desk.ask('citizenView', {})
        const act = nextAct(view, citizen, begun)
        if (!act) return
        await desk.ask(act.call, act.input, act.role)
        begun = true
      }
    },
  }
  return desk
}

/** A step just entered, or what was last done at the first one. */
export type Stage = 'qr' | 'mrz' | Step

const reached = (view: OfficerView | null, stage: Stage) =>
  stage === 'qr' || stage === 'mrz' ? view?.state[stage] !== undefined : view?.state.step === stage

export type Station = {
  readonly receiver: Receiver
  /** The text of the receiver's certificate. */
  readonly certificate: string
  readonly folder: string
  /** A copy of the fresh station's data folder; the keystore above opens it. */
  freshData(): string
  /** A new desk at a fresh station, stopped with the station; with a dossier that a routine visit has brought to `stage`. */
  sitDown(options?: Partial<DeskOptions>, stage?: Stage): Promise<TestDesk & { readonly dataFolder: string }>
  /** Ends the program of a desk and starts it again on the same data. */
  restart(
    desk: TestDesk & { readonly dataFolder: string },
    options?: Partial<DeskOptions>,
  ): Promise<TestDesk & { readonly dataFolder: string }>
  close(): void
}

/** Sets a station up once; each test works on a copy. */
export async function setUpStation(): Promise<Station> {
  const folder = mkdtempSync(join(tmpdir(), 'qcc-desk-'))
  const receiver = makeReceiver(join(folder, 'receiver'))
  const certificate = readFileSync(receiver.certificate, 'utf8')
  const template = join(folder, 'template')
  const first = await startDesk({ dataFolder: template, keystore })
  await first.ask('setUpStation', {
    code: 'SL-0312',
    name: 'Công an xã Mẫu',
    passphrase,
    receiverCertificate: certificate,
  })
  first.core.stop()
  const desks: TestDesk[] = []
  let copies = 0
  const sit = async (dataFolder: string, options: Partial<DeskOptions>) => {
    const desk = await startDesk({ dataFolder, keystore, ...options })
    desks.push(desk)
    return { ...desk, dataFolder }
  }
  const copyOf = (data: string) => {
    const dataFolder = join(folder, `data-${++copies}`)
    cpSync(data, dataFolder, { recursive: true })
    return dataFolder
  }
  const freshData = () => copyOf(template)
  /** Made once each, by whoever asks first. */
  const stages = new Map<Stage, Promise<string>>()
  const brought = (stage: Stage) => {
    const known = stages.get(stage)
    if (known) return known
    const making = (async () => {
      const dataFolder = freshData()
      const desk = await startDesk({ dataFolder, keystore })
      await desk.carryOn((view) => reached(view, stage))
      desk.core.stop()
      return dataFolder
    })()
    stages.set(stage, making)
    return making
  }
  return {
    receiver,
    certificate,
    folder,
    freshData,
    sitDown: async (options = {}, stage) =>
      sit(options.dataFolder ?? (stage ? copyOf(await brought(stage)) : freshData()), options),
    restart(desk, options = {}) {
      desk.core.stop()
      return sit(desk.dataFolder, options)
    },
    close() {
      for (const { core } of desks) core.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
