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

/** The program with simulated devices that answer without delay, on a folder that lives as long as the test. */
export const test = base.extend<{
  simulatorArguments: readonly string[]
  programArguments: readonly string[]
  /** Of the program; `{folder}` stands for the test's own folder. */
  programSettings: Readonly<Record<string, string>>
  displays: string
  voice: boolean
  desk: Desk
}>({
  simulatorArguments: [[], { option: true }],
  programArguments: [[], { option: true }],
  programSettings: [{}, { option: true }],
  /** What is plugged in at the start, left to right, as the stand-in wants it. */
  displays: ['1366x768,1280x800', { option: true }],
  /** Somebody hums into the microphone; the browser's own fake beeps. */
  voice: [false, { option: true }],
  desk: async ({ simulatorArguments, programArguments, programSettings, displays, voice }, use, testInfo) => {
    const folder = mkdtempSync(join(tmpdir(), 'quay-can-cuoc-e2e-'))
    const stage = await startSimulators(join(folder, 'devices'), { arguments: ['--pace', '0', ...simulatorArguments] })
    let program: Program | undefined
    try {
      const at = (name: string) => join(folder, 'devices', name)
      const settings = Object.entries(programSettings).map(([name, value]) => [name, value.replace('{folder}', folder)])
      const microphone = join(folder, 'microphone.wav')
      if (voice) writeVoice(microphone)
      const started = await openProgram({
        dataFolder: join(folder, 'data'),
        devices: at('devices.json'),
        camera: at('camera.mjpeg'),
        args: programArguments,
        env: {
          TMPDIR: folder,
          ...Object.fromEntries(settings),
          // The simulators' lines are among what is plugged in.
          QCC_DEVELOPMENT_PORTS: join(folder, 'devices'),
          QCC_STANDIN_DISPLAYS: displays,
          ...(voice && { QCC_FAKE_MICROPHONE: microphone }),
        },
      })
      program = started
      testInfo.annotations.push({ type: 'runtime', description: started.version })
      console.log(`runtime: ${started.version}`)
      await use({
        program: started,
        stage,
        receiver: makeReceiver(join(folder, 'receiver')),
        folder,
        officer: () => officerAt(started.officer),
        citizen: () => citizenAt(started.citizen),
      })
    } finally {
      await program?.stop()
      await stage.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
})
