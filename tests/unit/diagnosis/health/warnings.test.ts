import { expect, test } from 'vitest'
import { healthWarnings, type DeviceDay } from '#domain/diagnosis/index.ts'

/** All series here are invented. */
const today = '2026-11-21'

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function dayBefore(days: number): string {
  return new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
}

type Figures = Partial<Omit<DeviceDay, 'device' | 'day' | 'failures'>> & { readonly code?: string }

/** A row for each working day of four weeks, today first. */
function fourWeeks(figures: (daysAgo: number) => Figures, device = 'card-reader'): readonly DeviceDay[] {
  return Array.from({ length: 28 }, (_, daysAgo) => daysAgo)
    .filter((daysAgo) => daysAgo % 7 < 5)
    .map((daysAgo) => {
      const { code = 'CARD_REMOVED', ...rest } = figures(daysAgo)
      const usual = { done: 20, failed: 0, again: 0, gone: 0, median: 1800, slowest: 4000, ...rest }
      const failures = usual.failed > 0 ? { [code]: usual.failed } : {}
      return { device, day: dayBefore(daysAgo), ...usual, failures }
    })
}

/** A noisy day: times that scatter by a third, one act in fifteen that fails, one in six repeated, now and then unplugged. */
function noisyDay(roll: () => number): Figures {
  const acts = 8 + Math.floor(roll() * 30)
  const many = (share: number) => Array.from({ length: acts }, roll).filter((each) => each < share).length
  const failed = many(1 / 15)
  return {
    done: acts - failed,
    failed,
    again: many(1 / 6),
    gone: roll() < 0.3 ? 1 : 0,
    median: 1800 * (0.7 + 0.6 * roll()),
    slowest: 9000,
  }
}

test('a noisy device that stays as it is gives no warning in a thousand invented months', () => {
  const warned = Array.from({ length: 1000 }, (_, month) => {
    const roll = dice(month + 1)
    return healthWarnings(
      fourWeeks(() => noisyDay(roll)),
      today,
    )
  }).flat()
  expect(warned).toEqual([])
})

test('a reader that takes twice its usual time all week is said to be slower, with both times', () => {
  const rows = fourWeeks((ago) => ({ median: ago < 7 ? 3600 : 1800 }))
  expect(healthWarnings(rows, today)).toEqual([{ device: 'card-reader', kind: 'slower', usual: 1800, lately: 3600 }])
})

test('a device that is slower by a third is not told of', () => {
  expect(
    healthWarnings(
      fourWeeks((ago) => ({ median: ago < 7 ? 2400 : 1800 })),
      today,
    ),
  ).toEqual([])
})

test('a device that was quick and is still quick is not told of, whatever the ratio', () => {
  expect(
    healthWarnings(
      fourWeeks((ago) => ({ median: ago < 7 ? 90 : 30 })),
      today,
    ),
  ).toEqual([])
})

test('one slow day with many visits does not make a slow device', () => {
  const rows = fourWeeks((ago) => (ago === 2 ? { done: 150, median: 4000 } : { done: 10 }))
  expect(healthWarnings(rows, today)).toEqual([])
})

test('a reader that loses one card in four is said to fail more often', () => {
  const rows = fourWeeks((ago) => (ago < 7 ? { done: 15, failed: 5 } : { done: 19, failed: 1 }))
  expect(healthWarnings(rows, today)).toEqual([
    { device: 'card-reader', kind: 'fails-more-often', usual: 0.05, lately: 0.25 },
  ])
})

test.each(['CHIP_ACCESS_DENIED', 'CARD_ABSENT', 'NO_FINGER', 'MRZ_CHECK_DIGIT', 'CANCELLED'])(
  'acts that end with %s are the fault of no device',
  (code) => {
    const rows = fourWeeks((ago) => (ago < 7 ? { done: 10, failed: 10, code } : {}))
    expect(healthWarnings(rows, today)).toEqual([])
  },
)

test('a scanner whose prints are taken again and again is said to need more tries', () => {
  const rows = fourWeeks((ago) => ({ again: ago < 7 ? 14 : 2 }), 'fingerprint')
  expect(healthWarnings(rows, today)).toEqual([
    { device: 'fingerprint', kind: 'needs-more-tries', usual: 0.1, lately: 0.7 },
  ])
})

test('a cable that fails is told of without any history', () => {
  const rows = fourWeeks((ago) => ({ done: 2, gone: ago < 3 ? 9 : 0 })).filter(({ day }) => day >= dayBefore(2))
  expect(healthWarnings(rows, today)).toEqual([{ device: 'card-reader', kind: 'comes-and-goes', usual: 0, lately: 9 }])
})

test('a laptop that is unplugged three times a day as always comes and goes as it should', () => {
  expect(
    healthWarnings(
      fourWeeks(() => ({ gone: 3 })),
      today,
    ),
  ).toEqual([])
})

test('a day on which somebody plugged a device in ten times is not enough', () => {
  expect(
    healthWarnings(
      fourWeeks((ago) => ({ gone: ago === 0 ? 10 : 0 })),
      today,
    ),
  ).toEqual([])
})

test.each([
  ['a few acts', (ago: number) => ({ done: 1, median: ago < 7 ? 9000 : 1000, failed: ago < 7 ? 2 : 0 })],
  ['no history', (ago: number) => (ago < 7 ? { median: 9000, failed: 20 } : { done: 0, median: 0 })],
  ['no acts of late', (ago: number) => (ago < 7 ? { done: 0, median: 0 } : { median: 1000 })],
])('%s say nothing', (_, figures) => {
  expect(healthWarnings(fourWeeks(figures), today)).toEqual([])
})

test('what a clock that stood a year ahead left behind is not taken for lately', () => {
  const ahead = fourWeeks((ago) => ({ median: ago < 7 ? 9000 : 1800 })).map((row) =>
    row.median === 9000 ? { ...row, day: row.day.replace('2026', '2027') } : row,
  )
  expect(healthWarnings(ahead, today)).toEqual([])
})

test('each device is compared with itself, and all that got worse is told', () => {
  const rows = [
    ...fourWeeks((ago) => ({ median: ago < 7 ? 5000 : 1800, again: ago < 7 ? 15 : 0 }), 'fingerprint'),
    ...fourWeeks(() => ({ median: 400 })),
  ]
  expect(healthWarnings(rows, today).map(({ device, kind }) => `${device} ${kind}`)).toEqual([
    'fingerprint slower',
    'fingerprint needs-more-tries',
  ])
})
