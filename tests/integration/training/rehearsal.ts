import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { CallInput, CallName, CallOutput, OfficerView, Role, Surroundings } from '#contract/index.ts'
import { contract, type CitizenView } from '#contract/index.ts'
import type { LessonView } from '#contract/training-calls.ts'
import type { Result } from '#domain/failure/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { answerCall, startCore } from '#core/index.ts'
import type { HostProcess } from '#core/devices/index.ts'
import { handsOver, type Hands, type HandsAnswer } from '#core/training/hands.ts'
import { openTraining } from '#core/training/lessons.ts'
import type { HostMessage, HostRequest } from '#native/capability/host.ts'
import { projectRoot } from '#build/launch/index.ts'
import { noScreens } from '../../support/screens.ts'

type Ask = <Name extends CallName>(name: Name, input: CallInput<Name>, role?: Role) => Promise<CallOutput<Name>>

type Preview = { readonly attempt: string; readonly number: number }

export type Rehearsal = {
  readonly ask: Ask
  codeOf<Name extends CallName>(name: Name, input: CallInput<Name>, role?: Role): Promise<string>
  view(): OfficerView | null
  lesson(): LessonView | null
  citizen(): Promise<CitizenView>
  /** The last preview of the scanner. */
  preview(): Preview | undefined
  /** Until the windows were told something that fits. */
  until(holds: () => boolean): Promise<void>
  devices(): Surroundings['devices']
  /** The process of the simulated devices. */
  readonly stagePids: readonly number[]
  stop(): void
}

/** The training program's processes but for its windows, on a data folder. */
export async function startRehearsal(dataFolder: string): Promise<Rehearsal> {
  const folder = join(dataFolder, 'simulated')
  const stagePids: number[] = []
  const process = (entry: string, args: readonly string[] = []) =>
    fork(join(projectRoot, 'build/training', entry), [...args], {
      execArgv: [],
      env: { ...globalThis.process.env, QCC_TRAINING_PACE: '0' },
      serialization: 'advanced',
    })
  const hands = handsOver(() => {
    const child = process('stage.ts', [folder])
    stagePids.push(child.pid ?? 0)
    return {
      send: (request) => void child.send(request, undefined, undefined, () => {}),
      onMessage: (listener) => void child.on('message', (answer) => listener(answer as HandsAnswer)),
      onExit: (listener) => void child.once('exit', () => listener()),
      kill: () => void child.kill(),
    }
  })
  await hands.ready()
  const forkHost = () => {
    const child = process('device-host.ts')
    return {
      send: (message: HostRequest) => void child.send(message, undefined, undefined, () => {}),
      onMessage: (listener: (message: HostMessage) => void) =>
        void child.on('message', (message) => listener(message as HostMessage)),
      onExit: (listener: (code: number | null) => void) => void child.once('exit', (code) => listener(code)),
      kill: () => void child.kill(),
    }
  }
  return rehearse({ dataFolder, devicesFile: join(folder, 'devices.json'), hands, forkHost, stagePids })
}

/** The core of the training program in this process, before whatever hands and devices. */
export async function rehearse({
  dataFolder,
  devicesFile,
  hands,
  forkHost,
  stagePids = [],
}: {
  readonly dataFolder: string
  readonly devicesFile: string
  readonly hands: Hands
  readonly forkHost: () => HostProcess
  readonly stagePids?: readonly number[]
}): Promise<Rehearsal> {
  const waiting = new Set<() => void>()
  let view: OfficerView | null = null
  let lesson: LessonView | null = null
  let surroundings: Surroundings | undefined
  let preview: Preview | undefined
  const core = startCore({
    dataFolder,
    devicesFile,
    runtime: 'stand-in',
    version: '0.0.0-test',
    clock: () => new Date(),
    openTraining: (desk) => openTraining(hands, desk),
    forkHost,
    screens: noScreens(),
    notify(name, data) {
      if (name === 'dossierChanged') view = data as OfficerView | null
      if (name === 'lessonChanged') lesson = data as LessonView | null
      if (name === 'fingerPreview') preview = data as Preview
      if (name === 'surroundingsChanged') surroundings = data as Surroundings
      for (const each of waiting) each()
    },
  })
  const answer = async <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
    role: Role = contract[name].from[0],
  ) => (await answerCall(core.handlers, name, role, input)) as Result<CallOutput<Name>>
  const ask: Ask = async (name, input, role) => {
    const done = await answer(name, input, role)
    if (!done.ok) throw AppError.fromFailure(done.error)
    return done.value
  }
  const rehearsal: Rehearsal = {
    ask,
    async codeOf(name, input, role) {
      const done = await answer(name, input, role)
      return done.ok ? 'done' : done.error.code
    },
    view: () => view,
    lesson: () => lesson,
    citizen: () => ask('citizenView', {}),
    preview: () => preview,
    until: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    devices: () => surroundings?.devices ?? [],
    stagePids,
    stop: () => core.stop(),
  }
  await rehearsal.until(() => {
    const lines = rehearsal.devices().filter(({ transport }) => transport !== 'browser')
    return lines.length > 0 && lines.every(({ state }) => state === 'ready')
  })
  return rehearsal
}
