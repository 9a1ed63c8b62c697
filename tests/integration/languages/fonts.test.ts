import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryRoot, testStation, thai, type TestStation } from './station.ts'

const fontOf = (name: string) => readFileSync(join(import.meta.dirname, '../../../node_modules/@fontsource', name))
const taiViet = fontOf('noto-sans-tai-viet/files/noto-sans-tai-viet-tai-viet-400-normal.woff2')
const khmer = fontOf('noto-sans-khmer/files/noto-sans-khmer-khmer-400-normal.woff2')

function onStick(name: string, bytes: Uint8Array = taiViet): string {
  const file = join(temporaryRoot(), name)
  writeFileSync(file, bytes)
  return file
}

const add = async (station: TestStation, file: string, language = thai) => station.handlers.addFont({ language, file })
const fontsOf = (station: TestStation) => (station.words() as { readonly fonts?: readonly string[] }).fonts ?? []

async function carry(from: TestStation, to: TestStation) {
  const { folder } = await from.handlers.exportLanguage({ language: thai, folder: temporaryRoot() })
  const found = await to.handlers.inspectLanguage({ folder })
  await to.handlers.importLanguage({ folder, fingerprint: found.fingerprint })
  return { folder, found }
}

describe('a font of a pack', () => {
  test('is added by its path under a tidy name, stays, and is given out byte for byte', async () => {
    const station = testStation()
    await add(station, onStick('Noto Sans TaiViệt-Regular.WOFF2'))
    const after = await station.again()
    expect(fontsOf(after)).toEqual(['noto-sans-taiviet-regular'])
    expect(after.view()).toMatchObject({ fonts: ['noto-sans-taiviet-regular'] })
    const given = await after.font(`${thai}/noto-sans-taiviet-regular`)
    expect(given?.mediaType).toBe('font/woff2')
    expect(Buffer.from(given?.bytes ?? []).equals(taiViet)).toBe(true)
    for (const other of ['other', '../pack', 'noto-sans-taiviet-regular/x', '']) {
      expect(await after.font(`${thai}/${other}`), other).toBeUndefined()
    }
  })

  test('travels with the pack, and the officer is told so first', async () => {
    const there = testStation()
    const here = testStation('DB-0007')
    await there.say('answer.right')
    await add(there, onStick('tai.woff2'))
    const { folder, found } = await carry(there, here)
    expect(readdirSync(join(folder, 'fonts'))).toEqual(['tai.woff2'])
    expect(found).toMatchObject({ fonts: 1, recordings: 1 })
    expect(Buffer.from((await here.font(`${thai}/tai`))?.bytes ?? []).equals(taiViet)).toBe(true)
    expect(fontsOf(await here.again())).toEqual(['tai'])
  })

  test('stays where the new pack brings none, and gives way where it brings its own', async () => {
    const there = testStation()
    const here = testStation('DB-0007')
    await there.say('answer.right')
    await there.handlers.reviewLanguage({ language: thai, by: 'Quàng Văn Mẫu' })
    await add(here, onStick('own.woff2', khmer))
    await carry(there, here)
    expect(fontsOf(here)).toEqual(['own'])
    expect(here.view()).not.toHaveProperty('reviewed')
    await add(there, onStick('theirs.woff2'))
    await there.handlers.reviewLanguage({ language: thai, by: 'Quàng Văn Mẫu' })
    await carry(there, here)
    expect(fontsOf(here)).toEqual(['theirs'])
    expect(await here.font(`${thai}/own`)).toBeUndefined()
    expect(here.view()).toHaveProperty('reviewed')
  })

  test('takes the review away when it is added, replaced or deleted', async () => {
    const station = testStation()
    await station.say('answer.right')
    const review = async () => station.handlers.reviewLanguage({ language: thai, by: 'Quàng Văn Mẫu' })
    for (const act of [
      () => add(station, onStick('one.woff2')),
      () => add(station, onStick('one.woff2', khmer)),
      async () => station.handlers.dropFont({ language: thai, name: 'one' }),
    ]) {
      await review()
      expect(station.view()).toHaveProperty('reviewed')
      await act()
      expect(station.view()).not.toHaveProperty('reviewed')
    }
    expect(fontsOf(await station.again())).toEqual([])
  })

  test('may be put into the folder by hand: it is there at the next start, what is none is passed over', async () => {
    const station = testStation()
    await station.say('answer.right')
    await station.handlers.reviewLanguage({ language: thai, by: 'Quàng Văn Mẫu' })
    const folder = join(station.dataFolder, 'languages', thai, 'fonts')
    mkdirSync(folder)
    writeFileSync(join(folder, 'tai.woff2'), taiViet)
    writeFileSync(join(folder, 'none.woff2'), 'wOF2 it says')
    writeFileSync(join(folder, 'Large Name.woff2'), taiViet)
    symlinkSync(onStick('far.woff2'), join(folder, 'far.woff2'))
    const after = await station.again()
    expect(fontsOf(after)).toEqual(['tai'])
    // Nobody found these letters right.
    expect(after.view()).not.toHaveProperty('reviewed')
  })

  test('that was damaged on this disk is given out no more, and the pack is exported without it', async () => {
    const station = testStation()
    await station.say('answer.right')
    await add(station, onStick('tai.woff2'))
    writeFileSync(join(station.dataFolder, 'languages', thai, 'fonts', 'tai.woff2'), taiViet.subarray(0, 5000))
    expect(await station.font(`${thai}/tai`)).toBeUndefined()
    const { folder } = await station.handlers.exportLanguage({ language: thai, folder: temporaryRoot() })
    expect(readdirSync(join(folder, 'fonts'))).toEqual([])
  })
})

describe('what is no font that could be used', () => {
  const changed = (at: number, value: number) => {
    const bytes = Buffer.from(taiViet)
    bytes.writeUInt32BE(value, at)
    return bytes
  }
  test.each([
    ['a text that claims to be one', 'not-woff2', Buffer.from(`wOF2${'x'.repeat(500)}`)],
    ['a font of another kind', 'not-woff2', Buffer.from(`wOFF${'\0'.repeat(500)}`)],
    ['an empty file', 'not-woff2', Buffer.alloc(0)],
    ['a font that was cut off', 'cut-off', taiViet.subarray(0, -1)],
    ['a font with something behind it', 'cut-off', Buffer.concat([taiViet, Buffer.from('<script>')])],
    ['a collection', 'collection', changed(4, 0x74746366)],
    [
      'a font whose packed part is noise',
      'tables',
      Buffer.concat([taiViet.subarray(0, 200), Buffer.alloc(taiViet.length - 200, 0x55)]),
    ],
    ['a font that claims to hold more than it does', 'cut-off', changed(20, 0x7fffffff)],
    ['more than 2 MB', 'too-large', Buffer.alloc(2 * 1024 * 1024 + 1)],
  ])('%s is refused, and the pack stays as it is', async (_, reason, bytes) => {
    const station = testStation()
    await expect(add(station, onStick('bad.woff2', bytes))).rejects.toMatchObject({
      code: 'FONT_UNUSABLE',
      context: { reason },
    })
    expect(fontsOf(await station.again())).toEqual([])
  })

  test('a path that leads nowhere, to a folder, a link or another kind of file is refused', async () => {
    const station = testStation()
    const file = onStick('tai.woff2')
    const link = `${file}-link.woff2`
    symlinkSync(file, link)
    mkdirSync(`${file}-folder.woff2`)
    for (const each of ['/nowhere/a.woff2', 'a.woff2', '../a.woff2', link, `${file}-folder.woff2`])
      await expect(add(station, each), each).rejects.toMatchObject({ context: { reason: 'unreadable' } })
    for (const each of ['/etc/passwd', `${file}/`, '/dev/zero', '/media/….woff2'])
      await expect(add(station, each), each).rejects.toMatchObject({ context: { reason: 'name' } })
  })

  test('a fifth one is refused, one of the same name takes the place of the first', async () => {
    const station = testStation()
    for (const name of ['a', 'b', 'c', 'd']) await add(station, onStick(`${name}.woff2`))
    await expect(add(station, onStick('e.woff2'))).rejects.toMatchObject({ context: { reason: 'too-many' } })
    await add(station, onStick('d.woff2', khmer))
    expect(fontsOf(station)).toEqual(['a', 'b', 'c', 'd'])
    expect(Buffer.from((await station.font(`${thai}/d`))?.bytes ?? []).equals(khmer)).toBe(true)
  })

  test('one for Vietnamese or English is refused: the words of the program keep its letters', async () => {
    const station = testStation()
    for (const language of ['vi', 'en'])
      await expect(async () => add(station, onStick('a.woff2'), language)).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
  })
})

test('what citizens missed is on the disk when closing returns, without waiting for it', async () => {
  const station = testStation()
  await station.handlers.reportMissed({ language: thai, keys: ['digit.7'] })
  const file = join(station.dataFolder, 'languages', thai, 'missed.json')
  rmSync(file, { force: true })
  void station.close()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ 'digit.7': 1 })
})
