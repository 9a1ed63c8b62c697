import { z } from 'zod'
import { citizen, nothing, officer } from './common.ts'
import { text } from './dossier-schema.ts'
import { call, event } from './kinds.ts'
import { stationContact } from './views.ts'

/** A display as the officer knows it. `key` is its identity, which it keeps when it is plugged in again. */
export const displayView = z.strictObject({
  key: text,
  label: text,
  width: z.int().positive(),
  height: z.int().positive(),
  touch: z.boolean(),
  /** `none`: nobody has said what it is for. */
  use: z.enum(['officer', 'citizen', 'none']),
})
export type DisplayView = z.infer<typeof displayView>

/** A notice between two citizens. Picture: `/notice/<picture>` of the window's own origin. */
export const notice = z.strictObject({
  title: text.exactOptional(),
  lines: z.array(text).max(20).readonly(),
  picture: z.string().max(80).exactOptional(),
})
export type Notice = z.infer<typeof notice>

/** Folder of notices, '' for none, and what was left out of it, by file name. */
export const noticeFolder = z.strictObject({
  folder: z.string().max(1024),
  problem: z.enum(['missing', 'unreadable']).exactOptional(),
  shown: z.int().nonnegative(),
  left: z
    .array(z.strictObject({ file: z.string().max(300), why: z.enum(['unreadable', 'too-large', 'too-many']) }))
    .readonly(),
})
export type NoticeFolder = z.infer<typeof noticeFolder>

/** Displays, the curtain, the laptop that is turned round, and what stands on the citizen's screen when nobody sits there. */
export const screenCalls = {
  displays: call({ from: officer, input: nothing, output: z.array(displayView).readonly(), errors: [] }),
  displaysChanged: event({ to: officer, data: z.array(displayView).readonly() }),
  /** From now on, also after a restart, citizens look at this display; '' binds none. */
  bindDisplay: call({
    from: officer,
    input: z.strictObject({ key: text }),
    output: nothing,
    errors: ['DISPLAY_ABSENT'],
  }),
  /** Shows the citizen's screen on the officer's own display until it is taken back. */
  turnToCitizen: call({
    from: officer,
    input: nothing,
    output: nothing,
    errors: ['DOSSIER_MISSING', 'STATION_LOCKED'],
  }),
  /** The officer's key was pressed on the turned screen. */
  takeBack: call({ from: ['citizen', 'officer'], input: nothing, output: nothing, errors: [] }),
  /** Hides both screens at once, or shows them again. */
  setCurtain: call({ from: officer, input: z.strictObject({ drawn: z.boolean() }), output: nothing, errors: [] }),
  curtain: call({ from: officer, input: nothing, output: z.strictObject({ drawn: z.boolean() }), errors: [] }),
  curtainChanged: event({ to: officer, data: z.strictObject({ drawn: z.boolean() }) }),
  /** The citizen's page looks different now: a new picture of it is worth taking. */
  reportPainted: call({ from: citizen, input: nothing, output: nothing, errors: [] }),
  /** `/live/screen/<number>` of the officer's origin is what the citizen sees. */
  citizenPainted: event({ to: officer, data: z.strictObject({ number: z.int().nonnegative() }) }),

  notices: call({ from: citizen, input: nothing, output: z.array(notice).readonly(), errors: [] }),
  noticesChanged: event({ to: citizen, data: z.array(notice).readonly() }),
  noticeFolder: call({ from: officer, input: nothing, output: noticeFolder, errors: ['STATION_LOCKED'] }),
  setNoticeFolder: call({
    from: officer,
    input: z.strictObject({ folder: z.string().max(1024) }),
    output: noticeFolder,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
  setStationContact: call({
    from: officer,
    input: stationContact,
    output: nothing,
    errors: ['STATION_LOCKED', 'DISK_FULL', 'STORE_DAMAGED'],
  }),
} as const
