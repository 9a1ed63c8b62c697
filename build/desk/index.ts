import { toFailure } from '#domain/failure/index.ts'
import { UsageError } from './command-line.ts'
import { usage } from './usage.ts'

/**
 * One command: its own words in, what it found out: for machines and in lines for people. `failed`: it was done, but
 * what it found out is that something does not work.
 */
export type Command = (
  args: readonly string[],
  signal: AbortSignal,
) => Promise<{ value: unknown; text: readonly string[]; failed?: boolean }>

/** Each with only what it needs of the program: most of the time of a short command is its loading. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  devices: async () => (await import('./devices.ts')).devices,
  diagnose: async () => (await import('./diagnose.ts')).diagnose,
  'diagnose bundle': async () => (await import('./diagnose-bundle.ts')).diagnoseBundle,
  'diagnose centre': async () => (await import('./diagnose.ts')).diagnoseCentre,
  'diagnose code': async () => (await import('./diagnose-bundle.ts')).diagnoseCode,
  'diagnose device': async () => (await import('./diagnose-device.ts')).diagnoseDevice,
  'diagnose parts': async () => (await import('./diagnose-parts.ts')).diagnoseParts,
  'diagnose ports': async () => (await import('./diagnose-ports.ts')).diagnosePorts,
  'diagnose station': async () => (await import('./diagnose.ts')).diagnoseStation,
  'diagnose trace': async () => (await import('./diagnose-device.ts')).diagnoseTrace,
  'chip read': async () => (await import('./chip-read.ts')).chipRead,
  'chip trust import': async () => (await import('./chip-trust.ts')).chipTrustImport,
  'chip trust list': async () => (await import('./chip-trust.ts')).chipTrustList,
  'finger capture': async () => (await import('./finger-capture.ts')).fingerCapture,
  'finger verify': async () => (await import('./finger-verify.ts')).fingerVerify,
  'places import': async () => (await import('./places-import.ts')).placesImport,
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
    const { load, rest } = find(args)
    const command = await load()
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
    else {
      const { failureText } = await import('./failure-text.ts')
      process.stderr.write(`${(await failureText(failure)).join('\n')}\n`)
    }
    return status.failed
  }
}

function tellFailure(code: string, step: string, retriable: boolean) {
  process.stdout.write(`${JSON.stringify({ ok: false, error: { code, step, retriable } })}\n`)
}

function find(args: readonly string[]): { load: () => Promise<Command>; rest: readonly string[] } {
  for (const words of [3, 2, 1]) {
    const name = args.slice(0, words).join(' ')
    const load = commands[name]
    // A word after `diagnose` names another command, or none.
    if (load && (name !== 'diagnose' || args[1] === undefined || args[1].startsWith('-')))
      return { load, rest: args.slice(words) }
  }
  throw new UsageError(`no such command; there is: ${Object.keys(commands).join(', ')}`)
}

process.exitCode = await main(process.argv.slice(2))
