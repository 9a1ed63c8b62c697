import type { CallOutput, Parts, PluggedInView, StationView, Surroundings } from '#contract/index.ts'
import { qrCode } from '#core/diagnostics/bundle/qr.ts'
import { ok, type Answers, type Screen, type ScreenOptions } from './harness.ts'

const since = '2026-11-12T03:42:07.000Z'

export const station: StationView = {
  phase: 'open',
  code: 'SL-0312',
  name: 'Công an xã Thuận Châu',
  runtime: 'stand-in',
  simulated: true,
  today: '2026-11-12',
}

export const surroundings: Surroundings = {
  host: 'running',
  citizenScreen: 'shown',
  waiting: 14,
  devices: [
    {
      id: 'reader',
      kind: 'card-reader',
      driver: 'gempc-twin',
      transport: 'serial',
      address: '/dev/ttyUSB0',
      state: 'ready',
      since,
      model: 'GemPC Twin 1.02',
      cardPresent: true,
    },
    {
      id: 'scanner',
      kind: 'fingerprint-scanner',
      driver: 'hid-image',
      transport: 'hid',
      address: '1209:f4f4',
      state: 'failed',
      since,
      problem: 'DEVICE_SILENT',
    },
    {
      id: 'shutter',
      kind: 'document-camera',
      driver: 'hid-button',
      transport: 'socket',
      address: '/tmp/quay-can-cuoc-simulators/a-rather-long-folder-name/document-camera-shutter.socket',
      state: 'absent',
      since,
      problem: 'DEVICE_ABSENT',
    },
    {
      id: 'face',
      kind: 'portrait-camera',
      driver: 'browser-camera',
      transport: 'browser',
      address: 'fake_device_0',
      state: 'busy',
      since,
    },
  ],
}

/** A reader of the desk, a port that may be many things, a scanner that is known by its ids, and its twin. */
export const plugged: readonly PluggedInView[] = [
  {
    key: 'serial:/dev/ttyUSB0',
    transport: 'serial',
    address: '/dev/ttyUSB0',
    vendorId: '08e6',
    productId: '3437',
    manufacturer: 'Gemalto',
    product: 'GemPC Twin',
    systemDriver: 'usbserial',
    since,
    proposals: [{ driver: 'gempc-twin', kind: 'card-reader', because: 'known-id' }],
    boundTo: 'reader',
  },
  {
    key: 'serial:/dev/ttyUSB1',
    transport: 'serial',
    address: '/dev/ttyUSB1',
    vendorId: '1a86',
    productId: '7523',
    product: 'USB Serial',
    systemDriver: 'ch341',
    since,
    proposals: [
      { driver: 'gempc-twin', kind: 'card-reader', because: 'possible' },
      { driver: 'pn532', kind: 'card-reader', because: 'possible' },
      { driver: 'zfm', kind: 'fingerprint-scanner', because: 'possible' },
      { driver: 'serial-scanner', kind: 'code-scanner', because: 'possible' },
    ],
  },
  {
    key: 'hid:0c2e:0b61:1',
    transport: 'hid',
    address: '/dev/hidraw3',
    vendorId: '0c2e',
    productId: '0b61',
    manufacturer: 'Honeywell',
    product: 'Xenon 1900',
    serialNumber: '11111111',
    twin: true,
    systemDriver: 'hid-generic',
    since,
    proposals: [{ driver: 'hid-pos', kind: 'code-scanner', because: 'usage' }],
  },
  { key: 'hid:046d:c31c:1', transport: 'hid', address: '/dev/hidraw0', product: 'Keyboard', since, proposals: [] },
]

export const readerReport: CallOutput<'checkDevice'> = {
  subject: 'card-reader',
  device: 'reader',
  verdict: 'limits',
  found: [
    { cause: 'antenna-weak', figures: { readsTried: 20, readsGood: 14 } },
    { cause: 'reading-slow', figures: { readMedianMs: 1812 } },
  ],
  figures: {
    openMs: 212,
    statusMedianMs: 31.25,
    readsTried: 20,
    readsGood: 14,
    readMedianMs: 1812,
    readSlowestMs: 4020,
    removalNoticed: 1,
  },
  at: '2026-11-12T03:50:00.000Z',
  took: 61_200,
}

export const stationReports: CallOutput<'checkStation'> = [
  {
    subject: 'disk',
    verdict: 'works',
    found: [],
    figures: { freeMb: 51_230, freeShare: 0.412, writeMbPerS: 180 },
    at: '2026-11-12T03:52:00.000Z',
    took: 900,
  },
  {
    subject: 'clock',
    verdict: 'fails',
    found: [{ cause: 'clock-behind', figures: { lastActAheadS: 86_400 } }],
    figures: { lastActAheadS: 86_400, ntpSynchronised: 0 },
    at: '2026-11-12T03:52:01.000Z',
    took: 120,
  },
]

const bytes = (count: number) =>
  Array.from({ length: count }, (_, index) => ((index * 37) & 0xff).toString(16).padStart(2, '0').toUpperCase()).join(
    '',
  )

export const trace: CallOutput<'deviceTrace'> = {
  format: 'quay-can-cuoc/trace/1',
  device: { id: 'reader', kind: 'card-reader', driver: 'gempc-twin', transport: 'serial', model: 'GemPC Twin 1.02' },
  since,
  running: true,
  entries: [
    { n: 1, at: 0, event: 'opened' },
    { n: 2, at: 12, way: 'out', hex: '03066F00000000F9', name: 'GetSlotStatus', detail: 'slot 0, seq 249' },
    {
      n: 3,
      at: 19,
      way: 'in',
      hex: '0306810000000000F900000074',
      name: 'SlotStatus',
      times: 12,
      detail: 'card inside',
    },
    {
      n: 4,
      at: 842,
      way: 'out',
      hex: bytes(24),
      name: 'XfrBlock',
      detail: 'INTERNAL AUTHENTICATE, 8 bytes',
      masked: 8,
    },
    { n: 5, at: 901, way: 'in', hex: bytes(180), name: 'DataBlock', detail: '168 bytes', masked: 168 },
    { n: 6, at: 1450, event: 'mark', text: 'rút dây ở đây' },
    { n: 7, at: 1533, way: 'in', hex: '0306FF80', name: 'DataBlock', fault: 'cut' },
    { n: 8, at: 1539, way: 'in', hex: 'FFFEFFFE', name: '?', fault: 'garbage' },
    { n: 9, at: 1600, event: 'unplugged' },
  ],
}

const days = Array.from({ length: 14 }, (_, index) => `2026-10-${String(index + 18).padStart(2, '0')}`)
export const health: CallOutput<'health'> = {
  rows: [
    ...days.map((day, index) => ({
      device: 'reader',
      day,
      done: 30 + ((index * 7) % 11),
      failed: index > 9 ? index - 8 : 0,
      again: index > 8 ? index : 1,
      median: 2100 + index * index * 14,
      slowest: 4100 + index * 260,
      failures: index > 9 ? { CARD_REMOVED: index - 9, DEVICE_SILENT: 1 } : {},
    })),
    ...days.slice(10).map((day) => ({
      device: 'scanner',
      day,
      done: 12,
      failed: 0,
      again: 2,
      median: 950,
      slowest: 1800,
      failures: {},
    })),
  ],
  warnings: [
    { device: 'reader', kind: 'slower', usual: 2100, lately: 4300 },
    { device: 'reader', kind: 'fails-more-often', usual: 0.01, lately: 0.124 },
  ],
}

export const bundle: Omit<CallOutput<'makeBundle'>, 'codeImage'> = {
  file: '/media/usb/quay-can-cuoc-SL-0312-2026-11-12.zip',
  sha256: '0d1f'.repeat(16),
  code: 'K7QM-2RTD-91XA-PZ4C',
  summary: ['TÓM TẮT HỖ TRỢ', 'Quầy SL-0312', '', 'Đầu đọc thẻ chip: Dùng được, có hạn chế', 'Ổ đĩa: Hoạt động tốt'],
}

/** The citizen's display is unplugged, a stranger is there; a printer that refused its last page. */
export const parts: Parts = {
  displays: [
    {
      key: 'laptop',
      label: 'eDP-1',
      is: 'there',
      width: 1366,
      height: 768,
      x: 0,
      y: 0,
      scale: 1,
      internal: true,
      touch: 'no',
      use: 'officer',
      since,
    },
    {
      key: 'stranger',
      label: 'DELL P2419H',
      is: 'there',
      width: 1536,
      height: 864,
      x: 1366,
      y: 0,
      scale: 1.25,
      internal: false,
      touch: 'unknown',
      use: 'none',
      since,
    },
    {
      key: 'hall',
      label: 'ViewSonic TD1655',
      is: 'missing',
      width: 1920,
      height: 1080,
      x: 0,
      y: 0,
      scale: 1,
      internal: false,
      touch: 'unknown',
      use: 'citizen',
      since,
    },
  ],
  printers: [
    { name: 'HP_LaserJet_M15w', label: 'HP LaserJet M15w', usual: true, since },
    { name: 'Canon_LBP2900', label: 'Canon LBP2900', usual: false, since, lastError: 'print-refused' },
  ],
  tpm: { is: 'there', name: 'tpm0', version: '2.0', address: '/dev/tpmrm0', since },
  keystore: { is: 'holds', name: 'gnome_libsecret', since },
}

export const drivers: CallOutput<'drivers'> = [
  { driver: 'gempc-twin', kind: 'card-reader', transports: ['serial', 'socket'] },
  { driver: 'zfm', kind: 'fingerprint-scanner', transports: ['serial'] },
  { driver: 'serial-scanner', kind: 'code-scanner', transports: ['serial'] },
  { driver: 'hid-image', kind: 'fingerprint-scanner', transports: ['hid', 'socket'] },
  { driver: 'hid-button', kind: 'document-camera', transports: ['hid', 'socket'] },
]

/** A desk with something of everything. */
export const answers = (more: Answers = {}): Answers => ({
  station: () => ok(station),
  surroundings: () => ok(surroundings),
  pluggedIn: () => ok(plugged),
  unlistedTransports: () => ok([{ transport: 'pcsc', problem: 'TRANSPORT_MISSING' }]),
  checks: () => ok([readerReport, ...stationReports]),
  deviceTrace: ({ after }) => ok({ ...trace, entries: trace.entries.filter(({ n }) => n > after) }),
  health: () => ok(health),
  makeBundle: async () => ok({ ...bundle, codeImage: await qrCode(bundle.code) }),
  parts: () => ok(parts),
  drivers: () => ok(drivers),
  centre: () => ok({ address: '' }),
  ...more,
})

type Open = (options: ScreenOptions) => Promise<Screen>
export const open = (openScreen: Open, more: Answers = {}, options: Partial<ScreenOptions> = {}) =>
  openScreen({ role: 'technician', ...options, answers: answers(more) })

/** Opens a page by its digit. */
export async function openPage(screen: Screen, digit: 1 | 2 | 3 | 4 | 5): Promise<void> {
  const names = ['Thiết bị', 'Kiểm tra', 'Vết', 'Sức khỏe', 'Gói hỗ trợ']
  await screen.page.getByRole('heading', { level: 1 }).waitFor()
  await screen.page.keyboard.press(String(digit))
  await screen.page.getByRole('heading', { level: 1, name: names[digit - 1] ?? '' }).waitFor()
  if (digit === 2) await screen.page.getByRole('button', { name: /^Kiểm tra (?:lại )?reader/u }).waitFor()
}

/** What is put on the clipboard from now on. */
export async function watchCopies({ page }: Screen): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    window.addEventListener('copy', (event) =>
      Object.assign(window, { copied: event.clipboardData?.getData('text/plain') }),
    )
  })
  return () => page.evaluate(() => (window as unknown as { copied?: string }).copied ?? '')
}

export const looks = {
  light: {},
  dark: { dark: true },
  wide: { size: { width: 1920, height: 1080 } },
} satisfies Record<string, Partial<ScreenOptions>>
