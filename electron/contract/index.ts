import type { Failure, Result } from '#domain/failure/index.ts'
import type { z } from 'zod'
import type { CallChannel, Channel, EventChannel, Role } from './kinds.ts'
import { contract } from './table.ts'

export { contract } from './table.ts'
export type { CallChannel, Channel, EventChannel, Role } from './kinds.ts'
export type { LanguageView, LanguageWords, PackFound, StudioSentence } from './language-calls.ts'
export type { CameraRole, OfferedPicture, PictureSources, WatchedFolder } from './pictures.ts'
export type { DisplayPart, KeystorePart, Parts, PrinterPart, TpmPart } from './part-calls.ts'
export type { DisplayView, Notice, NoticeFolder } from './screen-calls.ts'
export type { HealthRow, PluggedInView } from './technician-calls.ts'
export type { LessonView } from './training-calls.ts'
export type {
  CitizenView,
  OfficerPrint,
  OfficerView,
  ScannedCode,
  StationPolicy,
  StationView,
  Surroundings,
} from './views.ts'

export type { Failure, Result }

export type Contract = typeof contract

type NamesOf<Kind extends Channel['kind']> = {
  [Name in keyof Contract]: Contract[Name] extends { kind: Kind } ? Name : never
}[keyof Contract]
export type CallName = NamesOf<'call'>
export type EventName = NamesOf<'event'>

export type CallInput<Name extends CallName> = z.input<Contract[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Contract[Name]['output']>
export type EventData<Name extends EventName> = z.output<Contract[Name]['data']>

type CallsFrom<From extends Role> = {
  [Name in CallName]: From extends Contract[Name]['from'][number] ? Name : never
}[CallName]
type EventsTo<To extends Role> = {
  [Name in EventName]: To extends Contract[Name]['to'][number] ? Name : never
}[EventName]

/** What a preload gives its window as `window.desk`. Calls never reject: a failure is a value. */
export type DeskApi<R extends Role> = {
  readonly call: { readonly [Name in CallsFrom<R>]: (input: CallInput<Name>) => Promise<Result<CallOutput<Name>>> }
  /** Returns the function that takes the listener off. */
  readonly on: { readonly [Name in EventsTo<R>]: (listener: (data: EventData<Name>) => void) => () => void }
}

/** One name on the wire per channel. */
export function wireName(name: string): string {
  return `desk:${name}`
}

export function callsFrom(role: Role): readonly CallName[] {
  return Object.entries(contract).flatMap(([name, channel]: [string, Channel]) =>
    isCall(channel) && channel.from.includes(role) ? [name as CallName] : [],
  )
}

export function eventsTo(role: Role): readonly EventName[] {
  return Object.entries(contract).flatMap(([name, channel]: [string, Channel]) =>
    isEvent(channel) && channel.to.includes(role) ? [name as EventName] : [],
  )
}

export function isCall(channel: Channel): channel is CallChannel {
  return channel.kind === 'call'
}

export function isEvent(channel: Channel): channel is EventChannel {
  return channel.kind === 'event'
}
