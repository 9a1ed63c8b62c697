import { parseArgs, type ParseArgsConfig } from 'node:util'
import { AppError } from '#domain/failure/index.ts'

/** Not understood: exit status 2. The message is for a person and quotes nothing but options. */
export class UsageError extends Error {}

export type Words = Readonly<Record<string, string | boolean | undefined>>

/** Options after the command; every one takes a value, except `flags`, `--json` and `--help`. Throws UsageError. */
export function readWords(words: readonly string[], names: readonly string[], flags: readonly string[] = []): Words {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const name of [...flags, 'json', 'help']) options[name] = { type: 'boolean' }
  for (const name of names) options[name] = { type: 'string' }
  try {
    return parseArgs({ args: [...words], options }).values as Words
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

export function wanted(words: Words, name: string): string {
  const value = words[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

export function given(words: Words, name: string): string | undefined {
  const value = words[name]
  return typeof value === 'string' ? value : undefined
}

export function numberWithin(words: Words, name: string, least: number, most: number, usual: number): number {
  const text = given(words, name)
  if (text === undefined) return usual
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new UsageError(`--${name} wants a number from ${least} to ${most}`)
  return value
}

/** Runs an act whose USAGE failure is a matter of the command line. */
export function asUsage<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'USAGE') throw error
    throw new UsageError(Object.values(error.context).join(' '))
  }
}
