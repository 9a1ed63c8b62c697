import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CitizenView } from '#contract/index.ts'
import { forgetVisits } from '#electron/shell/forget.ts'
import { screenMemory } from '#electron/shell/remembered.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeSession } from '../../support/fake-electron.ts'

describe("which display is the citizen's", () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcc-screens-'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true, force: true })
  })
  const file = () => join(folder, 'screens.json')
  const hall = {
    key: 'external/DELL/1024x600/20',
    marks: { id: 20, label: 'DELL', internal: false, long: 1024, short: 600 },
  }

  test('is undecided in a new data folder', () => {
    expect(screenMemory(folder).citizen).toBeUndefined()
    expect(existsSync(file())).toBe(false)
  })

  test.each([{ citizen: hall }, { citizen: null }])('is known to the next run: $citizen', async ({ citizen }) => {
    const memory = screenMemory(folder)
    memory.remember(citizen)
    await memory.written()
    expect(screenMemory(folder).citizen).toEqual(citizen)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  test('is what was said last, however quickly, and nothing is left beside the file', async () => {
    const memory = screenMemory(folder)
    memory.remember(hall)
    memory.remember(null)
    memory.remember({ ...hall, key: 'last' })
    await memory.written()
    expect(screenMemory(folder).citizen?.key).toBe('last')
    expect(readdirSync(folder)).toEqual(['screens.json'])
  })

  test.each(['', '{', '[]', '{"version":2,"citizen":null}', '{"version":1,"citizen":{"key":1}}', '\0'])(
    'is asked again, not guessed, when the file holds %j',
    (text) => {
      writeFileSync(file(), text)
      expect(screenMemory(folder).citizen).toBeNull()
    },
  )

  test('that cannot be written is complained of by its code, and the next one is tried again', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const memory = screenMemory(folder)
    mkdirSync(join(file(), 'in the way'), { recursive: true })
    memory.remember(hall)
    await memory.written()
    expect(said.mock.calls.map(([text]) => text)).toEqual(['screens.json was not written: STORE_DAMAGED\n'])
    rmSync(file(), { recursive: true })
    memory.remember(hall)
    await memory.written()
    expect(readFileSync(file(), 'utf8')).toContain('DELL')
  })
})

describe('what the session keeps of a visit', () => {
  const idle: CitizenView = { scene: 'idle' }
  const curtain: CitizenView = { scene: 'curtain' }
  const visit = () => {
    const session = new FakeSession()
    return { session, see: forgetVisits(session) }
  }

  test('is cleared once when the visit ends, also one behind the curtain', () => {
    const { session, see } = visit()
    see(idle)
    see(curtain)
    expect(session.cleared).toEqual([])
    see(idle)
    see(idle)
    expect(session.cleared).toEqual(['cache', 'storage'])
    see(curtain)
    see(idle)
    expect(session.cleared).toHaveLength(4)
  })

  test('that cannot be cleared is complained of without a word of what it was', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const { session, see } = visit()
    session.clearing = Promise.reject(new Error('Lò Thị Mẫu'))
    see(curtain)
    see(idle)
    await expect(session.clearing).rejects.toThrow()
    expect(said.mock.calls.map(([text]) => text)).toEqual(Array(2).fill("the citizen's session was not cleared\n"))
    said.mockRestore()
  })
})
