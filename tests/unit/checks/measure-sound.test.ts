import { describe, expect, it } from 'vitest'
import { decibels, middleOf, toneOf } from '../../../renderer/technician/checks/window/measure-sound.ts'

const rate = 48_000
const wave = (frequency: number, height: number) =>
  Float32Array.from({ length: 2048 }, (_, at) => height * Math.sin((2 * Math.PI * frequency * at) / rate))

describe('what a microphone hears', () => {
  it('has the level of a tone at its own frequency, and next to nothing at that of the other side', () => {
    const left = wave(880, 0.5)
    expect(decibels(toneOf(left, rate, 880))).toBeCloseTo(decibels(0.5 / Math.SQRT2), 0)
    expect(decibels(toneOf(left, rate, 1170))).toBeLessThan(decibels(toneOf(left, rate, 880)) - 40)
  })

  it('is told in decibels of full scale, with an end', () => {
    expect(decibels(1)).toBe(0)
    expect(decibels(0.1)).toBeCloseTo(-20)
    expect(decibels(0)).toBe(-120)
    expect(toneOf(new Float32Array(0), rate, 880)).toBe(0)
  })

  it('is quiet in the middle of its moments, whatever was dropped once', () => {
    expect(middleOf([0.01, 0.9, 0.01, 0.02, 0.01])).toBe(0.01)
    expect(middleOf([])).toBeUndefined()
  })
})
