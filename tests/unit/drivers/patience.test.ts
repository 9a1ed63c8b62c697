import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterListening } from '#native/drivers/patience.ts'

// A machine that is held up: timers come late, which is a clock that goes on without them.
let ahead = 0
beforeEach(() => {
  ahead = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const honest = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => honest() + ahead)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('a wait takes as long as was asked for while nothing holds the process up', () => {
  const act = vi.fn()
  afterListening(1000, act)
  vi.advanceTimersByTime(999)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledOnce()
})

it('ten seconds in which the process was held up are no ten seconds of a silent device', () => {
  const act = vi.fn()
  afterListening(1000, act)
  vi.advanceTimersByTime(500)
  ahead = 10_000
  vi.advanceTimersByTime(449)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledOnce()
})

it('what came while the process was held up at the very end is heard before the wait is over', () => {
  const act = vi.fn()
  afterListening(100, act)
  vi.advanceTimersByTime(60)
  ahead = 3000
  vi.advanceTimersByTime(40)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(50)
  expect(act).toHaveBeenCalledOnce()
})

it('a machine that is late all the time ends a wait all the same', () => {
  const act = vi.fn()
  afterListening(1000, act)
  for (let turn = 0; turn < 21; turn++) {
    ahead += 400
    vi.advanceTimersByTime(50)
  }
  expect(act).toHaveBeenCalledOnce()
})

it.each([0, 75])('a wait that is called off after %s ms never ends', (ms) => {
  const act = vi.fn()
  const callOff = afterListening(100, act)
  vi.advanceTimersByTime(ms)
  callOff()
  vi.advanceTimersByTime(10_000)
  expect(act).not.toHaveBeenCalled()
})
