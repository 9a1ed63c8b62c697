import { expect, it } from 'vitest'
import { calmEvents } from '#native/host/calm-events.ts'
import { fakeClock } from './fake-clock.ts'

function listening() {
  const clock = fakeClock()
  return { clock, calm: calmEvents(clock), told: [] as string[] }
}

it('what a hand does is told at once, however long the day', async () => {
  const { clock, calm, told } = listening()
  for (let press = 0; press < 500; press++) {
    calm.act('button', () => told.push('press'))
    await clock.advance(300)
  }
  expect(told).toHaveLength(500)
})

it('of a hundred thousand codes in some seconds a few are told, and none until there was quiet again', async () => {
  const { clock, calm, told } = listening()
  for (let second = 0; second < 10; second++) {
    for (let code = 0; code < 10_000; code++) calm.act('scanner', () => told.push('flood'))
    await clock.advance(900)
  }
  expect(told.length).toBeLessThanOrEqual(20)
  await clock.advance(1000)
  calm.act('scanner', () => told.push('the next card'))
  expect(told.at(-1)).toBe('the next card')
})

it('one device that tells without end leaves the words of the others alone', () => {
  const { calm, told } = listening()
  for (let code = 0; code < 1000; code++) calm.act('one', () => {})
  calm.act('other', () => told.push('other'))
  expect(told).toEqual(['other'])
})

it('of a state that changes without end the last is always told, at most ten times a second', async () => {
  const { clock, calm, told } = listening()
  for (let change = 1; change <= 20_000; change++) {
    calm.state('reader', 'card', () => told.push(String(change)))
    if (change % 20 === 0) await clock.advance(10)
  }
  await clock.advance(1000)
  expect(told.at(-1)).toBe('20000')
  expect(told.length).toBeLessThan(20 + 10 * 11 + 2)
})

it('different things about one device do not wait for each other', () => {
  const { calm, told } = listening()
  for (let change = 0; change < 100; change++) calm.state('reader', 'card', () => {})
  calm.state('reader', 'state', () => told.push('absent'))
  expect(told).toEqual(['absent'])
})
