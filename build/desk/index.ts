import { toFailure } from '#domain/failure/index.ts'
import { chipRead } from './chip-read.ts'
import { chipTrustImport, chipTrustList } from './chip-trust.ts'
import { UsageError } from './command-line.ts'
import { devices } from './devices.ts'
import { diagnose, diagnoseCentre, diagnoseStation } from './diagnose.ts'
import { diagnoseBundle, diagnoseCode } from './diagnose-bundle.ts'
import { diagnoseDevice, diagnoseTrace } from './diagnose-device.ts'
import { diagnoseParts } from './diagnose-parts.ts'
import { diagnosePorts } from './diagnose-ports.ts'
import { failureText } from './failure-text.ts'
import { fingerCapture } from './finger-capture.ts'
import { fingerVerify } from './finger-verify.ts'
import { placesImport } from './places-import.ts'
import { usage } from './usage.ts'

/**
 * One command: its own words in, what it found out: for machines and in lines for people. `failed`: it was done, but
 * what it found out is that something does not work.
 */
export type Command = (
  args: readonly string[],
  signal: AbortSignal,
) => Promise<{ value: unknown; text: readonly string[]; failed?: boolean }>

const commands: Readonly<Record<string, Command>> = {
  devices,
  diagnose,
  'diagnose bundle': diagnoseBundle,
  'diagnose centre': diagnoseCentre,
  'diagnose code': diagnoseCode,
  'diagnose device': diagnoseDevice,
  'diagnose parts': diagnoseParts,
  'diagnose ports': diagnosePorts,
  'diagnose station': diagnoseStation,
  'diagnose trace': diagnoseTrace,
  'chip read': chipRead,
  'chip trust import': chipTrustImport,
  'chip trust list': chipTrustList,
  'finger capture': fingerCapture,
  'finger verify': fingerVerify,
  'places import': placesImport,
}

const status = { done: 0, failed: 1, usage: 2 } as const

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json')
  if (args.length === 0 || args.includes('--help') || args[0] === 'help') {
    process.stdout.write(usage)
    return args.length === 0 ? status.usage : status.done
  }
  const cancel = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort())
  try {
    const { command, rest } = find(args)
    const { value, text, failed = false } = await command(rest, cancel.signal)
    process.stdout.write(json ? `${JSON.stringify({ ok: true, value })}\n` : text.map((line) => `${line}\n`).join(''))
    return failed ? status.failed : status.done
  } catch (error) {
    if (error instanceof UsageError) {
      if (json) tellFailure('USAGE', 'desk', false)
      process.stderr.write(`desk: ${error.message}\nSee npm run desk -- --help\n`)
      return status.usage
    }
    const failure = toFailure(error, 'desk')
    if (json) tellFailure(failure.code, failure.step, failure.retriable)
    else process.stderr.write(`${(await failureText(failure)).join('\n')}\n`)
    return status.failed
  }
}

function tellFailure(code: string, step: string, retriable: boolean) {
  process.stdout.write(`${JSON.stringify({ ok: false, error: { code, step, retriable } })}\n`)
}

function find(args: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const words of [3, 2, 1]) {
    const command = commands[args.slice(0, words).join(' ')]
    // A word after `diagnose` names another command, or none.
    if (command && (command !== diagnose || args[1] === undefined || args[1].startsWith('-')))
      return { command, rest: args.slice(words) }
  }
  throw new UsageError(`no such command; there is: ${Object.keys(commands).join(', ')}`)
}

process.exitCode = await main(process.argv.slice(2))
