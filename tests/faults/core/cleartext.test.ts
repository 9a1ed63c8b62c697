import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReceiver } from '#build/receiver/index.ts'
import { capturePlanOn } from '#domain/biometrics/index.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesInClear, isInClear, type Traces } from '../../support/cleartext.ts'
import { usualCapture } from '../../support/instant-host.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

const folder = mkdtempSync(join(tmpdir(), 'qcc-clear-'))
let certificate = ''
beforeAll(() => {
  certificate = makeReceiver(join(folder, 'receiver')).certificate
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const prints = capturePlanOn({ day: '2026-11-21' }).steps.flatMap((step) => {
  const { png, fingers } = usualCapture(step)
  return [png, ...fingers.flatMap((finger) => [finger.png, finger.template])]
})

/** All that the visit of desk-process.ts puts in. */
const traces: Traces = {
  texts: [
    loThiMau.fullName,
    'LO<<THI<MAU',
    loThiMau.personalNumber,
    '190000123',
    '050000123',
    loThiMau.residence,
    loThiMau.origin,
    loThiMau.qr,
    ...loThiMau.mrz,
  ],
  pictures: [inventedPng(99), inventedPng(1, 640, 480), inventedPng(2, 480, 640), inventedPng(3, 600, 200), ...prints],
}

/**
 * Runs the visit, or goes on with the one of this name, in a process of its own, killed with SIGKILL after so many stored
 * changes; its temporary files lie in the folder too.
 */
function visit(name: string, changes: number) {
  const home = join(folder, name)
  const temporary = join(home, 'temporary')
  mkdirSync(temporary, { recursive: true })
  const child = spawnSync(
    process.execPath,
    ['tests/support/desk-process.ts', join(home, 'data'), certificate, String(changes)],
    {
      timeout: 60_000,
      env: { ...process.env, TMPDIR: temporary, HOME: temporary },
    },
  )
  return { home, signal: child.signal, said: Buffer.concat([child.stdout, child.stderr]) }
}

test('the search finds a trace in each form, in a file, in its name and in what is said', () => {
  const place = join(folder, 'search')
  mkdirSync(place)
  writeFileSync(join(place, 'harmless'), `Lò Thị ${loThiMau.personalNumber.slice(0, 8)}`)
  expect(filesInClear([place], traces)).toEqual([])
  const wide = Buffer.from(loThiMau.fullName, 'utf16le')
  const hidden = {
    nfc: Buffer.from(loThiMau.fullName),
    nfd: Buffer.from(loThiMau.fullName.normalize('NFD')),
    upper: Buffer.from(loThiMau.fullName.toUpperCase()),
    utf16: wide,
    'utf16-swapped': Buffer.from(wide).swap16(),
    number: Buffer.from(loThiMau.personalNumber),
    qr: Buffer.from(loThiMau.qr),
    slice: inventedPng(2, 480, 640).subarray(64 + 1600, 64 + 1616),
  }
  for (const [name, bytes] of Object.entries(hidden))
    writeFileSync(join(place, name), Buffer.concat([Buffer.alloc(777, 1), bytes, Buffer.alloc(77, 2)]))
  writeFileSync(join(place, `${loThiMau.personalNumber}.log`), '')
  expect(filesInClear([place], traces).toSorted()).toEqual(
    [...Object.keys(hidden), `${loThiMau.personalNumber}.log`].toSorted(),
  )
  expect(isInClear(Buffer.from(`{"name":"${loThiMau.fullName}"}`), traces)).toBe(true)
})

test('after a whole visit no file of the program holds the person in clear, and it has said nothing of them', () => {
  const { home, said } = visit('whole', 0)
  expect(said.toString()).toContain('"done":true')
  expect(existsSync(join(home, 'data', 'station', 'sealed'))).toBe(true)
  expect(filesInClear([home], traces)).toEqual([])
  expect(isInClear(said, traces)).toBe(false)
})

/** One visit of many lives: what the lives before have left behind lies there, too. */
test.each([
  ['arrival', 'open', 3],
  ['compare', 'open', 5],
  ['portrait', 'open', 5],
  ['fingers', 'open', 6],
  ['fingers', 'open', 22],
  ['check', 'open', 18],
  ['check', 'open', 15],
  ['review', 'sealing', 3],
  ['review', 'sealed', 1],
])(
  'killed at the step %s of a dossier that is %s, the program leaves nothing of the person in clear',
  (step, status, changes) => {
    const { home, signal, said } = visit('killed', changes)
    expect(signal).toBe('SIGKILL')
    expect(said.toString()).toContain(`"step":"${step}","status":"${status}"`)
    expect(filesInClear([home], traces)).toEqual([])
    expect(isInClear(said, traces)).toBe(false)
  },
)
