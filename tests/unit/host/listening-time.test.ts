import { expect, it } from 'vitest'
import { listeningTime } from '#native/host/checks/listening-time.ts'
import { fakeClock } from './fake-clock.ts'

function heldUp() {
  const clock = fakeClock()
  let ahead = 0
  const time = listeningTime({ ...clock, now: () => new Date(clock.now().getTime() + ahead) })
  return { clock, time, hold: (ms: number) => (ahead += ms) }
}

it('goes as the clock goes while nothing holds the process up', async () => {
  const { clock, time } = heldUp()
  const since = time.now()
  await clock.advance(2345)
  expect(time.now() - since).toBe(2345)
})

it('stands still while the machine has no turn for the process, also before that is noticed', async () => {
  const { clock, time, hold } = heldUp()
  const since = time.now()
  await clock.advance(100)
  hold(4000)
  expect(time.now() - since).toBeLessThan(150)
  await clock.advance(100)
  expect(time.now() - since).toBeGreaterThanOrEqual(180)
  expect(time.now() - since).toBeLessThan(230)
})

it('is asked for no more when it has been stopped', async () => {
  const { clock, time } = heldUp()
  time.stop()
  expect(clock.next).toBeUndefined()
})
