import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '#domain/failure/index.ts'
import { people, type Personalisation, type PersonName } from '../people/people.ts'
import type { ChipOptions } from './chip-options.ts'
import type { ChipQuirks } from './chip-quirks.ts'

/** What a chip file says: who is in the chip, how it is made, and its habits. */
export type ChipFile = {
  readonly person: Personalisation
  readonly options: ChipOptions
  readonly quirks: ChipQuirks
}

const date = z.iso.date()
const line = z.string().max(200)
const person: z.ZodType<Personalisation> = z.strictObject({
  personalNumber: z.string().regex(/^\d{12}$/),
  fullName: line.min(1),
  birthDate: date,
  sex: z.enum(['M', 'F']),
  nationality: line,
  ethnicity: line,
  religion: line,
  origin: line,
  residence: line,
  features: line,
  issued: date,
  expires: date,
  father: line,
  mother: line,
  spouse: line.exactOptional(),
  oldNumber: z
    .string()
    .regex(/^\d{9}$/)
    .exactOptional(),
  portraitSeed: z.int(),
})

const cipher = z.enum(['3des', 'aes128', 'aes192', 'aes256'])
const hash = z.enum(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])
const parameters = z.int().min(0).max(18)
const protocol = z.union([
  z.templateLiteral([z.enum(['dh', 'ecdh']), '-', z.enum(['gm', 'im']), '-', cipher]),
  z.templateLiteral(['ecdh-cam-', cipher.exclude(['3des'])]),
])
const options: z.ZodType<ChipOptions> = z.strictObject({
  pace: z.array(z.strictObject({ protocol, parameters })).max(16).exactOptional(),
  chipAuthentication: z
    .strictObject({ cipher, parameters, keyId: z.int().min(0).max(0x7fffff).exactOptional() })
    .exactOptional(),
  activeAuthentication: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('rsa'), bits: z.int().min(1024).max(4096).multipleOf(8), hash }),
      z.strictObject({ kind: z.literal('ecdsa'), parameters, hash }),
    ])
    .exactOptional(),
  portrait: z.enum(['jpeg', 'jpeg2000']).exactOptional(),
  container: z.enum(['iso19794', 'iso39794']).exactOptional(),
  additionalDetails: z.boolean().exactOptional(),
})

const habit = z.boolean().exactOptional()
const quirks: z.ZodType<ChipQuirks> = z.strictObject({
  noMasterFile: habit,
  maxReadLength: z.int().min(1).max(65536).exactOptional(),
  bareErrors: habit,
  noExtendedLength: habit,
  noShortIds: habit,
  extendedLength: habit,
  longestResponse: z.int().min(256).max(65535).exactOptional(),
  paceAttempts: z.int().min(1).max(15).exactOptional(),
  bareRefusals: habit,
  copied: habit,
})

const chipFile = z.strictObject({
  /** One of the invented people by name, or another, spelt out. */
  person: z.union([
    z.enum(Object.keys(people) as PersonName[]).transform((name): Personalisation => people[name]),
    person,
  ]),
  options: options.default({}),
  quirks: quirks.default({}),
})

/** Reads a chip file (JSON). One that cannot be read, or that says what no chip can be: USAGE with the place. */
export async function readChipFile(path: string): Promise<ChipFile> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new AppError('USAGE', 'sim.chip-file', { context: { what: 'unreadable' }, cause })
  }
  const parsed = chipFile.safeParse(content)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('USAGE', 'sim.chip-file', { context: { what: 'content', place } })
}
