import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { hidListing, type ListedHid } from '#native/host/discovery/hid-devices.ts'
import { serialListing } from '#native/host/discovery/serial-ports.ts'
import { linuxSystem, type System } from '#native/host/discovery/system.ts'

const bare: System = {
  nodes: async () => undefined,
  facts: async () => ({}),
  lastingPath: async () => undefined,
}
const serialOf = (ports: readonly object[]) => async () => ({ SerialPort: { list: async () => ports as never } })
const hidOf = (devices: readonly Partial<ListedHid>[]) => async () => ({ devicesAsync: async () => devices as never })
const code = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )

let root: string | undefined
afterEach(async () => {
  if (root !== undefined) await rm(root, { recursive: true, force: true })
  root = undefined
})

/** A tree with the files of a Linux machine; values that begin with `->` are links. */
async function machine(files: Readonly<Record<string, string>>): Promise<string> {
  root = await mkdtemp(join(tmpdir(), 'machine-'))
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path)
    await mkdir(dirname(full), { recursive: true })
    if (content.startsWith('->')) await symlink(content.replace('->', ''), full)
    else await writeFile(full, content)
  }
  return root
}

const usb = 'sys/devices/pci0/usb1/1-2'
const reader = {
  [`${usb}/idVendor`]: '08e6\n',
  [`${usb}/idProduct`]: '3437\n',
  [`${usb}/manufacturer`]: 'Gemplus\n',
  [`${usb}/product`]: 'GemPC Twin\n',
  [`${usb}/serial`]: 'G1\n',
  [`${usb}/1-2:1.0/ttyUSB0/driver`]: '->../../../../../bus/drivers/ftdi_sio',
  'sys/class/tty/ttyUSB0/device': '->../../../devices/pci0/usb1/1-2/1-2:1.0/ttyUSB0',
  'dev/ttyUSB0': '',
}

describe('the listing of serial ports', () => {
  it('takes ids, maker and serial number over and keeps the port as the address', async () => {
    const list = serialListing(
      serialOf([
        {
          path: '/dev/ttyACM0',
          vendorId: '08E6',
          productId: '3437',
          manufacturer: 'Gem\u0007plus',
          serialNumber: 'A1',
        },
      ]),
      bare,
    )
    expect(await list.list()).toEqual([
      {
        key: 'serial:/dev/ttyACM0',
        transport: 'serial',
        address: '/dev/ttyACM0',
        path: '/dev/ttyACM0',
        vendorId: '08e6',
        productId: '3437',
        manufacturer: 'Gem plus',
        serialNumber: 'A1',
      },
    ])
  })

  it('says TRANSPORT_MISSING when the module cannot be loaded or cannot list', async () => {
    const missing = () => Promise.reject(new Error('no module'))
    expect(await code(serialListing(missing, bare).list())).toBe('TRANSPORT_MISSING')
    const failing = async () => ({ SerialPort: { list: () => Promise.reject(new Error('spawn udevadm ENOENT')) } })
    expect(await code(serialListing(failing, bare).list())).toBe('TRANSPORT_MISSING')
  })

  it('goes by the nodes of the system where udev has no program to ask, and says what the kernel knows', async () => {
    const system = linuxSystem(await machine(reader))
    const failing = async () => ({ SerialPort: { list: () => Promise.reject(new Error('spawn udevadm ENOENT')) } })
    const [port] = await serialListing(failing, system).list()
    expect(port).toMatchObject({
      path: '/dev/ttyUSB0',
      vendorId: '08e6',
      productId: '3437',
      manufacturer: 'Gemplus',
      product: 'GemPC Twin',
      serialNumber: 'G1',
      systemDriver: 'ftdi_sio',
      place: expect.stringMatching(/usb1\/1-2$/u) as unknown,
    })
  })

  it('leaves out ports of the main board that have no chip behind them', async () => {
    const system = linuxSystem(
      await machine({
        'sys/devices/serial8250/tty/ttyS0/type': '4\n',
        'sys/devices/serial8250/tty/ttyS1/type': '0\n',
        'sys/devices/serial8250/tty/ttyS0/device': '->../..',
        'sys/devices/serial8250/tty/ttyS1/device': '->../..',
        'sys/class/tty/ttyS0': '->../../devices/serial8250/tty/ttyS0',
        'sys/class/tty/ttyS1': '->../../devices/serial8250/tty/ttyS1',
        'dev/ttyS0': '',
        'dev/ttyS1': '',
      }),
    )
    const ports = await serialListing(serialOf([{ path: '/dev/ttyS0' }, { path: '/dev/ttyS1' }]), system).list()
    expect(ports.map(({ path }) => path)).toEqual(['/dev/ttyS0'])
  })

  it('uses the name that stays over replugging, and only for the device that the name leads to', async () => {
    const folder = await machine({ 'dev/ttyUSB0': '', 'dev/serial/by-id/usb-One': '->../../ttyUSB0' })
    const system = linuxSystem(folder)
    expect(await system.lastingPath(join(folder, 'dev/ttyUSB0'), 'usb-One')).toBe(
      join(folder, 'dev/serial/by-id/usb-One'),
    )
    expect(await system.lastingPath(join(folder, 'dev/ttyUSB1'), 'usb-One')).toBeUndefined()
    expect(await system.lastingPath(join(folder, 'dev/ttyUSB0'), '../../ttyUSB0')).toBeUndefined()
  })

  it('marks a node that went and came back under the same name', async () => {
    const folder = await machine({ 'dev/ttyUSB0': '', 'dev/ttyUSB1': '', 'dev/tty1': '', 'dev/null': '' })
    const system = linuxSystem(folder)
    const before = await system.nodes('tty')
    expect(new Set(before?.keys())).toEqual(new Set(['ttyUSB0', 'ttyUSB1']))
    // Made while the other is still there: a file system may give a number anew at once, the kernel's device nodes do not.
    await writeFile(join(folder, 'dev/next'), '')
    await rename(join(folder, 'dev/next'), join(folder, 'dev/ttyUSB0'))
    const after = await system.nodes('tty')
    expect(after?.get('ttyUSB0')).not.toBe(before?.get('ttyUSB0'))
    expect(after?.get('ttyUSB1')).toBe(before?.get('ttyUSB1'))
  })
})

describe('the listing of HID devices', () => {
  it('tells a device once, whatever the number of its collections, and addresses it by its ids', async () => {
    const one = { path: '/dev/hidraw0', vendorId: 0x0c2e, productId: 0x0b61, product: 'Scanner' }
    const [device, ...others] = await hidListing(
      hidOf([
        { ...one, usagePage: 0x8c, usage: 2 },
        { ...one, usagePage: 0xff00, usage: 1 },
      ]),
      bare,
    ).list()
    expect(others).toEqual([])
    expect(device).toMatchObject({
      key: 'hid:0c2e:0b61:/dev/hidraw0',
      address: '0c2e:0b61',
      usages: [
        { page: 0x8c, usage: 2 },
        { page: 0xff00, usage: 1 },
      ],
    })
  })

  it('addresses two devices with the same ids by their paths', async () => {
    const ids = { vendorId: 0x0c2e, productId: 0x0b61 }
    const all = await hidListing(
      hidOf([
        { path: '/dev/hidraw0', ...ids },
        { path: '/dev/hidraw1', ...ids },
      ]),
      bare,
    ).list()
    expect(all.map(({ address }) => address)).toEqual(['/dev/hidraw0', '/dev/hidraw1'])
  })

  it('survives a wrong and huge descriptor', async () => {
    const wrong = Array.from({ length: 10_000 }, (_, at) => ({
      path: '/dev/hidraw0',
      vendorId: -3,
      productId: Number.NaN,
      product: '\u0000'.repeat(100_000),
      serialNumber: 7 as unknown as string,
      usagePage: at % 2 ? Number.POSITIVE_INFINITY : 'x',
    }))
    const all = await hidListing(hidOf([...wrong, { path: '' }, {}] as Partial<ListedHid>[]), bare).list()
    expect(all).toHaveLength(1)
    expect(all[0]?.usages?.length).toBeLessThanOrEqual(32)
    expect(all[0]).toEqual({
      key: 'hid:0000:0000:/dev/hidraw0',
      transport: 'hid',
      address: '/dev/hidraw0',
      path: '/dev/hidraw0',
      usages: all[0]?.usages,
    })
  })

  it('says TRANSPORT_MISSING without the module or its system library', async () => {
    const late = async () => ({ devicesAsync: () => Promise.reject(new Error('libudev.so.1')) })
    expect(await code(hidListing(() => Promise.reject(new Error('gone')), bare).list())).toBe('TRANSPORT_MISSING')
    expect(await code(hidListing(late, bare).list())).toBe('TRANSPORT_MISSING')
  })
})

it('the nodes of the system are not relied upon where devices are listed that are none of them', async () => {
  const folder = await machine({ 'dev/ttyUSB0': '', 'sys/x': '' })
  const system = linuxSystem(folder)
  const known = serialListing(serialOf([{ path: '/dev/ttyUSB0' }]), system)
  await known.list()
  expect(await known.mark?.()).toMatch(/^ttyUSB0=/u)
  const foreign = serialListing(serialOf([{ path: '/dev/ttyUSB0' }, { path: '/dev/odd0' }]), system)
  await foreign.list()
  expect(await foreign.mark?.()).toBeUndefined()
})
