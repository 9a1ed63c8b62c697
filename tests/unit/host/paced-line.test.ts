import { expect, it } from 'vitest'
import { pacedLine } from '#native/host/paced-line.ts'
import type { CloseReason, Transport } from '#native/transport/transport.ts'
import { fakeClock } from './fake-clock.ts'

/** A line whose bytes take their hearer a millisecond each. */
function slowLine() {
  const clock = fakeClock()
  let spent = 0
  let hear = (_: Uint8Array) => {}
  let close = (_: CloseReason) => {}
  const holds: boolean[] = []
  const line: Transport = {
    open: async () => {},
    write: async () => {},
    onData: (listener) => ((hear = listener), () => {}),
    onClose: (listener) => ((close = listener), () => {}),
    hold: (on) => void holds.push(on),
    close: async () => {},
  }
  const paced = pacedLine(line, clock, () => clock.now().getTime() + spent)
  let heard = 0
  paced.onData((bytes) => {
    heard += bytes.length
    spent += bytes.length
  })
  return {
    clock,
    holds,
    bring: (ms: number) => hear(new Uint8Array(ms)),
    close: () => close('unplugged'),
    heard: () => heard,
  }
}

it('a line that takes little of the time is never held', async () => {
  const { clock, holds, bring, heard } = slowLine()
  for (let chunk = 0; chunk < 100; chunk++) {
    bring(50)
    await clock.advance(100)
  }
  expect(holds).toEqual([])
  expect(heard()).toBe(5000)
})

it('a line that takes all of the time is held for the rest of it, and heard again after that', async () => {
  const { clock, holds, bring } = slowLine()
  bring(100)
  bring(100)
  expect(holds).toEqual([])
  bring(100)
  expect(holds).toEqual([true])
  await clock.advance(199)
  expect(holds).toEqual([true])
  await clock.advance(1)
  expect(holds).toEqual([true, false])
})

it('one chunk that took three seconds is paid for in full', async () => {
  const { clock, holds, bring } = slowLine()
  bring(3000)
  await clock.advance(1999)
  expect(holds).toEqual([true])
  await clock.advance(1)
  expect(holds).toEqual([true, false])
})

it('a line that closed while it was held begins anew', async () => {
  const { clock, holds, bring, close } = slowLine()
  bring(400)
  close()
  expect(clock.next).toBeUndefined()
  bring(10)
  expect(holds).toEqual([true])
})
