import { describe, expect, it } from 'vitest'
import { stageFaults } from '#native/sim/stage/faults.ts'
import { tested } from './fault-rows.ts'
import { faultTable, type Row } from './fault-table.ts'

const devices = Object.keys(stageFaults) as (keyof typeof stageFaults)[]

describe.each(devices)('of %s', (device) => {
  it.each(stageFaults[device])('the fault %s has a row in the table', (name) => {
    expect(Object.keys(faultTable[device])).toContain(name)
  })
})

it('every row that can be seen in the device process is tested', () => {
  const elsewhere = devices.filter((device) =>
    Object.values<Row>(faultTable[device]).every(({ finds }) => finds === 'not here'),
  )
  expect([...Object.values(tested).flat(), ...elsewhere].toSorted()).toEqual(devices.toSorted())
})

it('few faults go unnoticed, each with its reason', () => {
  const rows = Object.values(faultTable).flatMap((faults) => Object.values<Row>(faults))
  const silent = rows.filter((row) => 'because' in row)
  expect(rows.length).toBeGreaterThan(120)
  expect(silent.every((row) => 'because' in row && row.because.length > 20)).toBe(true)
  expect(new Set(silent.map((row) => 'because' in row && row.because)).size).toBeLessThan(12)
})
