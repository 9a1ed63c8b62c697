import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeSupportCode, type Bundle } from '#core/diagnostics/bundle/index.ts'
import { bundleOf, stationIn } from '../../support/bundle.ts'
import { setUpStation } from '../../support/desk.ts'

let folder = ''
let bundle: Bundle & { files: Map<string, Buffer> }
let certificate = ''

beforeAll(async () => {
  const stations = await setUpStation()
  folder = mkdtempSync(join(tmpdir(), 'qcc-bundle-'))
  const station = await stationIn(stations.freshData())
  try {
    bundle = await bundleOf({ folder, station })
    certificate = join(folder, 'station.pem')
    writeFileSync(certificate, station.signingKit().stationCertificate)
  } finally {
    station.close()
    stations.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function verify(content: string, signature = `${bundle.file}.p7s`): string {
  const words = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', signature, '-content', content]
  return execFileSync('openssl', [...words, '-CAfile', certificate, '-purpose', 'any', '-out', '/dev/null'], {
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

describe('OpenSSL', () => {
  test("finds the signature beside a bundle to be the station's, over exactly these bytes", () => {
    expect(() => verify(bundle.file)).not.toThrow()
  })

  test('finds one changed byte', () => {
    const bytes = readFileSync(bundle.file)
    for (const position of [0, bytes.length >> 1, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[position] = (changed[position] ?? 0) ^ 1
      const path = join(folder, 'changed.bin')
      writeFileSync(path, changed)
      expect(() => verify(path)).toThrow(/verification failure|digest/iu)
    }
  })

  test('reads from the signature which station signed, and when', () => {
    const printed = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', `${bundle.file}.p7s`])
    expect(printed.toString()).toMatch(/CN ?= ?SL-0312/u)
    expect(printed.toString()).toMatch(/signingTime[\s\S]{0,200}Nov 21/u)
    expect(printed.toString()).toMatch(/eContent: <ABSENT>/u)
  })
})

test("Python's zip library reads every file, and each has the hash that the manifest lists", () => {
  const script = `
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
manifest = json.loads(archive.read('manifest.json'))
listed = {each['path']: each for each in manifest['files']}
assert set(listed) | {'manifest.json'} == set(archive.namelist()), archive.namelist()
for path, each in listed.items():
    data = archive.read(path)
    assert (len(data), hashlib.sha256(data).hexdigest()) == (each['size'], each['sha256']), path
print(len(listed), manifest['format'])
`
  const told = execFileSync('python3', ['-c', script, bundle.file], { encoding: 'utf8' })
  expect(told.trim()).toBe(`${bundle.files.size - 1} quay-can-cuoc/bundle/1`)
})

test('only the two files of the bundle are made', () => {
  const made = readdirSync(folder).filter((name) => name.startsWith('quay-can-cuoc'))
  expect(made.map((name) => name.replace(/_\d{8}-\d{6}/u, ''))).toEqual([
    'quay-can-cuoc_SL-0312.zip',
    'quay-can-cuoc_SL-0312.zip.p7s',
  ])
})

test('zbarimg reads from the picture the code that is read over the phone', () => {
  const picture = join(folder, 'code.pgm')
  writeFileSync(picture, drawn(bundle.files.get('code.svg')?.toString() ?? '', 6))
  const read = execFileSync('zbarimg', ['-q', '--raw', picture], { encoding: 'utf8', stdio: 'pipe' }).trim()
  expect(read).toBe(bundle.code)
  expect(decodeSupportCode(read).version).toBe('0.1.0')
})

/** The squares of the SVG as a grey picture, `scale` pixels a module. */
function drawn(svg: string, scale: number): Buffer {
  const side = Number(/viewBox="0 0 (\d+) /u.exec(svg)?.[1]) * scale
  const pixels = Buffer.alloc(side * side, 255)
  for (const [, left, top] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/gu)) {
    for (let y = 0; y < scale; y++) {
      const from = (Number(top) * scale + y) * side + Number(left) * scale
      pixels.fill(0, from, from + scale)
    }
  }
  return Buffer.concat([Buffer.from(`P5\n${side} ${side}\n255\n`), pixels])
}
