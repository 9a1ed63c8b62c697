import { causes, subjects } from '#domain/diagnosis/index.ts'
import { z } from 'zod'
import { deviceKind, nothing, transportKind } from './common.ts'
import { failureCode, isoTime, text } from './dossier-schema.ts'
import { call, event } from './kinds.ts'

const technician = ['technician'] as const
const figures = z.record(z.string().max(60), z.number())
const proposal = z.strictObject({
  driver: text,
  kind: deviceKind,
  because: z.enum(['known-id', 'usage', 'answers', 'only-one', 'possible']),
})

export const pluggedIn = z.strictObject({
  key: text,
  transport: z.enum(['serial', 'hid', 'pcsc', 'http']),
  address: text,
  vendorId: text.exactOptional(),
  productId: text.exactOptional(),
  manufacturer: text.exactOptional(),
  product: text.exactOptional(),
  serialNumber: text.exactOptional(),
  twin: z.boolean().exactOptional(),
  systemDriver: text.exactOptional(),
  since: isoTime,
  proposals: z.array(proposal).readonly(),
  /** Id of the device of the station that lives there. */
  boundTo: text.exactOptional(),
})
export type PluggedInView = z.infer<typeof pluggedIn>

export const checkReport = z.strictObject({
  subject: z.enum(subjects),
  device: text.exactOptional(),
  verdict: z.enum(['works', 'limits', 'fails']),
  found: z
    .array(
      z.strictObject({
        cause: z.enum(Object.keys(causes) as [keyof typeof causes, ...(keyof typeof causes)[]]),
        figures: figures.exactOptional(),
      }),
    )
    .readonly(),
  figures,
  at: isoTime,
  took: z.number().nonnegative(),
})

const traceEntry = z.union([
  z.strictObject({
    n: z.int(),
    at: z.number(),
    way: z.enum(['out', 'in']),
    hex: z.string().max(400_000),
    name: text,
    detail: text.exactOptional(),
    fault: z.enum(['garbage', 'checksum', 'cut']).exactOptional(),
    masked: z.int().exactOptional(),
    times: z.int().exactOptional(),
  }),
  z.strictObject({
    n: z.int(),
    at: z.number(),
    event: z.enum(['opened', 'refused', 'closed', 'unplugged', 'failed', 'mark']),
    text: text.exactOptional(),
  }),
])
export const deviceTrace = z.strictObject({
  format: z.literal('quay-can-cuoc/trace/1'),
  device: z.strictObject({
    id: text,
    kind: deviceKind,
    driver: text,
    transport: transportKind,
    model: text.exactOptional(),
  }),
  since: isoTime,
  running: z.boolean(),
  entries: z.array(traceEntry).readonly(),
})

/** One device, one day. */
export const healthRow = z.strictObject({
  device: text,
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u),
  /** Acts that ended well, acts that ended with a failure, tries beyond the first. */
  done: z.int(),
  failed: z.int(),
  again: z.int(),
  /** Milliseconds, of the acts that ended well. */
  median: z.number(),
  slowest: z.number(),
  /** By failure code. */
  failures: z.record(z.string(), z.int()),
})
export type HealthRow = z.infer<typeof healthRow>

/** A device that gets worse: told before it fails. */
export const healthWarning = z.strictObject({
  device: text,
  kind: z.enum(['slower', 'fails-more-often', 'needs-more-tries', 'comes-and-goes']),
  /** From usual to lately, in the unit of the kind. */
  usual: z.number(),
  lately: z.number(),
})

const folder = z.string().min(1).max(1024)

/** The technician's window; the same is on the command line. Nothing personal passes here. */
export const technicianCalls = {
  pluggedIn: call({ from: technician, input: nothing, output: z.array(pluggedIn).readonly(), errors: ['HOST_GONE'] }),
  pluggedInChanged: event({ to: technician, data: z.array(pluggedIn).readonly() }),
  /** Kinds of lines that cannot be looked at, and why. */
  unlistedTransports: call({
    from: technician,
    input: nothing,
    output: z.array(z.strictObject({ transport: pluggedIn.shape.transport, problem: failureCode })).readonly(),
    errors: ['HOST_GONE'],
  }),
  /** Asks an unbound device which driver understands it. */
  probeDevice: call({
    from: technician,
    input: z.strictObject({ key: text }),
    output: z.strictObject({ proposals: z.array(proposal).readonly() }),
    errors: [
      'HOST_GONE',
      'CANCELLED',
      'DEVICE_GONE',
      'DEVICE_BUSY',
      'DEVICE_ABSENT',
      'DEVICE_REFUSED',
      'DEVICE_SILENT',
      'DEVICE_GARBLED',
      'TRANSPORT_MISSING',
    ],
  }),
  /** Ends the asking; `probeDevice` answers CANCELLED. */
  stopProbing: call({ from: technician, input: z.strictObject({ key: text }), output: nothing, errors: [] }),
  /** Every driver that there is, for a device that nothing was proposed for. */
  drivers: call({
    from: technician,
    input: nothing,
    output: z
      .array(z.strictObject({ driver: text, kind: deviceKind, transports: z.array(transportKind).readonly() }))
      .readonly(),
    errors: ['HOST_GONE'],
  }),
  /** Makes what is plugged in a device of the station, under a name; the same id replaces what it was. Kept in devices.json. */
  bindDevice: call({
    from: technician,
    input: z.strictObject({
      id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u),
      driver: text,
      transport: transportKind,
      address: text,
    }),
    output: nothing,
    errors: ['DEVICE_UNKNOWN', 'DISK_FULL', 'STORE_DAMAGED', 'HOST_GONE'],
  }),
  unbindDevice: call({
    from: technician,
    input: z.strictObject({ id: text }),
    output: nothing,
    errors: ['DEVICE_UNKNOWN', 'DISK_FULL', 'STORE_DAMAGED', 'HOST_GONE'],
  }),

  /** A guided test of a device; prompts follow as `checkPrompt`. One at a time. */
  checkDevice: call({
    from: technician,
    input: z.strictObject({ device: text }),
    output: checkReport,
    errors: ['HOST_GONE', 'CANCELLED', 'DEVICE_UNKNOWN', 'DEVICE_BUSY'],
  }),
  checkPrompt: event({
    to: technician,
    data: z.strictObject({ device: text, prompt: text, done: z.number().min(0).max(1) }),
  }),
  /** What the prompt asked for was done. */
  goOnChecking: call({ from: technician, input: nothing, output: nothing, errors: [] }),
  stopChecking: call({ from: technician, input: nothing, output: nothing, errors: [] }),
  /** Disk, clock, network, keys, database, backlog; without `subjects` all of them. */
  checkStation: call({
    from: technician,
    input: z.strictObject({ subjects: z.array(z.enum(subjects)).max(20).readonly().exactOptional() }),
    output: z.array(checkReport).readonly(),
    errors: [],
  }),
  /** A test that the window itself made (camera, touch, sound): kept with the others. */
  keepCheck: call({ from: technician, input: z.strictObject({ report: checkReport }), output: nothing, errors: [] }),
  /** The last outcome of each test. */
  checks: call({ from: technician, input: nothing, output: z.array(checkReport).readonly(), errors: [] }),

  /** Entries after a number; the device's trace runs unless it was stopped. */
  deviceTrace: call({
    from: technician,
    input: z.strictObject({ device: text, after: z.int().nonnegative() }),
    output: deviceTrace,
    errors: ['HOST_GONE', 'DEVICE_UNKNOWN'],
  }),
  runTrace: call({
    from: technician,
    input: z.strictObject({ device: text, on: z.boolean() }),
    output: nothing,
    errors: ['HOST_GONE', 'DEVICE_UNKNOWN'],
  }),
  markTrace: call({
    from: technician,
    input: z.strictObject({ device: text, text: z.string().min(1).max(80) }),
    output: nothing,
    errors: ['HOST_GONE', 'DEVICE_UNKNOWN'],
  }),
  exportTrace: call({
    from: technician,
    input: z.strictObject({ device: text, folder }),
    output: z.strictObject({ file: z.string().max(1200) }),
    errors: ['HOST_GONE', 'DEVICE_UNKNOWN', 'EXPORT_FAILED', 'DISK_FULL'],
  }),

  health: call({
    from: technician,
    input: nothing,
    output: z.strictObject({ rows: z.array(healthRow).readonly(), warnings: z.array(healthWarning).readonly() }),
    errors: [],
  }),

  /** One signed ZIP without personal data, and what can be read over the phone. */
  makeBundle: call({
    from: technician,
    input: z.strictObject({ folder }),
    output: z.strictObject({
      file: z.string().max(1200),
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      /** Groups of letters and digits to be read aloud. */
      code: text,
      /** The same as a QR code: an SVG image. */
      codeImage: z.string().max(65_536),
      /** One page, as lines. */
      summary: z.array(text).max(80).readonly(),
    }),
    errors: ['EXPORT_FAILED', 'DISK_FULL', 'STATION_INCOMPLETE'],
  }),
  /** Where files will go once they are sent: `https://host[:port]/…`; '' for none. Used by the network test. */
  centre: call({
    from: technician,
    input: nothing,
    output: z.strictObject({ address: z.string().max(300) }),
    errors: ['STATION_LOCKED'],
  }),
  setCentre: call({
    from: technician,
    input: z.strictObject({ address: z.string().max(300) }),
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED', 'FIELD_FORMAT', 'TRAINING_ONLY'],
  }),
} as const
