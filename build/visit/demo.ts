import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launch } from '#build/launch/index.ts'
import { makeReceiver, openSealed } from '#build/receiver/index.ts'
import { startSimulators } from '#native/sim/stage/index.ts'
import { startDisplay } from './display.ts'
import { citizenAt, officerAt } from './people.ts'
import { differences } from './review.ts'
import { routineVisit, stepNames } from './routine.ts'
import { startTimeline, type StepTime } from './timeline.ts'
import { openProgram } from './windows.ts'

const usage = `bash build/demo [--out DIR] [--interactive]

  --out DIR      where the sealed file, its opened content, the screenshots and timeline.json go (artifacts/demo)
  --interactive  start the simulators and the program and leave the windows to you; end it by closing them`

const steps = stepNames.length
const displays = '1366x768,1280x800'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, interactive: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  const out = resolve(values.out ?? 'artifacts/demo')
  const work = mkdtempSync(join(tmpdir(), 'qcc-demo-'))
  const ends: (() => unknown)[] = [() => rmSync(work, { recursive: true, force: true })]
  const tidy = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void tidy().finally(() => process.exit(130)))
  try {
    return values.interactive === true ? await interactive(work, out, ends) : await automatic(work, out, ends)
  } finally {
    await tidy()
  }
}

async function automatic(work: string, out: string, ends: (() => unknown)[]): Promise<number> {
  rmSync(out, { recursive: true, force: true })
  const screens = join(out, 'screens')
  mkdirSync(screens, { recursive: true })
  const receiver = makeReceiver(join(work, 'receiver'))
  const env: Record<string, string> = { QCC_STANDIN_DISPLAYS: displays }
  if ((process.env['DISPLAY'] ?? '') === '') {
    const display = await startDisplay(2646, 800)
    ends.push(() => display.stop())
    env['DISPLAY'] = display.name
    console.log(`Không có màn hình: dùng Xvfb ${display.name}`)
  }
  const stage = await startSimulators(join(work, 'devices'))
  ends.push(() => stage.stop())
  const at = (name: string) => join(work, 'devices', name)
  const program = await openProgram({
    dataFolder: join(work, 'data'),
    devices: at('devices.json'),
    camera: at('camera.mjpeg'),
    env,
  })
  ends.push(() => program.stop())
  console.log(`Chạy trên ${program.version}; thiết bị mô phỏng, người trong bản này là hư cấu\n`)

  const timeline = startTimeline(printStep)
  const picture = (window: 'officer' | 'citizen', name: string) =>
    program[window].screenshot({ path: join(screens, `${name}-${window}.png`) })
  const witnessed = await routineVisit({
    officer: officerAt(program.officer, (wait) => timeline.waitFor('person', wait)),
    citizen: citizenAt(program.citizen),
    stage,
    timeline,
    station: {
      code: 'SL-0312',
      name: 'Công an xã Thuận Châu (mẫu)',
      passphrase: 'mua nep nuong tren doi',
      certificate: receiver.certificate,
    },
    exportFolder: join(work, 'usb'),
    async afterStep(number, name) {
      for (const window of ['officer', 'citizen'] as const)
        await picture(window, `${String(number).padStart(2, '0')}-${slug(name)}`)
    },
  }).catch(async (error: unknown) => {
    for (const window of ['officer', 'citizen'] as const) await picture(window, 'failed')
    throw error
  })
  const sealed = join(out, `${witnessed.dossier}.p7m`)
  copyFileSync(join(work, 'usb', `${witnessed.dossier}.p7m`), sealed)
  const opened = openSealed({ file: sealed, ...receiver, outFolder: join(out, 'opened') })
  const wrong = differences(opened.contentFolder, witnessed, stage.card)
  const total = sum(timeline.steps)
  writeFileSync(
    join(out, 'timeline.json'),
    `${JSON.stringify({ runtime: program.version, steps: timeline.steps, total }, null, 2)}\n`,
  )
  console.log(
    `\nChương trình ${seconds(total.program)}, thiết bị ${seconds(total.device)}, người ${seconds(total.person)}`,
  )
  if (wrong.length > 0) {
    console.error(`Tệp mở ra KHÁC với những gì đã thu: ${wrong.join('; ')}`)
    return 1
  }
  console.log(
    `OpenSSL đã mở ${sealed}: ${opened.files.length} tệp, ${opened.events} sự kiện, giống hệt những gì đã thu`,
  )
  console.log(`Xem: ${join(out, 'opened', 'content')}, ${screens}, ${join(out, 'timeline.json')}`)
  return 0
}

async function interactive(work: string, out: string, ends: (() => unknown)[]): Promise<number> {
  if ((process.env['DISPLAY'] ?? '') === '') {
    console.error('--interactive needs a screen: start it from a desktop session (DISPLAY is not set)')
    return 2
  }
  mkdirSync(out, { recursive: true })
  const receiver = makeReceiver(join(out, 'receiver'))
  const stage = await startSimulators(join(work, 'devices'))
  ends.push(() => stage.stop())
  await stage.show('card-back')
  console.log(
    `Chứng thư nơi nhận: ${receiver.certificate}\nSố định danh (hư cấu): ${stage.card.person.personalNumber}\nMRZ: ${join(work, 'devices', 'mrz.txt')}`,
  )
  const app = await launch({
    args: ['--data', join(out, 'data'), '--devices', join(work, 'devices', 'devices.json'), '--one-screen'],
    env: { QCC_FAKE_CAMERA: join(work, 'devices', 'camera.mjpeg') },
  })
  ends.push(() => app.stop())
  return app.ended
}

function printStep({ step, total, program, device, person }: StepTime, number: number): void {
  const bar = '█'.repeat(number) + '░'.repeat(Math.max(0, steps - number))
  const parts = `chương trình ${seconds(program)} · thiết bị ${seconds(device)} · người ${seconds(person)}`
  console.log(
    `${bar} ${String(number).padStart(2)}/${steps} ${step.padEnd(26)} ${seconds(total).padStart(7)}  (${parts})`,
  )
}

function sum(times: readonly StepTime[]): Omit<StepTime, 'step'> {
  const of = (share: 'total' | 'program' | 'device' | 'person') => times.reduce((all, time) => all + time[share], 0)
  return { total: of('total'), program: of('program'), device: of('device'), person: of('person') }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/gu, '-')
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
