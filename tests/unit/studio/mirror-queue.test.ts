import { expect, it } from 'vitest'
import { arrived, painted, type MirrorQueue } from '../../../renderer/officer/frame/mirror-queue.ts'

const after = (...numbers: readonly number[]) => numbers.reduce<MirrorQueue>(painted, {})

it('one picture is on its way at a time, and of those painted meanwhile only the last is asked for', () => {
  const queue = after(1, 2, 3, 4)
  expect(queue).toEqual({ loading: 1, wanted: 4 })
  expect(arrived(queue, 1, true)).toEqual({ shown: 1, loading: 4 })
  expect(arrived(arrived(queue, 1, true), 4, true)).toEqual({ shown: 4 })
})

it('a number told twice is asked for once', () => {
  expect(painted(after(5), 5)).toEqual({ loading: 5 })
  expect(painted(arrived(after(5), 5, true), 5)).toEqual({ shown: 5 })
})

it('a picture that cannot be had does not leave an old one standing as if it were the present', () => {
  const shown = painted(arrived(after(1), 1, true), 2)
  expect(arrived(shown, 2, false)).toEqual({})
  expect(arrived(painted(shown, 3), 2, false)).toEqual({ shown: 1, loading: 3 })
})

it('a late answer to a picture no longer awaited changes nothing', () => {
  const queue = after(1, 2)
  expect(arrived(queue, 7, true)).toEqual(queue)
})
