import { describe, expect, it } from 'vitest'
import {
  hear,
  judge,
  limits,
  meterHeight,
  nothingHeard,
  rmsOf,
  windowSize,
} from '../../../renderer/state/sound-level.ts'

/** A window of a tone of this height. */
const tone = (height: number, length = 2048) =>
  Float32Array.from({ length }, (_, at) => Math.max(-1, Math.min(1, height * Math.sin(at / 7))))
const heardOf = (...heights: readonly number[]) => heights.reduce((all, each) => hear(all, tone(each)), nothingHeard)

describe('a recording', () => {
  it('of a voice between two silences is good', () => {
    expect(judge(heardOf(0, 0, 0.3, 0.25, 0), 1.2)).toBeUndefined()
  })

  it('that is shorter than a syllable is a slip of the key, whatever was heard', () => {
    expect(judge(heardOf(0.3), limits.shortest - 0.01)).toBe('short')
    expect(judge(heardOf(0.3), limits.shortest)).toBeUndefined()
  })

  it('in which nobody spoke is told from one that is only too quiet', () => {
    expect(judge(nothingHeard, 2)).toBe('silent')
    expect(judge(heardOf(0.005, 0.004), 2)).toBe('silent')
    expect(judge(heardOf(0.005, 0.02), 2)).toBe('quiet')
  })

  it('that is cut off at full scale crackles; a single sample does not', () => {
    expect(judge(heardOf(0.3, 2), 2)).toBe('clipped')
    const click = tone(0.3)
    click[100] = 1
    expect(judge(hear(heardOf(0.3, 0.3), click), 2)).toBeUndefined()
  })

  it('is judged by its loudest part, however long the silence around it', () => {
    const quiet = Array.from({ length: 60 }, () => 0.001)
    expect(judge(heardOf(...quiet, 0.3, ...quiet), 6)).toBeUndefined()
  })
})

it('a syllable is as loud in much that is heard at once as in little', () => {
  const samples = new Float32Array(16 * windowSize)
  samples.set(tone(0.3, windowSize), 5 * windowSize)
  const { loudest, ...all } = hear(nothingHeard, samples)
  expect(loudest).toBeCloseTo(rmsOf(tone(0.3)), 6)
  expect(all.samples).toBe(samples.length)
})

it('a tone has the effective value of its height, silence none', () => {
  expect(rmsOf(tone(0.5, 44_100))).toBeCloseTo(0.5 / Math.SQRT2, 3)
  expect(rmsOf([])).toBe(0)
})

it('the meter stands at nothing in silence, at the top at full scale, and grows evenly with decibels', () => {
  expect(meterHeight(0)).toBe(0)
  expect(meterHeight(1)).toBe(1)
  const steps = [0.01, 0.1, 1].map(meterHeight)
  expect(steps[2]! - steps[1]!).toBeCloseTo(steps[1]! - steps[0]!, 6)
  expect(meterHeight(0.0001)).toBe(0)
})
