import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { startSimulators, type Stage } from '#native/sim/stage/index.ts'
import { makeReceiver, type Receiver } from '#build/receiver/index.ts'
import { citizenAt, officerAt, type Citizen, type Officer } from '#build/visit/people.ts'
import { openProgram, type Program } from '#build/visit/windows.ts'
import { writeVoice } from './visits/voice.ts'

export { expect } from '@playwright/test'

/** For visits that take prints: a simulator that draws a hand on a busy machine does not answer, as a scanner would. */
export const handDrawn = ['--drawn'] as const

/** The station of the tests; nobody uses this passphrase. */
export const station = { code: 'SL-0312', name: 'Công an xã Mẫu', passphrase: 'mua nep nuong tren doi' } as const

export type Desk = {
  readonly program: Program
  readonly stage: Stage
  readonly receiver: Receiver
  /** Everything that the program and its browser write lies below: data, profiles, temporary files. */
  readonly folder: string
  /** The people at the windows as they are now; ask again after a restart. */
  officer(): Officer
  citizen(): Citizen
}

type DeskOptions = {
  readonly simulatorArguments: readonly string[]
  readonly programArguments: readonly string[]
  /** Of the program; `{folder}` stands for the test's own folder. */
  readonly programSettings: Readonly<Record<string, string>>
  /** What is plugged in at the start, left to right, as the stand-in wants it. */
  readonly displays: string
  /** Somebody hums into the microphone; the browser's own fake beeps. */
  readonly voice: boolean
}

/** Five pictures a second are enough for good ones in a row, and each costs both windows a drawing; eight of the camera too. */
const hurried = ['--pace', '0', '--pictures', '5', '--frames', '8']

const usual: DeskOptions = {
  simulatorArguments: [],
  programArguments: [],
  programSettings: {},
  displays: '1366x768,1280x800',
  voice: false,
}

/** The program with simulated devices that answer without delay, on a folder of its own, until it is closed. */
async function openDesk(options: DeskOptions): Promise<{ readonly desk: Desk; readonly close: () => Promise<void> }> {
  const { simulatorArguments, programArguments, programSettings, displays, voice } = options
  const folder = mkdtempSync(join(tmpdir(), 'quay-can-cuoc-e2e-'))
  const stage = await startSimulators(join(folder, 'devices'), { arguments: [...hurried, ...simulatorArguments] })
  let program: Program | undefined
  const close = async () => {
    await program?.stop()
    await stage.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const at = (name: string) => join(folder, 'devices', name)
    const settings = Object.entries(programSettings).map(([name, value]) => [name, value.replace('{folder}', folder)])
    const microphone = join(folder, 'microphone.wav')
    if (voice) writeVoice(microphone)
    const started = await openProgram({
      dataFolder: join(folder, 'data'),
      devices: at('devices.json'),
      camera: at('camera.y4m'),
      args: programArguments,
      env: {
        TMPDIR: folder,
        QCC_STANDIN_STILL: '1',
        ...Object.fromEntries(settings),
        // The simulators' lines are among what is plugged in.
        QCC_DEVELOPMENT_PORTS: join(folder, 'devices'),
        QCC_STANDIN_DISPLAYS: displays,
        ...(voice && { QCC_FAKE_MICROPHONE: microphone }),
      },
    })
    program = started
    console.log(`runtime: ${started.version}`)
    const desk: Desk = {
      program: started,
      stage,
      receiver: makeReceiver(join(folder, 'receiver')),
      folder,
      officer: () => officerAt(started.officer),
      citizen: () => citizenAt(started.citizen),
    }
    return { desk, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * One desk for the tests of a file that leave it as they found it: a start costs more than such a test. After a failure the
 * rest of the file has a new one.
 */
export function deskOfFile(options: Partial<DeskOptions> = {}): () => Desk {
  let open: Awaited<ReturnType<typeof openDesk>> | undefined
  test.beforeAll(async () => {
    open = await openDesk({ ...usual, ...options })
  })
  test.afterAll(() => open?.close())
  return () => {
    if (!open) throw new Error('the desk is open while tests run')
    return open.desk
  }
}

/** The desk lives as long as the test. */
export const test = base.extend<DeskOptions & { desk: Desk }>({
  simulatorArguments: [usual.simulatorArguments, { option: true }],
  programArguments: [usual.programArguments, { option: true }],
  programSettings: [usual.programSettings, { option: true }],
  displays: [usual.displays, { option: true }],
  voice: [usual.voice, { option: true }],
  desk: async ({ simulatorArguments, programArguments, programSettings, displays, voice }, use, testInfo) => {
    const { desk, close } = await openDesk({
      simulatorArguments,
      programArguments,
      programSettings,
      displays,
      voice,
    })
    try {
      testInfo.annotations.push({ type: 'runtime', description: desk.program.version })
      await use(desk)
    } finally {
      await close()
    }
  },
})
