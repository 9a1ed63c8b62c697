import { open, readdir, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cleanId, cleanText, known } from './clean.ts'

export type NodeKind = 'tty' | 'hidraw'

/** What the kernel says of a device beside the listing. */
export type SystemFacts = {
  readonly driver?: string
  /** Folder of the USB device that it hangs on. */
  readonly place?: string
  readonly vendorId?: string
  readonly productId?: string
  readonly manufacturer?: string
  readonly product?: string
  readonly serialNumber?: string
  /** A serial port of the main board that has no chip behind it. */
  readonly empty?: boolean
}

/** What only some systems can tell. */
export type System = {
  /** Name of each device node and its identity; undefined where there is nothing of the kind. */
  nodes(kind: NodeKind): Promise<ReadonlyMap<string, string> | undefined>
  facts(kind: NodeKind, name: string): Promise<SystemFacts>
  /** A name of the port that stays when it is plugged in elsewhere or later; undefined without one. */
  lastingPath(path: string, id: string | undefined): Promise<string | undefined>
}

const names: Readonly<Record<NodeKind, RegExp>> = {
  tty: /^(?:tty(?:S|USB|ACM|AMA|XRUSB|WCH|MFD|O)\d{1,4}|rfcomm\d{1,4})$/u,
  hidraw: /^hidraw\d{1,4}$/u,
}
/** From an interface up to its USB device. */
const mostSteps = 8
/** Characters of a file of /sys. */
const mostRead = 1024

/** Linux, below `root`. */
export function linuxSystem(root = '/'): System {
  const read = async (path: string): Promise<string | undefined> => {
    try {
      const file = await open(path, 'r')
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(mostRead), 0, mostRead, 0)
        return buffer.toString('utf8', 0, bytesRead).trim()
      } finally {
        await file.close()
      }
    } catch {
      return undefined
    }
  }

  async function usbDeviceOf(folder: string): Promise<string | undefined> {
    let at = folder
    for (let step = 0; step < mostSteps && at !== dirname(at); step++) {
      if ((await read(join(at, 'idVendor'))) !== undefined) return at
      at = dirname(at)
    }
    return undefined
  }

  return {
    async nodes(kind) {
      const folder = join(root, 'dev')
      const all = await readdir(folder).catch(() => undefined)
      if (!all) return undefined
      const pairs = await Promise.all(
        all
          .filter((name) => names[kind].test(name))
          .map(async (name) => {
            // A device that comes back has a new node. Its times change with its rights, the number does not.
            const found = await stat(join(folder, name)).catch(() => undefined)
            return found && ([name, `${found.ino}.${found.rdev}`] as const)
          }),
      )
      return new Map(pairs.filter((pair) => pair !== undefined))
    },

    async facts(kind, name) {
      const entry = join(root, 'sys/class', kind, name)
      const folder = await realpath(join(entry, 'device')).catch(() => undefined)
      if (!folder) return {}
      const driver = await readlink(join(folder, 'driver')).catch(() => undefined)
      const usb = await usbDeviceOf(folder)
      const empty = name.startsWith('ttyS') && (await read(join(entry, 'type'))) === '0'
      return {
        ...known({ driver: driver && cleanText(basename(driver)) }),
        ...(empty && { empty }),
        ...(usb !== undefined && {
          place: usb,
          ...known({
            vendorId: cleanId(await read(join(usb, 'idVendor'))),
            productId: cleanId(await read(join(usb, 'idProduct'))),
            manufacturer: cleanText(await read(join(usb, 'manufacturer'))),
            product: cleanText(await read(join(usb, 'product'))),
            serialNumber: cleanText(await read(join(usb, 'serial'))),
          }),
        }),
      }
    },

    async lastingPath(path, id) {
      if (id === undefined || id.includes('/')) return undefined
      const link = join(root, 'dev/serial/by-id', id)
      // Of two devices that say the same of themselves only one has the link.
      return (await realpath(link).catch(() => undefined)) === path ? link : undefined
    },
  }
}

const nothingKnown: System = {
  nodes: () => Promise.resolve(undefined),
  facts: () => Promise.resolve({}),
  lastingPath: () => Promise.resolve(undefined),
}

export const thisSystem: System = process.platform === 'linux' ? linuxSystem() : nothingKnown

/** The facts of the nodes of one kind, asked once per node that came. */
export function rememberedFacts(system: System, kind: NodeKind) {
  let remembered = new Map<string, Promise<SystemFacts>>()
  return {
    /** Forgets the nodes that are not there any more. */
    keep(nodes: ReadonlyMap<string, string> | undefined): void {
      if (nodes) remembered = new Map([...remembered].filter(([key]) => nodes.get(nameOf(key)) === birthOf(key)))
    },
    of(name: string, birth: string | undefined): Promise<SystemFacts> {
      if (birth === undefined) return system.facts(kind, name)
      const key = `${name} ${birth}`
      const facts = remembered.get(key) ?? system.facts(kind, name)
      remembered.set(key, facts)
      return facts
    },
  }
}

const nameOf = (key: string) => key.slice(0, key.indexOf(' '))
const birthOf = (key: string) => key.slice(key.indexOf(' ') + 1)

/** What the nodes say at a glance. Undefined where devices are listed that are no such nodes: then they say nothing. */
export function markOf(
  nodes: ReadonlyMap<string, string> | undefined,
  listed: readonly { readonly path: string }[],
): string | undefined {
  if (!nodes || listed.some(({ path }) => !nodes.has(basename(path)))) return undefined
  return [...nodes].map((pair) => pair.join('=')).join(' ')
}
