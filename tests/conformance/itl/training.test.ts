import { expect, test } from 'vitest'
import { writeItl } from '#core/seal/itl/index.ts'
import { inventedRecord } from '../../unit/core/seal/itl/invented-record.ts'
import { readItl } from './reading.ts'

test('a record of the training program says so, is for nobody’s register, and is read only by who asks for training', () => {
  const bytes = writeItl(inventedRecord({ training: true }))
  expect(() => readItl(bytes)).toThrow('a file of the training program')
  const read = readItl(bytes, { training: true })
  expect(read).toMatchObject({ destination: 'LUYEN-TAP', person: { training: true } })
})

test('who asks for training takes nothing else', () => {
  const bytes = writeItl(inventedRecord())
  expect(() => readItl(bytes, { training: true })).toThrow('not a file of the training program')
  expect(readItl(bytes)).toMatchObject({ destination: 'C06' })
})
