import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openLanguages } from '#core/languages/index.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'
import { inventedText, temporaryRoot, testStation, thai, type TestStation } from './station.ts'

const studio = async (station: TestStation, language = thai) => await station.handlers.studioSentences({ language })
const inStudio = async (station: TestStation, key: string) =>
  (await studio(station)).find((sentence) => sentence.key === key)
const fileOf = (station: TestStation, name: string) => join(station.dataFolder, 'languages', thai, name)

describe('before a station is opened', () => {
  test('the languages of the program are there, their places empty, and nothing can be recorded', async () => {
    const { handlers } = openLanguages({ dataFolder: temporaryRoot(), clock: () => new Date(), onChange: () => {} })
    const views = await handlers.languages({})
    expect(views.map(({ id }) => id)).toEqual(['vi', 'en', 'blt-Tavt', 'blt-Latn', 'mww', 'ium', 'km'])
    for (const { id, texts, recordings, sentences } of views)
      expect([texts, recordings]).toEqual([id === 'vi' || id === 'en' ? sentences : 0, 0])
    const asked = { language: thai, key: 'answer.right', audio: inventedRecording(1), seconds: 1 }
    expect(() => handlers.saveRecording(asked)).toThrow(expect.objectContaining({ code: 'STATION_LOCKED' }))
    expect(() => handlers.studioSentences({ language: thai })).toThrow(
      expect.objectContaining({ code: 'STATION_LOCKED' }),
    )
  })
})

describe('an officer who speaks the language', () => {
  test('records a sentence, hears it, records it again, and it is there after a restart', async () => {
    const station = testStation()
    await station.say('answer.right', 1)
    expect(await station.play('answer.right')).toEqual(inventedRecording(1))
    await station.say('answer.right', 2)
    expect(await inStudio(station, 'answer.right')).toEqual({
      key: 'answer.right',
      vietnamese: 'Đúng',
      hint: 'Nút trả lời',
      recording: { seconds: 1.2, at: '2026-11-22T03:00:00.000Z' },
      missed: 0,
    })
    const after = await station.again()
    expect(await after.play('answer.right')).toEqual(inventedRecording(2))
    expect(after.words()).toMatchObject({ recordings: ['answer.right'], texts: {} })
    expect(after.view()).toMatchObject({ recordings: 1, texts: 0 })
  })

  test('takes a recording and a text away again', async () => {
    const station = testStation()
    await station.say('answer.right')
    await station.write('answer.wrong')
    await station.handlers.dropRecording({ language: thai, key: 'answer.right' })
    await station.write('answer.wrong', '')
    for (const each of [station, await station.again()]) {
      expect(each.view()).toMatchObject({ recordings: 0, texts: 0 })
      expect(await each.play('answer.right')).toBeUndefined()
    }
  })

  test('writes a sentence, names the language in itself, says how dates are said', async () => {
    const station = testStation()
    await station.write('answer.right', `  ${inventedText.replace(' ', '\n ')}  `)
    await station.write('answer.wrong', 'សូម\u200Bអង្គុយ')
    await station.handlers.describeLanguage({ language: thai, name: 'ꪼꪕ', date: ['year', 'month', 'day'] })
    const after = await station.again()
    expect(after.words()).toEqual({
      id: thai,
      direction: 'ltr',
      texts: { 'answer.right': inventedText, 'answer.wrong': 'សូម\u200Bអង្គុយ' },
      recordings: [],
      date: ['year', 'month', 'day'],
    })
    expect(after.view()).toMatchObject({ name: 'ꪼꪕ', texts: 2 })
  })

  test('adds a language that the program does not know', async () => {
    const station = testStation()
    await station.handlers.describeLanguage({ language: 'tyz', name: 'Tiếng Tày', date: ['day', 'month', 'year'] })
    await station.say('answer.right', 1, 'tyz')
    expect((await station.again()).view('tyz')).toMatchObject({ name: 'Tiếng Tày', recordings: 1 })
  })

  test('records Vietnamese, whose words stay those of the program', async () => {
    const station = testStation()
    await station.say('answer.right', 1, 'vi')
    expect(station.words('vi')).toMatchObject({ texts: {}, recordings: ['answer.right'] })
    expect(station.view('vi')).toMatchObject({ name: 'Tiếng Việt', texts: 125, recordings: 1 })
    const text = { language: 'vi', key: 'answer.right', text: 'Phải' }
    expect(() => station.handlers.saveSentenceText(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
  })

  test('finds it all right, until a word of it changes', async () => {
    const station = testStation()
    const review = (by: string) => station.handlers.reviewLanguage({ language: thai, by })
    expect(() => review('Quàng Văn Mẫu')).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
    await station.say('answer.right')
    const reviewed = { by: 'Quàng Văn Mẫu', on: expect.stringMatching(/^2026-11-2\d$/u) as string }
    const changes = [
      () => station.say('answer.right', 2),
      () => station.say('answer.wrong'),
      () => station.write('answer.right'),
      () => station.handlers.dropRecording({ language: thai, key: 'answer.wrong' }),
      () => station.handlers.describeLanguage({ language: thai, name: '', date: ['month', 'day', 'year'] }),
      () => review(''),
    ]
    for (const change of changes) {
      await review('Quàng Văn Mẫu')
      expect(station.view().reviewed).toEqual(reviewed)
      await change()
      expect(station.view()).not.toHaveProperty('reviewed')
    }
    await review('Quàng Văn Mẫu')
    await station.handlers.describeLanguage({ language: thai, name: 'ꪼꪕ', date: ['month', 'day', 'year'] })
    expect((await station.again()).view().reviewed).toEqual(reviewed)
  })

  test('reads Vietnamese where the language is no longer here', () => {
    const none = { id: 'tyz', direction: 'ltr', texts: {}, recordings: [], date: ['day', 'month', 'year'] }
    expect(testStation().words('tyz')).toEqual(none)
  })

  test('is told at once on both screens', async () => {
    const station = testStation()
    await station.say('answer.right')
    expect(station.told.at(-1)?.find(({ id }) => id === thai)).toEqual(station.view())
  })

  test.each([
    ['no recording', Buffer.from('no recording at all, only text'), 'not-webm'],
    ['a video', inventedRecording(1, 1, { trackType: 1 }), 'not-opus'],
  ])('is refused what is %s, and the one before stays', async (_, audio, reason) => {
    const station = testStation()
    await station.say('answer.right', 1)
    expect(() => station.handlers.saveRecording({ language: thai, key: 'answer.right', audio, seconds: 1 })).toThrow(
      expect.objectContaining({ code: 'RECORDING_UNUSABLE', context: { reason } }),
    )
    expect(await station.play('answer.right')).toEqual(inventedRecording(1))
  })

  test.each(['<b>x</b>', 'a\u202Eb', 'a\0b'])('is refused the text %j', (text) => {
    const station = testStation()
    expect(() => station.handlers.saveSentenceText({ language: thai, key: 'answer.right', text })).toThrow(
      expect.objectContaining({ code: 'FIELD_FORMAT' }),
    )
  })

  test('cannot record what is no sentence or of no language', () => {
    const station = testStation()
    const audio = inventedRecording(1)
    for (const [language, key] of [
      [thai, 'answer.perhaps'],
      [thai, '../../answer.right'],
      ['xx', 'answer.right'],
    ] as const) {
      expect(() => station.handlers.saveRecording({ language, key, audio, seconds: 1 })).toThrow(
        expect.objectContaining({ code: 'BAD_REQUEST' }),
      )
    }
  })
})

describe('what citizens missed', () => {
  const report = (station: TestStation, keys: readonly string[], language = thai) =>
    station.handlers.reportMissed({ language, keys })

  test('is counted, written when the program ends, and forgotten once it is recorded', async () => {
    const station = testStation()
    await report(station, ['answer.right', 'answer.wrong', 'no.sentence'])
    await report(station, ['answer.right'])
    await report(station, ['answer.right'], 'xx')
    expect(existsSync(fileOf(station, 'missed.json'))).toBe(false)
    const after = await station.again()
    expect(await inStudio(after, 'answer.right')).toMatchObject({ missed: 2 })
    expect(await inStudio(after, 'answer.wrong')).toMatchObject({ missed: 1 })
    await after.say('answer.right')
    expect(await inStudio(await after.again(), 'answer.right')).toMatchObject({ missed: 0 })
  })

  test('is written by itself before long, once for many reports', async () => {
    const station = testStation(undefined, undefined, { missedAfter: 20 })
    for (let n = 0; n < 300; n++) await report(station, ['digit.7'])
    await vi.waitFor(() => expect(readFileSync(fileOf(station, 'missed.json'), 'utf8')).toContain('"digit.7": 300'))
  })

  test('holds nothing but counts of sentences', async () => {
    const station = testStation()
    await report(station, ['digit.7'])
    await station.close()
    expect(JSON.parse(readFileSync(fileOf(station, 'missed.json'), 'utf8'))).toEqual({ 'digit.7': 1 })
  })
})

describe('a recording that is asked for', () => {
  test.each([
    '',
    '/',
    thai,
    `${thai}/`,
    `${thai}/answer.right/`,
    `${thai}/../${thai}/answer.right`,
    `${thai}//answer.right`,
    `${thai}/answer.right.webm`,
    `${thai}/audio/answer.right`,
    `../languages/${thai}/answer.right`,
    `${thai}/answer.right\0`,
    `__proto__/answer.right`,
    `vi/answer.right`,
  ])('as %j is not given', async (name) => {
    const station = testStation()
    await station.say('answer.right')
    expect(await station.sound(name)).toBeUndefined()
    expect(await station.sound(`${thai}/answer.right`)).toMatchObject({ mediaType: 'audio/webm' })
  })

  test('through a link is not given', async () => {
    const station = testStation()
    await station.say('answer.right')
    await station.say('answer.wrong')
    rmSync(fileOf(station, 'audio/answer.right.webm'))
    symlinkSync(fileOf(station, 'audio/answer.wrong.webm'), fileOf(station, 'audio/answer.right.webm'))
    expect(await station.play('answer.right')).toBeUndefined()
  })
})

describe('one damaged file', () => {
  async function recorded(): Promise<TestStation> {
    const station = testStation()
    await station.say('answer.right')
    await station.say('answer.wrong', 2)
    await station.write('answer.right')
    await station.handlers.reportMissed({ language: thai, keys: ['digit.1'] })
    await station.handlers.describeLanguage({ language: thai, name: 'ꪼꪕ', date: ['year', 'month', 'day'] })
    await station.close()
    return station
  }

  test('of a recording is found when it is to be heard: it is to be recorded again, the others play', async () => {
    const station = await recorded()
    truncateSync(fileOf(station, 'audio/answer.right.webm'), 300)
    const after = await station.again()
    expect(await after.play('answer.right')).toBeUndefined()
    await vi.waitFor(() => expect(after.view().recordings).toBe(1))
    expect(await inStudio(after, 'answer.right')).not.toHaveProperty('recording')
    expect(await after.play('answer.wrong')).toEqual(inventedRecording(2))
  })

  test('of a recording that was taken away by hand: nobody heard all of what is left', async () => {
    const station = await (await recorded()).again()
    await station.handlers.reviewLanguage({ language: thai, by: 'Quàng Văn Mẫu' })
    const next = await station.again()
    expect(next.view()).toHaveProperty('reviewed')
    rmSync(fileOf(station, 'audio/answer.right.webm'))
    const after = await next.again()
    expect(after.view()).toMatchObject({ recordings: 1, texts: 1 })
    expect(after.view()).not.toHaveProperty('reviewed')
  })

  test('of the facts leaves recordings and texts, and is set aside', async () => {
    const station = await recorded()
    writeFileSync(fileOf(station, 'pack.json'), '{"format": "quay-can')
    const after = await station.again()
    expect(after.view()).toMatchObject({ name: 'Tiếng Thái (chữ Thái)', recordings: 2, texts: 1 })
    expect(await inStudio(after, 'answer.wrong')).toMatchObject({ recording: { seconds: 1.2 } })
    expect(readFileSync(fileOf(station, 'pack.unreadable.json'), 'utf8')).toBe('{"format": "quay-can')
  })

  test('of the texts leaves the recordings', async () => {
    const station = await recorded()
    writeFileSync(fileOf(station, 'texts.json'), Buffer.from([0xff, 0xfe, 0, 0]))
    expect((await station.again()).view()).toMatchObject({ name: 'ꪼꪕ', recordings: 2, texts: 0 })
  })

  test('of the counts leaves everything else', async () => {
    const station = await recorded()
    writeFileSync(fileOf(station, 'missed.json'), '[[[[')
    const after = await station.again()
    expect(after.view()).toMatchObject({ recordings: 2, texts: 1 })
    expect(await inStudio(after, 'digit.1')).toMatchObject({ missed: 0 })
  })

  test('and foreign ones beside it are no part of the pack', async () => {
    const station = await recorded()
    writeFileSync(fileOf(station, 'audio/evil.webm'), 'x')
    writeFileSync(fileOf(station, 'audio/answer.unsure.webm'), 'x')
    writeFileSync(fileOf(station, 'texts.json'), '{"answer.right": "<script>", "answer.wrong": "ok", "x": "y"}')
    writeFileSync(join(station.dataFolder, 'languages', 'README'), 'x')
    const after = await station.again()
    expect(after.words()).toMatchObject({
      texts: { 'answer.wrong': 'ok' },
      recordings: ['answer.right', 'answer.wrong'],
    })
    expect(readdirSync(join(station.dataFolder, 'languages'))).toContain('README')
  })
})
