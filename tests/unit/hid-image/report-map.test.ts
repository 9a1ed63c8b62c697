import { describe, expect, it } from 'vitest'
import type { DeviceBinding } from '#native/capability/device.ts'
import { hidButton } from '#native/drivers/hid-button/index.ts'
import { buttonReportMap, reportMapFor, shippedMaps } from '#native/drivers/hid-button/report-map.ts'
import type { Transport } from '#native/transport/transport.ts'

const binding: DeviceBinding = {
  id: 'b',
  kind: 'document-camera',
  driver: 'hid-button',
  transport: 'hid',
  address: '1209:0004',
}

/** A model of no maker, known only from its map. */
const unheardOf = {
  model: 'Invented lamp and button',
  usb: ['1209:0004'],
  input: {
    length: 5,
    constants: [{ at: 0, value: 9 }],
    shutter: { at: 2, mask: 0x30 },
    check: { kind: 'sum', at: 4 },
    free: [3],
  },
  lamp: { length: 3, constants: [{ at: 0, value: 7 }], brightness: { at: 2, most: 255 } },
} as const

async function plugIn(settings?: DeviceBinding['settings']) {
  let say: (bytes: Uint8Array) => void = () => {}
  const written: number[][] = []
  const transport: Transport = {
    open: async () => {},
    write: async (bytes) => void written.push([...bytes]),
    onData: (listener) => ((say = listener), () => {}),
    onClose: () => () => {},
    close: async () => {},
  }
  const button = hidButton({ ...binding, ...(settings && { settings }) }, () => transport)
  let presses = 0
  button.onPressed(() => presses++)
  const { model } = await button.acquire(new AbortController().signal)
  return {
    button,
    model,
    written,
    say: (...bytes: readonly number[]) => say(Uint8Array.from(bytes)),
    presses: () => presses,
    light: (brightness: number) => button.setLamp(brightness, new AbortController().signal),
  }
}

describe('a model that only its report map describes', () => {
  it('is understood: its check, its free byte, its mask', async () => {
    const { model, say, presses } = await plugIn({ reportMap: JSON.stringify(unheardOf) })
    expect(model).toBe('Invented lamp and button')
    say(9, 0, 0x10, 200, 225)
    say(9, 0, 0x10, 201, 226)
    expect(presses()).toBe(1)
    say(9, 0, 0, 0, 9, 9, 0, 0x20, 5, 46)
    expect(presses()).toBe(2)
    say(9, 0, 0, 0, 9, 9, 0, 0x20, 5, 47)
    expect(presses()).toBe(2)
  })

  it('is lit by its own report', async () => {
    const { light, written } = await plugIn({ reportMap: JSON.stringify(unheardOf) })
    await light(1)
    await light(0.5)
    await light(7)
    expect(written).toEqual([
      [7, 0, 255],
      [7, 0, 128],
      [7, 0, 255],
    ])
  })
})

it('the lamp of the first map is the report of the manual', async () => {
  const { light, written } = await plugIn()
  await light(0.5)
  expect(written).toEqual([[0xb2, 0x32, 0, 0, 0, 0, 0, 0x80]])
})

it('a button without a lamp refuses to be lit', async () => {
  const { light, written } = await plugIn({ model: 'HID shutter button, bare' })
  await expect(light(1)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' })
  expect(written).toEqual([])
})

describe('a report map', () => {
  it('is chosen by setting, by vid:pid, or is the first', () => {
    expect(reportMapFor({ address: 'x' })).toBe(shippedMaps[0])
    expect(reportMapFor({ address: 'x', settings: { model: shippedMaps[1]!.model } })).toBe(shippedMaps[1])
    expect(reportMapFor({ address: 'x', settings: { reportMap: JSON.stringify(unheardOf) } })).toEqual(unheardOf)
  })

  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['a field too many', JSON.stringify({ ...unheardOf, script: 'x' })],
    ['a place beyond the report', JSON.stringify({ ...unheardOf, lamp: { ...unheardOf.lamp, length: 2 } })],
    ['one place for two things', JSON.stringify({ ...unheardOf, input: { ...unheardOf.input, counter: { at: 2 } } })],
    [
      'a mask that is never set',
      JSON.stringify({ ...unheardOf, input: { ...unheardOf.input, shutter: { at: 2, mask: 0 } } }),
    ],
  ])('that is %s is refused when the device is bound', (_, reportMap) => {
    expect(() => reportMapFor({ address: 'x', settings: { reportMap } })).toThrow('DEVICE_UNKNOWN')
  })

  it('of an unknown model is refused, not replaced by another', () => {
    expect(() => reportMapFor({ address: 'x', settings: { model: 'nobody' } })).toThrow('DEVICE_UNKNOWN')
  })

  it('that is shipped passes the check, and no two describe the same device', () => {
    const ids = shippedMaps.flatMap(({ usb }) => usb)
    expect(new Set(ids).size).toBe(ids.length)
    expect(shippedMaps.map((map) => buttonReportMap.safeParse(map).success)).toEqual(shippedMaps.map(() => true))
  })
})
