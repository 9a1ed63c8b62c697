import type { Cause, Found } from './causes.ts'

/** What was measured, by name with the unit in it; what could not be measured is absent. 1 is yes, 0 is no. */
export type Figures<Name extends string> = { readonly [N in Name]?: number }

export type DiskFigures = Figures<
  | 'freeMb'
  /** 0–1 of the whole disk. */
  | 'freeShare'
  | 'readOnly'
  /** A write was refused for want of room. */
  | 'refusedAsFull'
  /** A write or a read-back failed in the disk itself. */
  | 'ioErrors'
  | 'writeMbPerS'
  /** Median of a small write until it is on the disk. */
  | 'syncMs'
  | 'smartPassed'
  | 'smartUnreadableSectors'
  | 'smartMediaErrors'
  | 'smartReallocatedSectors'
  /** Of its life, as the disk reckons; may exceed 100. */
  | 'smartWearPercent'
  | 'temperatureC'
>

/** Below `full` a few dossiers fill it; below `nearly` a day's work may. */
const room = { fullMb: 200, nearlyMb: 2_000, nearlyShare: 0.05, nearlyShareBelowMb: 10_000 }
const slowDisk = { writeMbPerS: 10, syncMs: 200 }

export function judgeDisk(measured: DiskFigures): Found[] {
  const { freeMb = Infinity, freeShare = 1, writeMbPerS = Infinity, syncMs = 0 } = measured
  const found: Found[] = []
  if (measured.readOnly) found.push(because('disk-read-only', measured, 'readOnly'))
  else if (measured.refusedAsFull || freeMb < room.fullMb)
    found.push(because('disk-full', measured, 'freeMb', 'freeShare'))
  else if (freeMb < room.nearlyMb || (freeShare < room.nearlyShare && freeMb < room.nearlyShareBelowMb))
    found.push(because('disk-nearly-full', measured, 'freeMb', 'freeShare'))
  const dying =
    measured.ioErrors ||
    measured.smartPassed === 0 ||
    measured.smartUnreadableSectors ||
    measured.smartMediaErrors ||
    (measured.smartWearPercent ?? 0) >= 100
  if (dying)
    found.push(
      because(
        'disk-failing',
        measured,
        'ioErrors',
        'smartPassed',
        'smartUnreadableSectors',
        'smartMediaErrors',
        'smartWearPercent',
      ),
    )
  if (writeMbPerS < slowDisk.writeMbPerS || syncMs > slowDisk.syncMs)
    found.push(because('disk-slow', measured, 'writeMbPerS', 'syncMs'))
  return found
}

export type ClockFigures = Figures<
  /** How far the last entry of the audit chain lies ahead of this clock; below 0 it lies behind, as it should. */
  | 'lastActAheadS'
  /** The same for the newest file of the store. */
  | 'lastFileAheadS'
  /** The same for the beginning of the youngest certificate of the station. */
  | 'certificateAheadS'
  /** How far the centre's clock is ahead of this one. */
  | 'centreAheadS'
  | 'ntpSynchronised'
  /** How far the clock of the network is ahead of this one. */
  | 'ntpAheadS'
>

/** Seconds. A clock that is set by the network may step back by a little; certificates and dossiers bear minutes. */
const clockSlack = { ownRecords: 60, others: 300 }

/**
 * A clock behind what was already written under it is wrong, unless the centre says that it was wrong then, not now.
 * A clock that nothing speaks for is not called right.
 */
export function judgeClock(measured: ClockFigures): Found[] {
  const { centreAheadS, ntpAheadS = 0, ntpSynchronised } = measured
  const ownAheadS = Math.max(measured.lastActAheadS ?? 0, measured.lastFileAheadS ?? 0)
  const toldAheadS = centreAheadS ?? (ntpSynchronised ? ntpAheadS : undefined)
  if (toldAheadS !== undefined && toldAheadS < -clockSlack.others)
    return [because('clock-ahead', measured, 'centreAheadS', 'ntpAheadS')]
  if (toldAheadS !== undefined && toldAheadS > clockSlack.others)
    return [because('clock-behind', measured, 'centreAheadS', 'ntpAheadS', 'lastActAheadS')]
  const behindOwn = ownAheadS > clockSlack.ownRecords || (measured.certificateAheadS ?? 0) > 0
  if (behindOwn && toldAheadS === undefined)
    return [because('clock-behind', measured, 'lastActAheadS', 'lastFileAheadS', 'certificateAheadS')]
  if (behindOwn) return [because('clock-not-synchronised', measured, 'lastActAheadS', 'lastFileAheadS', 'centreAheadS')]
  const unproven = Object.keys(measured).length === 0
  if (unproven || (ntpSynchronised === 0 && centreAheadS === undefined))
    return [because('clock-not-synchronised', measured, 'ntpSynchronised')]
  return []
}

export type KeyFigures = Figures<
  /** Whole days until the certificate ends; below 0 it has ended. */
  | 'receiverDaysLeft'
  | 'stationDaysLeft'
  /** Whole copies of the wrapped key; two were written. */
  | 'vaultCopies'
  /** The system's keystore was given the key at set-up. */
  | 'keystoreHolds'
  /** … and opens it now. */
  | 'keystoreOpens'
  | 'escrowBytes'
>

const warnDays = 30

export function judgeKeys(measured: KeyFigures): Found[] {
  const { receiverDaysLeft = Infinity, stationDaysLeft = Infinity } = measured
  const found: Found[] = []
  if (receiverDaysLeft < 0) found.push(because('receiver-certificate-expired', measured, 'receiverDaysLeft'))
  else if (receiverDaysLeft <= warnDays)
    found.push(because('receiver-certificate-expiring', measured, 'receiverDaysLeft'))
  if (stationDaysLeft <= warnDays) found.push(because('station-certificate-expiring', measured, 'stationDaysLeft'))
  if (measured.keystoreHolds && measured.keystoreOpens === 0)
    found.push(because('keystore-weak', measured, 'keystoreHolds', 'keystoreOpens'))
  if (measured.escrowBytes === 0) found.push(because('escrow-missing', measured, 'escrowBytes'))
  return found
}

export type DatabaseFigures = Figures<
  /** Places where pages or indexes of the database are not as they must be; counted up to a hundred. */
  | 'damagedPlaces'
  /** Rows that refer to others that are not there. */
  | 'strayRows'
  | 'auditEntries'
  | 'auditHolds'
  /** Number of the first entry of the chain that does not continue it; 0: an event that no entry tells of. */
  | 'auditBreaksAt'
  /** The database could not be opened at all. */
  | 'unopenable'
>

export function judgeDatabase(measured: DatabaseFigures): Found[] {
  const found: Found[] = []
  if (measured.unopenable || measured.damagedPlaces || measured.strayRows)
    found.push(because('database-damaged', measured, 'unopenable', 'damagedPlaces', 'strayRows'))
  if (measured.auditHolds === 0) found.push(because('audit-broken', measured, 'auditBreaksAt', 'auditEntries'))
  return found
}

export type BacklogFigures = Figures<
  /** Sealed files that were never exported. */
  'waiting' | 'waitingMb' | 'oldestDays'
>

/** A team in the villages is back after some days; what is older was forgotten. */
const oldAfterDays = 5

export function judgeBacklog(measured: BacklogFigures): Found[] {
  return (measured.oldestDays ?? 0) > oldAfterDays ? [because('backlog-old', measured, 'waiting', 'oldestDays')] : []
}

/** The cause with those of the figures that were measured. */
export function because<Name extends string>(cause: Cause, measured: Figures<Name>, ...names: readonly Name[]): Found {
  const figures: Record<string, number> = {}
  for (const name of names) {
    const value = measured[name]
    if (value !== undefined) figures[name] = value
  }
  return { cause, figures }
}
