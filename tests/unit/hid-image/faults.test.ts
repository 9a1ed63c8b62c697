import { describe, expect, it } from 'vitest'
import { countDown, parseHidImageFault, type HidImageFaults } from '#native/sim/hid-image/faults.ts'
import { parseFault } from '#native/sim/stage/faults.ts'

describe('what the simulated scanner and the people at it can be told', () => {
  it.each([
    ['silence', { name: 'silence' }],
    ['wrong-hand', { name: 'wrong-hand' }],
    ['wrong-hand:2', { name: 'wrong-hand', captures: 2 }],
  ])('is read from %s', (text, fault) => {
    expect(parseHidImageFault(text)).toEqual(fault)
  })

  it.each(['silence:2', 'wrong-hand:0', 'wrong-hand:', 'wrong-hand:x', 'coffee', ''])('is not read from %s', (text) => {
    expect(parseHidImageFault(text)).toBeUndefined()
  })

  it('is told by device, with what there is when it is not known', () => {
    expect(parseFault('palm:3@fingerprint')).toEqual({ device: 'fingerprint', fault: 'palm', captures: 3 })
    expect(() => parseFault('coffee@fingerprint')).toThrow(/there is: .*silence.*wrong-hand/)
  })

  it('lasts as many captures as were said, and what the device does wrong until it is taken off', () => {
    const faults: HidImageFaults = new Map([
      ['dry', 2],
      ['palm', Infinity],
      ['garbage', Infinity],
    ])
    countDown(faults)
    expect([...faults.keys()]).toEqual(['dry', 'palm', 'garbage'])
    countDown(faults)
    countDown(faults)
    expect([...faults.keys()]).toEqual(['palm', 'garbage'])
  })
})
