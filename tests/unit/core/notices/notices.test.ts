import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { notice as noticeShape, noticeFolder, type Notice, type NoticeFolder } from '#contract/screen-calls.ts'
import { openNotices, type Notices } from '#core/notices/index.ts'
import type { Store } from '#core/store/index.ts'
import { inventedPng } from '../../../support/invented.ts'
import { inventedJpeg, pngThatClaims } from '../../../support/pictures.ts'

const pace = { settle: 5, recheck: 30 }

let home: string
let folder: string
let settings: Map<string, string>
let told: (readonly Notice[])[]
let notices: Notices

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'qcc-notices-'))
  folder = join(home, 'Thông báo')
  mkdirSync(folder)
  settings = new Map()
  told = []
  notices = open()
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
})

function open(): Notices {
  const opened = openNotices({ pace, onChange: (all) => told.push(all) })
  opened.open({
    setting: (name: string) => settings.get(name),
    setSetting: (name: string, value: string) => settings.set(name, value),
    recordAct: () => ({}),
  } as unknown as Store)
  onTestFinished(() => opened.close())
  return opened
}

const put = (name: string, content: Uint8Array | string) => writeFileSync(join(folder, name), content)
const choose = async (): Promise<NoticeFolder> => notices.handlers.setNoticeFolder({ folder })
const shown = () => notices.handlers.notices({}) as readonly Notice[]
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 10 })

const webp = (chunk: string, body: number[]) => {
  const head = Buffer.from(`RIFF....WEBP${chunk.padEnd(4)}....`)
  const bytes = Buffer.concat([head, Buffer.from(body), Buffer.alloc(40)])
  bytes.writeUInt32LE(bytes.length - 8, 4)
  return bytes
}
const lossy = webp('VP8', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00])
const lossless = webp('VP8L', [0x2f, 0x3f, 0xc1, 0x3b, 0, 0, 0, 0, 0, 0])
const extended = webp('VP8X', [0, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0])

describe('a folder of notices', () => {
  test('shows pictures with the texts of the same name, in the order in which people count', async () => {
    put('10 hoi dap.txt', 'Hỏi đáp\r\n\r\n  Gọi số 1900 0368. \nThứ hai đến thứ sáu\n')
    put('2 gio lam viec.jpg', inventedJpeg(640, 480))
    put('2 Gio lam viec.txt', '\uFEFFGiờ làm việc\n7 giờ đến 11 giờ 30')
    put('1.png', inventedPng(1))
    expect(await choose()).toEqual({ folder, shown: 3, left: [] })
    expect(shown()).toEqual([
      { lines: [], picture: expect.stringMatching(/^[0-9a-f]{40}$/u) },
      { title: 'Giờ làm việc', lines: ['7 giờ đến 11 giờ 30'], picture: expect.stringMatching(/^[0-9a-f]{40}$/u) },
      { title: 'Hỏi đáp', lines: ['Gọi số 1900 0368.', 'Thứ hai đến thứ sáu'] },
    ])
    for (const each of shown()) expect(noticeShape.parse(each)).toEqual(each)
    expect(told.at(-1)).toEqual(shown())
  })

  test.each([
    ['a.jpg', inventedJpeg(640, 480), 'image/jpeg'],
    ['a.JPEG', inventedJpeg(640, 480), 'image/jpeg'],
    ['a.png', inventedPng(1), 'image/png'],
    ['a.webp', lossy, 'image/webp'],
    ['b.webp', lossless, 'image/webp'],
    ['c.webp', extended, 'image/webp'],
  ])('gives the picture %s by a name that says nothing of the file', async (name, bytes, mediaType) => {
    put(name, bytes)
    await choose()
    const [first] = shown()
    const given = await notices.picture(first?.picture ?? '')
    expect(given?.mediaType).toBe(mediaType)
    expect(Buffer.from(given?.bytes ?? [])).toEqual(Buffer.from(bytes))
    for (const asked of ['', name, `../Thông báo/${name}`, '0'.repeat(40)]) {
      expect(await notices.picture(asked)).toBeUndefined()
    }
  })

  test.each([
    ['a.jpg', Buffer.from('no picture'), 'unreadable'],
    ['a.png', inventedPng(1).subarray(0, 800), 'unreadable'],
    ['a.webp', lossy.subarray(0, 40), 'unreadable'],
    ['a.webp', webp('VP8', [0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]), 'unreadable'],
    ['a.png', pngThatClaims(6000, 5001), 'too-large'],
    ['a.jpg', inventedJpeg(640, 480, 10 * 1024 * 1024 + 1), 'too-large'],
    ['a.svg', Buffer.from('<svg/>'), 'unreadable'],
    ['a.pdf', Buffer.from('%PDF-1.7'), 'unreadable'],
    ['a.html', Buffer.from('<script>'), 'unreadable'],
    ['a.txt', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'unreadable'],
    ['a.txt', Buffer.from('một\0hai'), 'unreadable'],
    ['a.txt', Buffer.from('một \u202Eiah'), 'unreadable'],
    ['a.txt', Buffer.from(' \n \n'), 'unreadable'],
    ['a.txt', Buffer.from(`x\n${'dòng\n'.repeat(21)}`), 'unreadable'],
    ['a.txt', Buffer.from('x'.repeat(501)), 'unreadable'],
    ['a.txt', Buffer.alloc(65 * 1024, 0x20), 'too-large'],
  ])('leaves %s out and says why (%#)', async (file, bytes, why) => {
    put(file, bytes)
    put('good.txt', 'Tốt')
    expect(await choose()).toEqual({ folder, shown: 1, left: [{ file, why }] })
    expect(shown()).toEqual([{ title: 'Tốt', lines: [] }])
  })

  test('passes over what systems leave behind, and what lies deeper', async () => {
    for (const name of ['.DS_Store', '._a.jpg', 'Thumbs.db', 'desktop.ini', '~$a.txt']) put(name, 'x')
    mkdirSync(join(folder, 'deeper'))
    put('deeper/a.txt', 'Sâu')
    expect(await choose()).toEqual({ folder, shown: 0, left: [] })
  })

  test('shows forty and names the rest', async () => {
    for (let n = 1; n <= 43; n++) put(`${n}.txt`, `Số ${n}`)
    put('43.png', inventedPng(1))
    const view = await choose()
    expect(noticeFolder.parse(view)).toEqual(view)
    expect(view).toEqual({
      folder,
      shown: 40,
      left: ['41.txt', '42.txt', '43.png', '43.txt'].map((file) => ({ file, why: 'too-many' })),
    })
    expect(shown().at(-1)).toEqual({ title: 'Số 40', lines: [] })
  })

  test('gives a second picture of the same name a place of its own', async () => {
    put('a.jpg', inventedJpeg(640, 480))
    put('a.png', inventedPng(1))
    put('a.txt', 'Chữ')
    await choose()
    expect(shown().map(({ title }) => title)).toEqual(['Chữ', undefined])
  })

  test('is never left by a link, and no pipe or device holds it up', async () => {
    const secret = join(home, 'secret.txt')
    writeFileSync(secret, 'Bí mật')
    symlinkSync(secret, join(folder, 'link.txt'))
    symlinkSync('/dev/zero', join(folder, 'zero.png'))
    execFileSync('mkfifo', [join(folder, 'pipe.txt')])
    put('good.txt', 'Tốt')
    const { left, ...view } = await choose()
    expect(view).toEqual({ folder, shown: 1 })
    expect(left.map(({ file, why }) => `${file} ${why}`)).toEqual([
      'link.txt unreadable',
      'pipe.txt unreadable',
      'zero.png unreadable',
    ])
  })

  test('does not give a picture through a link that took its place', async () => {
    put('a.png', inventedPng(1))
    await choose()
    const name = shown()[0]?.picture ?? ''
    writeFileSync(join(home, 'other.png'), inventedPng(1))
    rmSync(join(folder, 'a.png'))
    symlinkSync(join(home, 'other.png'), join(folder, 'a.png'))
    expect(await notices.picture(name)).toBeUndefined()
  })
})

describe('changes in the folder', () => {
  test('are followed: new, changed, gone', async () => {
    await choose()
    put('a.txt', 'Một')
    await until(() => expect(shown()).toEqual([{ title: 'Một', lines: [] }]))
    put('a.txt', 'Một\nhai')
    await until(() => expect(shown()).toEqual([{ title: 'Một', lines: ['hai'] }]))
    put('b.png', inventedPng(1))
    await until(() => expect(shown()).toHaveLength(2))
    const before = shown()[1]?.picture
    put('b.png', inventedPng(2, 65, 48))
    await until(() => expect(shown()[1]?.picture).not.toBe(before))
    expect(await notices.picture(before ?? '')).toBeUndefined()
    rmSync(join(folder, 'a.txt'))
    await until(() => expect(shown()).toHaveLength(1))
    expect(told.at(-1)).toEqual(shown())
  })

  test('are told once, not at every look', async () => {
    put('a.txt', 'Một')
    await choose()
    const before = told.length
    put('b.txt', 'Hai')
    await until(() => expect(told).toHaveLength(before + 1))
    put('c.txt', 'Ba')
    await until(() => expect(told).toHaveLength(before + 2))
    expect(told.map((all) => all.length)).toEqual([...told.slice(0, before).map((all) => all.length), 2, 3])
  })

  test('such as its going and coming back are told and followed', async () => {
    put('a.txt', 'Một')
    await choose()
    renameSync(folder, join(home, 'away'))
    await until(async () =>
      expect(await notices.handlers.noticeFolder({})).toEqual({ folder, problem: 'missing', shown: 0, left: [] }),
    )
    renameSync(join(home, 'away'), folder)
    await until(() => expect(shown()).toHaveLength(1))
    put('b.txt', 'Hai')
    await until(() => expect(shown()).toHaveLength(2))
  })
})

test('the folder is remembered, and none is none', async () => {
  put('a.txt', 'Một')
  await choose()
  await notices.close()
  notices = open()
  expect(await notices.handlers.noticeFolder({})).toEqual({ folder, shown: 1, left: [] })
  expect(await notices.handlers.setNoticeFolder({ folder: ' ' })).toEqual({ folder: '', shown: 0, left: [] })
  expect(shown()).toEqual([])
  expect(told.at(-1)).toEqual([])
})

test.each([
  ['/nowhere/at-all', 'missing'],
  ['relative', 'missing'],
  ['/dev/null', 'unreadable'],
])('the folder %s is %s', async (wanted, problem) => {
  expect(await notices.handlers.setNoticeFolder({ folder: wanted })).toMatchObject({ problem, shown: 0 })
})

test('before the station is opened there are no notices, and no folder can be chosen', async () => {
  const closed = openNotices({ onChange: () => {} })
  expect(closed.handlers.notices({})).toEqual([])
  await expect(closed.handlers.setNoticeFolder({ folder })).rejects.toMatchObject({ code: 'STATION_LOCKED' })
  await expect(closed.handlers.noticeFolder({})).rejects.toMatchObject({ code: 'STATION_LOCKED' })
})

test('a picture of 2 GB is left out without being read', async () => {
  put('a.png', inventedPng(1))
  truncateSync(join(folder, 'a.png'), 2 * 1024 ** 3)
  expect(await choose()).toMatchObject({ shown: 0, left: [{ file: 'a.png', why: 'too-large' }] })
})
