import { describe, expect, it } from 'vitest'
import { drivers } from '#native/drivers/index.ts'
import { knownIds } from '#native/drivers/known-ids.ts'
import { boundKeys, unlistedPorts } from '#native/host/discovery/bound.ts'
import type { Found } from '#native/host/discovery/found.ts'
import { proposalsFor } from '#native/host/discovery/proposals.ts'
import { twinKeys } from '#native/host/discovery/twins.ts'

const found = (more: Partial<Found>): Found => ({
  key: `${more.transport ?? 'hid'}:${more.path ?? 'one'}`,
  transport: 'hid',
  address: 'one',
  path: 'one',
  ...more,
})
const named = (more: Partial<Found>, answered?: readonly string[]) =>
  proposalsFor(found(more), drivers, answered).map(({ driver, because }) => `${driver}: ${because}`)

describe('the proposals', () => {
  it('are, of known ids, the driver for them first', () => {
    const first = knownIds[0]
    if (!first) throw new Error('no known ids')
    const ids = { vendorId: first.vendor, productId: first.product }
    expect(named({ ...ids, usages: [{ page: 0xff00, usage: 1 }] })).toEqual([
      `${first.driver}: known-id`,
      'hid-button: possible',
    ])
    // The same ids on another kind of line say nothing.
    expect(named({ ...ids, transport: 'serial' })).not.toContain(`${first.driver}: known-id`)
  })

  it('are, of a bar code scanner by its usage page, the driver for those', () => {
    expect(named({ usages: [{ page: 0x8c, usage: 2 }] })).toEqual(['hid-pos: usage'])
  })

  it('are none for a keyboard, a mouse or a security key', () => {
    for (const page of [0x01, 0x07, 0x0c, 0xf1d0]) expect(named({ usages: [{ page, usage: 6 }] })).toEqual([])
  })

  it('are all drivers of the line when nothing is known of the device', () => {
    expect(named({ transport: 'serial' })).toEqual([
      'gempc-twin: possible',
      'acr122s: possible',
      'acr1281s: possible',
      'pn532: possible',
      'zfm: possible',
      'serial-scanner: possible',
    ])
    expect(named({})).toEqual(['hid-image: possible', 'hid-button: possible', 'hid-pos: possible'])
  })

  it('are, of a reader of the smart-card service, the only driver there is', () => {
    expect(named({ transport: 'pcsc' })).toEqual(['pcsc: only-one'])
  })

  it('are, of a service, what it answered to', () => {
    expect(named({ transport: 'http', answers: ['sbi-iris'] })).toEqual(['sbi-iris: answers'])
  })

  it('begin with what the device answered to', () => {
    expect(named({ transport: 'serial' }, ['pn532'])[0]).toBe('pn532: answers')
  })

  it('name only drivers that are there, each known id with its source', () => {
    for (const { driver, source, transport } of knownIds) {
      expect(drivers[driver]?.transports).toContain(transport)
      expect(source).not.toBe('')
    }
  })
})

describe('a device of the station', () => {
  it('is found at its port, ids, reader name or service, also by a beginning or a range', () => {
    const all = [
      found({ transport: 'serial', path: '/dev/ttyUSB7', key: 'a' }),
      found({ vendorId: '04b4', productId: '8613', path: '/dev/hidraw0', key: 'b' }),
      found({ transport: 'pcsc', path: 'ACS ACR1281 00 00', key: 'c' }),
      found({ transport: 'http', path: '127.0.0.1:4502', key: 'd' }),
    ]
    const bound = boundKeys(all, [
      { id: 'reader', transport: 'serial', address: '/dev/ttyUSB7' },
      { id: 'scanner', transport: 'hid', address: '04B4:8613' },
      { id: 'chip', transport: 'pcsc', address: 'ACS' },
      { id: 'service', transport: 'http', address: '127.0.0.1:4501-4600' },
      { id: 'away', transport: 'serial', address: '/dev/ttyUSB8' },
      { id: 'odd', transport: 'http', address: 'example.com' },
    ])
    expect(Object.fromEntries(bound)).toEqual({ a: 'reader', b: 'scanner', c: 'chip', d: 'service' })
  })

  it('is shown although no listing names its port, when the port is there', () => {
    const bindings = [
      { id: 'odd', transport: 'serial', address: '/dev/null' },
      { id: 'away', transport: 'serial', address: '/dev/nowhere-at-all' },
    ] as const
    expect(unlistedPorts([], bindings).map(({ key }) => key)).toEqual(['serial:/dev/null'])
    expect(unlistedPorts([found({ transport: 'serial', path: '/dev/null' })], bindings)).toEqual([])
  })
})

describe('twins', () => {
  const ids = { vendorId: '0403', productId: '6001', serialNumber: 'A5' }

  it('are two devices that say the same serial number', () => {
    const all = [
      found({ ...ids, key: 'a', place: '/usb1/1-1' }),
      found({ ...ids, key: 'b', place: '/usb1/1-2' }),
      found({ ...ids, key: 'c', serialNumber: 'B6', place: '/usb1/1-3' }),
      found({ key: 'd' }),
      found({ key: 'e' }),
    ]
    expect([...twinKeys(all)]).toEqual(['a', 'b'])
  })

  it('are not two interfaces of one device', () => {
    const place = '/usb1/1-1'
    const all = [found({ ...ids, key: 'a', place }), found({ ...ids, key: 'b', place, transport: 'serial' })]
    expect(twinKeys(all).size).toBe(0)
  })

  it('are told by what they are for where the system does not say where they hang', () => {
    const button = { ...ids, usages: [{ page: 0xff00, usage: 1 }] }
    const keys = { ...ids, usages: [{ page: 1, usage: 6 }] }
    expect(twinKeys([found({ ...button, key: 'a' }), found({ ...keys, key: 'b' })]).size).toBe(0)
    expect(twinKeys([found({ ...button, key: 'a' }), found({ ...button, key: 'b' })]).size).toBe(2)
    const other = { ...button, vendorId: '1234' }
    expect(twinKeys([found({ ...button, key: 'a' }), found({ ...other, key: 'b' })]).size).toBe(2)
  })
})
