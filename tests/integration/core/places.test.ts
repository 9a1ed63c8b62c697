import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importPlaces } from '#core/places/index.ts'
import { setUpStation, type Station } from '../../support/desk.ts'

const heading = 'old_commune\told_district\told_province\tnew_commune\tnew_province'
const address = 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La'
const day = '2021-08-15'

let station: Station
let folder: string
beforeAll(async () => {
  station = await setUpStation()
  folder = mkdtempSync(join(tmpdir(), 'qcc-places-'))
})
afterAll(() => {
  station.close()
  rmSync(folder, { recursive: true })
})

const file = (text: string) => {
  const path = join(folder, 'table.tsv')
  writeFileSync(path, text)
  return path
}

describe('where an old address lies now', () => {
  test('the officer’s window is told from the table that comes with the program', async () => {
    const desk = await station.sitDown()
    expect(await desk.ask('placeCandidates', { address, day })).toMatchObject({
      known: 'one',
      candidates: [{ address: 'Bản Mẫu, Thuận Châu, Sơn La' }],
    })
    expect(await desk.codeOf('placeCandidates', { address, day }, 'citizen')).toBe('NOT_ALLOWED')
  })

  test('a table that the technician imported stands in its place', async () => {
    const dataFolder = station.freshData()
    const size = await importPlaces(
      file(`${heading}\nXã Thôm Mòn\tHuyện Thuận Châu\tTỉnh Sơn La\tXã Mẫu\tTỉnh Mẫu\n`),
      dataFolder,
    )
    expect(size).toEqual({ oldCommunes: 1, divided: 0, newCommunes: 1, newProvinces: 1 })
    const desk = await station.sitDown({ dataFolder })
    const { candidates } = await desk.ask('placeCandidates', { address, day })
    expect(candidates.map((each) => each.address)).toEqual(['Bản Mẫu, Mẫu, Mẫu'])
  })

  test('a table with a mistake is refused and changes nothing, and one that was damaged later is passed over', async () => {
    const dataFolder = station.freshData()
    await expect(importPlaces(file(`${heading}\nXã Thôm Mòn`), dataFolder)).rejects.toMatchObject({
      code: 'FIELD_FORMAT',
      context: { line: 2 },
    })
    writeFileSync(join(dataFolder, 'places.tsv'), 'damaged')
    const desk = await station.sitDown({ dataFolder })
    expect(await desk.ask('placeCandidates', { address, day })).toMatchObject({ known: 'one' })
  })
})
