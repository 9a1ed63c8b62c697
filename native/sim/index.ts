import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '#domain/failure/index.ts'
import { fullChip, readChipFile, type ChipFile } from './chip/index.ts'
import { people, type PersonName } from './people/people.ts'
import { parseFault, stageFaults } from './stage/faults.ts'
import { zfmModels, type ZfmModel } from './zfm/index.ts'
import { stageScanners, type StageScanner } from './stage/scanners.ts'
import { setUpStage, stageReaders, type RunningStage, type StageOptions, type StageReader } from './stage/set-up.ts'

const usage = `npm run simulate -- --dir DIR [--person NAME|FILE.json] [--chip bac|full] [--reader NAME]
                    [--module NAME] [--sbi] [--scanner NAME …] [--fault NAME@DEVICE …] [--pace N] [--no-card]
                    [--pictures N] [--frames N] [--drawn]

Starts all simulated devices in DIR and stays until it is ended.

  --dir DIR            where devices.json, card.json, mrz.txt and the lines are put
  --person NAME        whose card and fingers: ${Object.values(people).map(slug).join(', ')};
                       or a chip file that says who, how the chip is made and its habits (native/sim/people/cards)
  --chip bac|full      with basic access control only (default), or with PACE, chip and active authentication too;
                       not with a chip file, which says that itself
  --fault NAME@DEVICE  makes a device, or the person at it, misbehave; may be given several times.
                       wrong-hand:2@fingerprint does it in the next two captures
  --pace N             1 as slow as the real lines (default), 0 as fast as it goes
  --pictures N         how many pictures the slap scanner takes in a second (25)
  --frames N           a camera of so many frames a second, camera.y4m, instead of one that has thirty JPEGs
  --drawn              the hand is drawn before it is asked for, as it always is with a pace above 0
  --no-card            the card is not in the reader yet
  --reader NAME        which card reader: ${Object.keys(stageReaders).join(', ')}
  --module NAME        a serial fingerprint module, too: ${zfmModels.join(', ')}
  --scanner NAME       a code scanner, too: hid or serial; may be given twice
  --sbi                a slap scanner and an iris camera behind SBI services on loopback ports, too

Faults by device:
${Object.entries(stageFaults)
  .map(([device, names]) => `  ${device.padEnd(16)} ${names.join(', ')}`)
  .join('\n')}
`

class UsageError extends Error {}

async function main(): Promise<void> {
  let running: RunningStage | undefined
  let ending = false
  let starting: Promise<RunningStage> | undefined
  const end = async () => {
    if (ending) return
    ending = true
    running = await starting?.catch(() => undefined)
    await running?.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
  whenParentIsGone(() => void end())

  try {
    const options = await readOptions(process.argv.slice(2))
    if (!options) return void process.stdout.write(usage)
    starting = setUpStage(options)
    const { devices } = await starting
    for (const { id, driver, transport, address } of devices)
      console.log(`${id.padEnd(16)} ${driver} ${transport} ${address}`)
    console.log('ready')
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`simulate: ${error.message}\n\n${usage}`)
    process.exit(2)
  }
}

/** A forked child knows its parent by the channel; under npm the parent is npm. A shell that merely left is no reason to end. */
function whenParentIsGone(end: () => void) {
  if (process.send) return void process.once('disconnect', end)
  if (process.env['npm_lifecycle_event'] === undefined) return
  // npm, and the shell that npm puts in between and that outlives it.
  const family = () => `${process.ppid} ${parentOf(process.ppid)}`
  const atFirst = family()
  setInterval(() => {
    if (family() !== atFirst) end()
  }, 500).unref()
}

/** Linux only; elsewhere nobody is known. */
function parentOf(pid: number): string {
  try {
    return /\nPPid:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}

async function readOptions(words: readonly string[]): Promise<StageOptions | undefined> {
  const values = parse(words)
  if (values.help) return undefined
  if (values.dir === undefined) throw new UsageError('--dir is missing')
  const pace = Number(values.pace)
  if (!Number.isFinite(pace) || pace < 0) throw new UsageError(`--pace wants a number from 0, not '${values.pace}'`)
  const pictures = Number(values.pictures)
  if (!Number.isFinite(pictures) || pictures <= 0)
    throw new UsageError(`--pictures wants a number above 0, not '${values.pictures}'`)
  const frames = values.frames === undefined ? undefined : Number(values.frames)
  if (frames !== undefined && (!Number.isInteger(frames) || frames <= 0))
    throw new UsageError(`--frames wants a whole number above 0, not '${values.frames}'`)
  return {
    dir: resolve(values.dir),
    ...(await readCard(values.person, values.chip)),
    pace,
    picturesASecond: pictures,
    framesASecond: frames,
    drawn: pace > 0 || values.drawn,
    cardInserted: !values['no-card'],
    reader: readerNamed(values.reader),
    ...(values.sbi ? { sbi: true } : {}),
    scanners: values.scanner.map(scannerNamed),
    ...(values.module === undefined ? {} : { module: moduleNamed(values.module) }),
    faults: values.fault.map((text) => {
      try {
        return parseFault(text)
      } catch (error) {
        throw new UsageError((error as Error).message)
      }
    }),
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        dir: { type: 'string' },
        person: { type: 'string', default: 'lo-thi-mau' },
        chip: { type: 'string' },
        fault: { type: 'string', multiple: true, default: [] },
        pace: { type: 'string', default: '1' },
        pictures: { type: 'string', default: '25' },
        frames: { type: 'string' },
        drawn: { type: 'boolean', default: false },
        'no-card': { type: 'boolean', default: false },
        reader: { type: 'string', default: 'gempc-twin' },
        module: { type: 'string' },
        scanner: { type: 'string', multiple: true, default: [] },
        sbi: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const chips: Readonly<Record<string, Pick<ChipFile, 'options' | 'quirks'>>> = {
  bac: { options: {}, quirks: {} },
  full: { options: fullChip, quirks: {} },
}

async function readCard(name: string, made?: string): Promise<Pick<StageOptions, 'person' | 'chip'>> {
  if (name.endsWith('.json')) {
    if (made !== undefined) throw new UsageError('--chip and a chip file exclude each other')
    const { person, ...chip } = await readChipFile(resolve(name)).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'USAGE') throw error
      throw new UsageError(`${name} is no chip file: ${Object.values(error.context).join(' ')}`)
    })
    return { person, chip }
  }
  const chip = Object.hasOwn(chips, made ?? 'bac') ? chips[made ?? 'bac'] : undefined
  if (!chip) throw new UsageError(`no chip '${made}'; there is: ${Object.keys(chips).join(', ')}`)
  return { person: personNamed(name), chip }
}

function personNamed(name: string) {
  for (const key of Object.keys(people) as PersonName[])
    if (name === key || name === slug(people[key])) return people[key]
  throw new UsageError(`no person '${name}'; there is: ${Object.values(people).map(slug).join(', ')}`)
}

function readerNamed(name: string): StageReader {
  if (Object.hasOwn(stageReaders, name)) return name as StageReader
  throw new UsageError(`no reader '${name}'; there is: ${Object.keys(stageReaders).join(', ')}`)
}

function moduleNamed(name: string): ZfmModel {
  const model = zfmModels.find((known) => known === name)
  if (!model) throw new UsageError(`no fingerprint module '${name}'; there is: ${zfmModels.join(', ')}`)
  return model
}

function scannerNamed(name: string): StageScanner {
  const scanner = stageScanners.find((known) => known === `${name}-scanner`)
  if (!scanner) throw new UsageError(`no scanner '${name}'; there is: hid, serial`)
  return scanner
}

function slug({ fullName }: { readonly fullName: string }): string {
  return fullName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '-')
}

await main()
