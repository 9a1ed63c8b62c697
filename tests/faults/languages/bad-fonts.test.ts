import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { testStation, thai } from '../../integration/languages/station.ts'
import { forge, sha256, type Forgery } from './forge.ts'

const font = readFileSync(
  join(
    import.meta.dirname,
    '../../../node_modules/@fontsource/noto-sans-tai-viet/files/noto-sans-tai-viet-tai-viet-400-normal.woff2',
  ),
)
const fonts = { 'tai.woff2': font }
const aFile = (file: string) => ({ file, size: 3, sha256: sha256(Buffer.from('abc')) })
const naming = (file: string): Forgery => ({ manifest: (made) => ({ ...made, files: [...made.files, aFile(file)] }) })

test('a pack with a font that was made by the description alone is taken', async () => {
  const station = testStation('DB-0007')
  const folder = forge({ fonts })
  const found = await station.handlers.inspectLanguage({ folder })
  expect(found.fonts).toBe(1)
  await station.handlers.importLanguage({ folder, fingerprint: found.fingerprint })
  expect(Buffer.from((await station.font(`${thai}/tai`))?.bytes ?? []).equals(font)).toBe(true)
})

const evils: readonly [string, string, string | undefined, Forgery][] = [
  [
    'with a script that claims to be a font',
    'PACK_MALFORMED',
    'font',
    { fonts: { 'a.woff2': Buffer.from('wOF2<script>'.repeat(40)) } },
  ],
  ['with a font that was cut off', 'PACK_MALFORMED', 'font', { fonts: { 'a.woff2': font.subarray(0, 4000) } }],
  [
    'with five fonts',
    'PACK_TOO_LARGE',
    undefined,
    { fonts: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`f${n}.woff2`, font])) },
  ],
  [
    'with a font of more than 2 MB',
    'PACK_TOO_LARGE',
    undefined,
    { fonts: { 'a.woff2': Buffer.alloc(2 * 1024 * 1024 + 1) } },
  ],
  [
    'with a font of 2 GB',
    'PACK_TOO_LARGE',
    undefined,
    { fonts, after: (at) => truncateSync(join(at, 'fonts/tai.woff2'), 2 * 1024 ** 3) },
  ],
  ['with a font of another kind', 'PACK_MALFORMED', 'unknown-file', { fonts: { 'a.ttf': font } }],
  ['with capitals in a name', 'PACK_MALFORMED', 'unknown-file', { fonts: { 'Tai.woff2': font } }],
  ['with a font below another folder', 'PACK_MALFORMED', 'path', naming('fonts/a/b.woff2')],
  ['with a font that climbs', 'PACK_MALFORMED', 'path', naming('fonts/../a.woff2')],
  ['with a font that climbs backwards', 'PACK_MALFORMED', 'path', naming('fonts\\..\\a.woff2')],
  ['with a recording among the fonts', 'PACK_MALFORMED', 'path', naming('fonts/answer.right.webm')],
  ['with a font among the recordings', 'PACK_MALFORMED', 'path', naming('audio/tai.woff2')],
  [
    'with a font that is not there',
    'PACK_MALFORMED',
    'missing-file',
    { fonts, after: (at) => rmSync(join(at, 'fonts/tai.woff2')) },
  ],
  [
    'with a font that nobody signed',
    'PACK_MALFORMED',
    'unsigned-file',
    { fonts, after: (at) => writeFileSync(join(at, 'fonts/b.woff2'), font) },
  ],
  [
    'with a font that is another one',
    'PACK_SIGNATURE',
    'hash',
    { fonts, after: (at) => writeFileSync(join(at, 'fonts/tai.woff2'), Buffer.from(font).fill(1, 5000)) },
  ],
  [
    'with a folder among the fonts',
    'PACK_MALFORMED',
    'not-a-file',
    { fonts, after: (at) => mkdirSync(join(at, 'fonts/b.woff2')) },
  ],
  [
    'with a font that is a link',
    'PACK_MALFORMED',
    'not-a-file',
    {
      fonts,
      after: (at) => (rmSync(join(at, 'fonts/tai.woff2')), symlinkSync('/etc/passwd', join(at, 'fonts/tai.woff2'))),
    },
  ],
  [
    'whose fonts are a link',
    'PACK_MALFORMED',
    'unknown-file',
    {
      fonts,
      after: (at) => (renameSync(join(at, 'fonts'), `${at}-fonts`), symlinkSync(`${at}-fonts`, join(at, 'fonts'))),
    },
  ],
  [
    'of English with a font',
    'PACK_MALFORMED',
    'fonts-of-program',
    { fonts, texts: {}, manifest: (made) => ({ ...made, language: { ...made.language, id: 'en' } }) },
  ],
]

test.each(evils)('a pack %s is refused as %s, and nothing is left behind', async (_, code, reason, forgery) => {
  const station = testStation('DB-0007')
  await station.say('answer.wrong', 9)
  const languages = join(station.dataFolder, 'languages')
  const listing = () => readdirSync(languages, { recursive: true, encoding: 'utf8' }).toSorted()
  const before = listing()
  const folder = forge(forgery)
  for (const act of [
    async () => station.handlers.inspectLanguage({ folder }),
    async () => station.handlers.importLanguage({ folder, fingerprint: '0'.repeat(64) }),
  ]) {
    const error: unknown = await act().catch((thrown: unknown) => thrown)
    if (!(error instanceof AppError)) throw new Error('it was taken')
    expect([error.code, error.context['reason']]).toEqual([code, reason])
  }
  expect(listing()).toEqual(before)
})
