import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PictureSources } from '#contract/index.ts'
import { openPictures, type Pictures } from '#core/pictures/index.ts'
import { openStore, type Store } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inventedPng } from '../../support/invented.ts'
import { badPictures, inventedJpeg, pngThatClaims } from '../../support/pictures.ts'

const pace = { stable: 60, poll: 15, recheck: 50 }

let home: string
let folder: string
let store: Store
let full = false
let dossier: string | undefined
let pictures: Pictures
const running: Pictures[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'qcc-pictures-'))
  folder = join(home, 'camera')
  mkdirSync(folder)
  store = openStore({ folder: join(home, 'data'), key: new Uint8Array(32).fill(7), clock: () => new Date() })
  full = false
  dossier = 'first'
  pictures = open()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()))
  store.close()
  rmSync(home, { recursive: true, force: true })
})

function open(): Pictures {
  const opened = openPictures({
    store: {
      ...store,
      putBlob: (...blob) => (full ? Promise.reject(new AppError('DISK_FULL', 'test')) : store.putBlob(...blob)),
    },
    clock: () => new Date(),
    dossier: () => dossier,
    onChange: () => {},
    pace,
  })
  running.push(opened)
  return opened
}

const put = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes)
const there = (name: string) => existsSync(join(folder, name))
const offered = () => pictures.view().offered
const own = (view: PictureSources) => view.folders[0]
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 })

describe('a watched folder', () => {
  test('gives each new picture once, from folders of the day too, and is empty when it is safe', async () => {
    pictures.watch('portrait-camera', folder)
    const [one, two, three] = [inventedPng(1), inventedJpeg(640, 480), inventedPng(2)]
    put('IMG_0001.PNG', one)
    put('IMG_0002.jpeg', two)
    mkdirSync(join(folder, '2026_11_21'))
    put('2026_11_21/IMG_0003.png', three)
    await until(() => expect(offered()).toHaveLength(3))
    await until(() => expect(['IMG_0001.PNG', 'IMG_0002.jpeg', '2026_11_21/IMG_0003.png'].some(there)).toBe(false))
    const kept = await Promise.all(offered().map(({ picture }) => store.getBlob(picture)))
    expect(kept.map((bytes) => Buffer.from(bytes).toString('hex')).toSorted()).toEqual(
      [one, two, three].map((bytes) => Buffer.from(bytes).toString('hex')).toSorted(),
    )
    expect(offered().every(({ role }) => role === 'portrait-camera')).toBe(true)
  })

  test('takes the same content only once, under any name and after a restart', async () => {
    pictures.watch('portrait-camera', folder)
    put('a.png', inventedPng(1))
    await until(() => expect(there('a.png')).toBe(false))
    pictures.drop(offered()[0]!.picture.name)
    await pictures.close()
    pictures = open()
    put('b.png', inventedPng(1))
    put('c.png', inventedPng(2))
    await until(() => expect([there('b.png'), there('c.png')]).toEqual([false, false]))
    expect(offered()).toHaveLength(1)
  })

  test('takes what was saved while the program was not running', async () => {
    pictures.watch('document-camera', folder)
    await pictures.close()
    put('late.png', inventedPng(3))
    pictures = open()
    await until(() => expect(offered()).toMatchObject([{ role: 'document-camera' }]))
  })

  test('leaves alone what was there before, what is no picture by name, and what is a link', async () => {
    put('holiday.jpg', inventedJpeg(640, 480))
    const soon = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
    pictures.watch('portrait-camera', folder)
    soon.mockRestore()
    put('note.txt', Buffer.from('ghi chú'))
    await until(() => expect(own(pictures.view())).toMatchObject({ folder, left: [] }))
    expect([there('holiday.jpg'), there('note.txt')]).toEqual([true, true])
    expect(offered()).toEqual([])
  })

  test('waits for a file that is still being written, however slowly', async () => {
    const whole = inventedPng(4, 300, 200)
    pictures.watch('portrait-camera', folder)
    put('slow.png', whole.subarray(0, 1000))
    await until(() => expect(own(pictures.view())?.left).toEqual([{ file: 'slow.png', code: 'IMAGE_UNREADABLE' }]))
    appendFileSync(join(folder, 'slow.png'), whole.subarray(1000))
    await until(() => expect(offered()).toHaveLength(1))
    await until(() => expect(own(pictures.view())?.left).toEqual([]))
    expect(await store.getBlob(offered()[0]!.picture)).toEqual(Buffer.from(whole))
  })

  test.each([
    ...badPictures.filter(({ what }) => what !== 'nothing'),
    {
      what: 'a PNG of 200 megapixels',
      bytes: () => pngThatClaims(20_000, 10_000),
      code: 'IMAGE_TOO_LARGE' as const,
    },
  ])('names $what that calls itself JPG, and leaves it where it is', async ({ bytes, code }) => {
    pictures.watch('document-camera', folder)
    put('scan.jpg', bytes())
    await until(() => expect(own(pictures.view())?.left).toEqual([{ file: 'scan.jpg', code }]))
    expect(readFileSync(join(folder, 'scan.jpg')).equals(bytes())).toBe(true)
    put('good.jpg', inventedJpeg(640, 480))
    await until(() => expect(offered()).toHaveLength(1))
    rmSync(join(folder, 'scan.jpg'))
    await until(() => expect(own(pictures.view())?.left).toEqual([]))
  })

  test('keeps a picture for which the disk has no room, and takes it when there is', async () => {
    full = true
    pictures.watch('portrait-camera', folder)
    put('a.png', inventedPng(5))
    await until(() => expect(own(pictures.view())?.left).toEqual([{ file: 'a.png', code: 'DISK_FULL' }]))
    expect(there('a.png')).toBe(true)
    full = false
    await until(() => expect(offered()).toHaveLength(1))
    await until(() => expect(there('a.png')).toBe(false))
  })

  test('that is not there is said, and works from the moment it is', async () => {
    const later = join(home, 'stick', 'DCIM')
    pictures.watch('portrait-camera', later)
    await until(() => expect(own(pictures.view())).toMatchObject({ folder: later, problem: 'missing' }))
    mkdirSync(later, { recursive: true })
    writeFileSync(join(later, 'a.png'), inventedPng(6))
    await until(() => expect(offered()).toHaveLength(1))
    expect(own(pictures.view())).not.toHaveProperty('problem')
  })

  test('that is a file is said', async () => {
    put('a.txt', Buffer.from('x'))
    pictures.watch('portrait-camera', join(folder, 'a.txt'))
    await until(() => expect(own(pictures.view())).toMatchObject({ problem: 'unreadable' }))
  })

  test('is no longer watched when the field is emptied', async () => {
    pictures.watch('portrait-camera', folder)
    pictures.watch('portrait-camera', '')
    await pictures.close()
    put('a.png', inventedPng(7))
    pictures = open()
    expect(pictures.view().folders).toEqual([])
    expect(there('a.png')).toBe(true)
  })
})

describe('an offered picture', () => {
  test('belongs to the dossier that was open, and the next citizen never sees it', async () => {
    pictures.watch('portrait-camera', folder)
    put('a.png', inventedPng(8))
    await until(() => expect(offered()).toHaveLength(1))
    dossier = 'second'
    expect(offered()).toEqual([])
    dossier = 'first'
    expect(offered()).toHaveLength(1)
  })

  test('that came between two citizens belongs to the next one alone', async () => {
    dossier = undefined
    pictures.watch('portrait-camera', folder)
    put('a.png', inventedPng(9))
    await until(() => expect(there('a.png')).toBe(false))
    expect(offered()).toEqual([])
    dossier = 'second'
    expect(offered()).toHaveLength(1)
    dossier = 'third'
    expect(offered()).toEqual([])
  })

  test('is gone when it was dropped, and stays dropped', async () => {
    pictures.watch('portrait-camera', folder)
    put('a.png', inventedPng(10))
    await until(() => expect(offered()).toHaveLength(1))
    pictures.drop(offered()[0]!.picture.name)
    await pictures.close()
    pictures = open()
    expect(offered()).toEqual([])
  })
})
