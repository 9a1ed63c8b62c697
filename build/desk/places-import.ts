import { importPlaces } from '#core/places/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { readWords, UsageError, wanted } from './command-line.ts'
import type { Command } from './index.ts'

/** `places import FILE --data DIR` */
export const placesImport: Command = async (args) => {
  const [path, ...rest] = args
  if (path === undefined || path.startsWith('-')) throw new UsageError('a FILE is wanted before the options')
  const folder = wanted(readWords(rest, ['data']), 'data')
  const size = await importPlaces(path, folder).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw new UsageError(`${path} cannot be read`)
    // Where, for a technician; a table of communes holds nothing personal.
    if (error.code === 'FIELD_FORMAT')
      process.stderr.write(`${path}: ${['line', 'what'].map((key) => error.context[key] ?? '').join(' ')}\n`)
    throw error
  })
  return {
    value: size,
    text: [
      `${size.oldCommunes} communes of before, ${size.divided} of them divided; ${size.newCommunes} of now in ` +
        `${size.newProvinces} provinces`,
    ],
  }
}
