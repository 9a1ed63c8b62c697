import { expect, test } from 'vitest'
import sentences from '../../../resources/languages/sentences.json' with { type: 'json' }
import { saidValue } from '../../../renderer/citizen/said.ts'
import { heardOf, missedKeys, waysToSay, type Means } from '../../../renderer/citizen/speech/plan.ts'
import { nextOf } from '../../../renderer/citizen/viewing/turns.ts'

const nothing: Means = { language: 'mww', recordings: [], vietnamese: [], voice: false }
const question = { keys: ['check.question.fullName'], text: 'Họ và tên của bác có đúng không?' }
const name = { keys: [], text: 'Quàng Văn Mẫu' }
const sex = { keys: ['date.day', 'digit.1'], text: 'ngày 1' }

test('a sentence is played in the language, otherwise in Vietnamese, otherwise read by a voice', () => {
  const means: Means = { language: 'mww', recordings: question.keys, vietnamese: question.keys, voice: true }
  expect(waysToSay([question], means)).toEqual([
    [
      { by: 'recording', language: 'mww', keys: question.keys },
      { by: 'recording', language: 'vi', keys: question.keys },
      { by: 'voice', text: question.text, named: false },
    ],
  ])
  expect(waysToSay([question], { ...means, recordings: [] })[0]?.[0]).toMatchObject({ language: 'vi' })
  expect(waysToSay([question], { ...means, recordings: [], vietnamese: [] })[0]?.[0]).toMatchObject({ by: 'voice' })
})

test('a date of which one word is missing is wholly said in Vietnamese: two languages in one date help nobody', () => {
  const means: Means = { language: 'mww', recordings: ['digit.1'], vietnamese: sex.keys, voice: false }
  expect(waysToSay([sex], means)).toEqual([[{ by: 'recording', language: 'vi', keys: sex.keys }]])
})

test('a name is only for a voice, and marked as a name', () => {
  expect(waysToSay([name], { ...nothing, recordings: ['digit.1'], vietnamese: ['digit.1'] })).toEqual([])
  expect(waysToSay([name], { ...nothing, voice: true })).toEqual([[{ by: 'voice', text: name.text, named: true }]])
})

test('what is heard is a recording, a voice or nothing', () => {
  expect(heardOf(waysToSay([question, name], { ...nothing, vietnamese: question.keys, voice: true }))).toBe('recording')
  expect(heardOf(waysToSay([question, name], { ...nothing, voice: true }))).toBe('voice')
  expect(heardOf(waysToSay([question, name], nothing))).toBe('nothing')
})

test('what the language lacks is counted once a sentence, also where Vietnamese helped; Vietnamese lacks nothing', () => {
  const said = [sex, { keys: ['digit.1', 'digit.2'], text: '' }]
  expect(missedKeys(said, { ...nothing, recordings: ['digit.2'], vietnamese: ['digit.1'] })).toEqual([
    'date.day',
    'digit.1',
  ])
  expect(missedKeys(said, { ...nothing, language: 'vi' })).toEqual([])
})

test('every key that a value is said with is a sentence that can be recorded', () => {
  const known = new Set(sentences.map(({ key }) => key))
  const keys = [
    ...saidValue('personalNumber', '0123456789', ['day']),
    ...saidValue('birthDate', '31/12/1988', ['day', 'month', 'year']),
    ...saidValue('sex', 'Nam', ['day']),
    ...saidValue('sex', 'Nữ', ['day']),
    ...saidValue('nationality', 'Việt Nam', ['day']),
    ...saidValue('religion', 'Không', ['day']),
  ].flatMap((piece) => piece.keys)
  expect(keys.length).toBeGreaterThan(15)
  expect(keys.filter((key) => !known.has(key))).toEqual([])
})

test('choices take turns, the first after the last, and begin anew when the lit one is gone', () => {
  expect(nextOf(['a', 'b', 'c'], undefined)).toBe('a')
  expect(nextOf(['a', 'b', 'c'], 'b')).toBe('c')
  expect(nextOf(['a', 'b', 'c'], 'c')).toBe('a')
  expect(nextOf(['a', 'b'], 'gone')).toBe('a')
  expect(nextOf([], 'a')).toBeUndefined()
})
