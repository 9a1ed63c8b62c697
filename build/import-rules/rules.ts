/**
 * Who may import whom. A file belongs to the first room whose `holds` matches its path from the root.
 * Importing from one's own room is always allowed; `types of X` allows type-only imports.
 * `codecs` stands for those files of native/drivers that reach neither a transport nor the outside world.
 */
export type Room = {
  readonly name: string
  readonly holds: RegExp
  /** Rooms it may import, or 'anything'. */
  readonly may: readonly string[] | 'anything'
  /** May import Node's own modules. */
  readonly node: boolean
  /** Goes into a package that people install. */
  readonly production: boolean
  /** May reach the module `electron`: directly and through others. */
  readonly electron?: true
}

const window = { node: false, production: true } as const
const service = { node: true, production: true } as const
const workshop = { may: 'anything', node: true, production: false, electron: true } as const

export const rooms: readonly Room[] = [
  { name: 'domain', holds: /^domain\//, may: [], node: false, production: true },

  { name: 'native/capability', holds: /^native\/capability\//, may: ['domain'], node: false, production: true },
  { name: 'native/transport', holds: /^native\/transport\//, may: ['domain'], ...service },
  { name: 'native/chip', holds: /^native\/chip\//, may: ['domain', 'native/capability'], ...service },
  { name: 'native/imaging', holds: /^native\/imaging\//, may: ['domain', 'native/capability'], ...service },
  {
    name: 'native/drivers',
    holds: /^native\/drivers\//,
    may: ['domain', 'native/transport', 'native/chip', 'native/imaging', 'native/capability', 'resources'],
    ...service,
  },
  {
    name: 'native/host',
    holds: /^native\/host\//,
    may: ['domain', 'native/drivers', 'native/transport', 'native/chip', 'native/imaging', 'native/capability'],
    ...service,
  },
  {
    name: 'native/sim',
    holds: /^native\/sim\//,
    may: ['domain', 'codecs', 'native/chip', 'native/imaging', 'native/capability', 'native/transport'],
    node: true,
    production: false,
  },

  {
    name: 'contract',
    holds: /^electron\/contract\//,
    may: ['domain', 'types of native/capability'],
    node: false,
    production: true,
  },
  {
    name: 'core',
    holds: /^electron\/core\//,
    may: ['domain', 'contract', 'native/capability', 'resources'],
    ...service,
  },
  {
    name: 'shell',
    holds: /^electron\/shell\//,
    may: ['domain', 'contract', 'core', 'resources'],
    ...service,
    electron: true,
  },
  { name: 'preload', holds: /^electron\/preload\//, may: ['contract'], ...window, electron: true },

  {
    name: 'renderer/state',
    holds: /^renderer\/state\//,
    may: ['domain', 'contract', 'resources'],
    ...window,
  },
  {
    name: 'renderer/ui',
    holds: /^renderer\/ui\//,
    may: ['domain', 'contract', 'renderer/state', 'resources'],
    ...window,
  },
  ...['officer', 'citizen', 'technician'].map((role) => ({
    name: `renderer/${role}`,
    holds: new RegExp(`^renderer/${role}/`),
    may: ['domain', 'contract', 'renderer/ui', 'renderer/state', 'resources'],
    ...window,
  })),

  { name: 'renderer', holds: /^renderer\/[^/]+$/, may: ['renderer/ui', 'renderer/state'], ...window },

  { name: 'resources', holds: /^resources\//, may: [], node: false, production: true },
  { name: 'build', holds: /^build\//, ...workshop },
  { name: 'tests', holds: /^tests\//, ...workshop },
  { name: 'configuration', holds: /^[^/]+$/, ...workshop },
]

/** Packages that are Electron or bring it with them. */
export const electronPackage = /^(electron|electron-[^/]+|@electron\/.+)$/

/** Modules that touch devices, files or the network: what reaches one of them is no codec. */
export const outsideWorld =
  /^(serialport|node-hid|pcsc-mini|(node:)?(child_process|dgram|fs|http|https|net|tls|worker_threads)(\/.*)?)$/
