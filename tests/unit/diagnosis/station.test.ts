import { describe, expect, test } from 'vitest'
import {
  judgeBacklog,
  judgeClock,
  judgeDatabase,
  judgeDisk,
  judgeKeys,
  judgeNetwork,
  verdictOf,
  type Cause,
  type ClockFigures,
  type DatabaseFigures,
  type DiskFigures,
  type Found,
  type KeyFigures,
  type NetworkFigures,
} from '#domain/diagnosis/index.ts'

const named = (found: readonly Found[]) => found.map(({ cause }) => cause)

describe('a disk', () => {
  const healthy: DiskFigures = {
    freeMb: 80_000,
    freeShare: 0.4,
    writeMbPerS: 220,
    syncMs: 4,
    smartPassed: 1,
    smartUnreadableSectors: 0,
    smartReallocatedSectors: 3,
    smartWearPercent: 12,
    smartMediaErrors: 0,
  }
  test.each<readonly [string, DiskFigures, readonly Cause[]]>([
    ['with room, speed and health works', {}, []],
    ['with less room than a few dossiers want is full', { freeMb: 150 }, ['disk-full']],
    ['that refused a write is full, whatever it says of its room', { refusedAsFull: 1 }, ['disk-full']],
    ['with room for less than a day is nearly full', { freeMb: 1_500 }, ['disk-nearly-full']],
    ['that is small and 97 % full is nearly full', { freeMb: 3_000, freeShare: 0.03 }, ['disk-nearly-full']],
    ['that is large and 97 % full still has room', { freeMb: 60_000, freeShare: 0.03 }, []],
    ['that cannot be written to is not called full as well', { readOnly: 1, freeMb: 0 }, ['disk-read-only']],
    ['that writes 3 MB in a second is slow', { writeMbPerS: 3 }, ['disk-slow']],
    ['that takes half a second for a small write is slow', { syncMs: 500 }, ['disk-slow']],
    ['that says it will fail is failing', { smartPassed: 0 }, ['disk-failing']],
    ['with a sector that cannot be read is failing', { smartUnreadableSectors: 1 }, ['disk-failing']],
    ['that is worn out is failing', { smartWearPercent: 104 }, ['disk-failing']],
    ['that breaks off a write is failing', { ioErrors: 1 }, ['disk-failing']],
    ['may be full and failing at once', { freeMb: 20, smartMediaErrors: 2 }, ['disk-full', 'disk-failing']],
  ])('%s', (_, figures, expected) => {
    expect(named(judgeDisk({ ...healthy, ...figures }))).toEqual(expected)
  })

  test('of which nothing could be measured is not blamed', () => {
    expect(judgeDisk({})).toEqual([])
  })

  test('is told full with the figures that say so', () => {
    expect(judgeDisk({ ...healthy, freeMb: 20, freeShare: 0.001 })).toEqual([
      { cause: 'disk-full', figures: { freeMb: 20, freeShare: 0.001 } },
    ])
  })
})

describe('a clock', () => {
  const day = 86_400
  test.each<readonly [string, ClockFigures, readonly Cause[]]>([
    ['after its own records works', { lastActAheadS: -600, lastFileAheadS: -2, certificateAheadS: -day }, []],
    ['some seconds behind its own records was only set right by the network', { lastActAheadS: 20 }, []],
    ['a day behind its own records is behind', { lastActAheadS: day }, ['clock-behind']],
    ['behind the files of a locked store is behind', { lastFileAheadS: day }, ['clock-behind']],
    ['before the certificate of its station began is behind', { certificateAheadS: 1 }, ['clock-behind']],
    ['ten minutes behind the centre is behind', { centreAheadS: 600, lastActAheadS: -60 }, ['clock-behind']],
    ['ten minutes before the centre is ahead', { centreAheadS: -600, lastActAheadS: -60 }, ['clock-ahead']],
    ['a minute from the centre works', { centreAheadS: 60 }, []],
    ['far from the time of the network is behind', { ntpSynchronised: 1, ntpAheadS: 4_000 }, ['clock-behind']],
    ['that nothing keeps is not synchronised', { ntpSynchronised: 0 }, ['clock-not-synchronised']],
    ['that nothing keeps but the centre confirms works', { ntpSynchronised: 0, centreAheadS: 2 }, []],
    [
      'behind its own records but right by the centre was wrong before',
      { lastActAheadS: day, centreAheadS: 1 },
      ['clock-not-synchronised'],
    ],
    ['that nothing speaks for is not called right', {}, ['clock-not-synchronised']],
  ])('%s', (_, figures, expected) => {
    expect(named(judgeClock(figures))).toEqual(expected)
  })
})

describe('keys', () => {
  const sound: KeyFigures = { receiverDaysLeft: 400, stationDaysLeft: 3_000, vaultCopies: 2, escrowBytes: 600 }
  test.each<readonly [string, KeyFigures, readonly Cause[]]>([
    ['opened by a passphrase alone work', { keystoreHolds: 0 }, []],
    ['opened by the keystore work', { keystoreHolds: 1, keystoreOpens: 1 }, []],
    ['that the keystore no longer opens are weaker', { keystoreHolds: 1, keystoreOpens: 0 }, ['keystore-weak']],
    ['of a receiver with 31 days left work', { receiverDaysLeft: 31 }, []],
    ['of a receiver with 30 days left expire soon', { receiverDaysLeft: 30 }, ['receiver-certificate-expiring']],
    ['of a receiver expire soon on their last day', { receiverDaysLeft: 0 }, ['receiver-certificate-expiring']],
    ['of a receiver past their end have expired', { receiverDaysLeft: -1 }, ['receiver-certificate-expired']],
    ['of the station past their end are told', { stationDaysLeft: -5 }, ['station-certificate-expiring']],
    ['without an escrow file are told', { escrowBytes: 0 }, ['escrow-missing']],
  ])('%s', (_, figures, expected) => {
    expect(named(judgeKeys({ ...sound, ...figures }))).toEqual(expected)
  })
})

describe('a database', () => {
  const sound: DatabaseFigures = { damagedPlaces: 0, strayRows: 0, auditEntries: 812, auditHolds: 1 }
  test.each<readonly [string, DatabaseFigures, readonly Cause[]]>([
    ['whole and with a whole chain works', {}, []],
    ['with damaged pages is damaged', { damagedPlaces: 3 }, ['database-damaged']],
    ['with rows that refer to nothing is damaged', { strayRows: 1 }, ['database-damaged']],
    ['that does not open is damaged', { unopenable: 1 }, ['database-damaged']],
    ['with a broken chain says so and nothing of damage', { auditHolds: 0, auditBreaksAt: 17 }, ['audit-broken']],
  ])('%s', (_, figures, expected) => {
    expect(named(judgeDatabase({ ...sound, ...figures }))).toEqual(expected)
  })
})

test('a backlog is old after five days, however small', () => {
  expect(named(judgeBacklog({ waiting: 0, oldestDays: 0 }))).toEqual([])
  expect(named(judgeBacklog({ waiting: 90, oldestDays: 5 }))).toEqual([])
  expect(named(judgeBacklog({ waiting: 1, oldestDays: 6 }))).toEqual(['backlog-old'])
})

describe('the way to the centre', () => {
  const open: NetworkFigures = {
    centreSet: 1,
    interfaces: 1,
    proxySet: 0,
    nameFound: 1,
    addresses: 1,
    portOpen: 1,
    tlsDone: 1,
    tlsVersion: 1.3,
    trusted: 1,
    nameFits: 1,
    certificateDaysLeft: 90,
    certificateDaysOld: 90,
    chainExpired: 0,
    httpStatus: 204,
    roundTripMs: 40,
    proxyMarks: 0,
    tus: 1,
    centreAheadS: 0,
  }
  const upTo = (...names: readonly (keyof NetworkFigures)[]): NetworkFigures =>
    Object.fromEntries(Object.entries(open).filter(([name]) => names.includes(name as keyof NetworkFigures)))
  const known = upTo('centreSet', 'interfaces')
  const found = upTo('centreSet', 'interfaces', 'nameFound', 'addresses')
  const reached = { ...found, portOpen: 1 }

  test.each<readonly [string, NetworkFigures, readonly Cause[]]>([
    ['works when each step does', open, []],
    ['is unknown without an address', { centreSet: 0, interfaces: 2 }, ['centre-not-set']],
    ['begins at a network', { centreSet: 0, interfaces: 0 }, ['network-down']],
    [
      'ends at the cable when no name is found without a network',
      { ...known, interfaces: 0, nameFound: 0 },
      ['network-down'],
    ],
    ['ends at a name that is not found', { ...known, nameFound: 0 }, ['name-unknown']],
    ['ends at a closed port', { ...found, portOpen: 0 }, ['port-closed']],
    ['ends at the cable when there is no route', { ...found, portOpen: 0, noRoute: 1 }, ['network-down']],
    [
      'ends at the proxy that would open it',
      { ...found, portOpen: 0, proxySet: 1, proxyStatus: 200 },
      ['proxy-in-between'],
    ],
    [
      'ends at the proxy that wants a password',
      { ...known, nameFound: 0, proxySet: 1, proxyStatus: 407 },
      ['proxy-in-between'],
    ],
    [
      'is not the fault of a proxy that does not answer',
      { ...found, portOpen: 0, proxySet: 1, proxyStatus: 0 },
      ['port-closed'],
    ],
    ['ends at refused TLS', { ...reached, tlsDone: 0, tlsAlert: 70 }, ['tls-refused']],
    ['ends at a server without TLS', { ...reached, tlsDone: 0, speaksPlain: 1, proxyMarks: 0 }, ['tls-refused']],
    ['ends at a log-in page', { ...reached, tlsDone: 0, speaksPlain: 1, proxyMarks: 1 }, ['proxy-in-between']],
    ['ends at a proxy that opens TLS', { ...open, trusted: 0, proxyMarks: 1 }, ['proxy-in-between']],
    ['has a server nobody vouches for', { ...open, trusted: 0 }, ['server-unknown']],
    ['has a server of another name', { ...open, nameFits: 0 }, ['server-misnamed']],
    ['has an expired server', { ...open, certificateDaysLeft: -3 }, ['server-certificate-expired']],
    ['has an expired authority', { ...open, chainExpired: 1 }, ['server-certificate-expired']],
    [
      'has a clock ahead, not an expired server',
      { ...open, certificateDaysLeft: -3, centreAheadS: -40 * 86_400 },
      ['clock-ahead'],
    ],
    [
      'has a clock behind, not a server too young',
      { ...open, certificateDaysOld: -3, centreAheadS: 40 * 86_400 },
      ['clock-behind'],
    ],
    [
      'has a clock some minutes off and an expired server all the same',
      { ...open, certificateDaysLeft: -3, centreAheadS: -600 },
      ['server-certificate-expired'],
    ],
    [
      'has a certificate from tomorrow on, by both clocks',
      { ...open, certificateDaysOld: -1 },
      ['server-certificate-expired'],
    ],
    ['has a server that does not answer', { ...open, httpStatus: 0 }, ['centre-silent']],
    ['has a server out of order', { ...open, httpStatus: 503 }, ['centre-silent']],
    ['has a server without uploads', { ...open, tus: 0, httpStatus: 404 }, ['upload-missing']],
    ['is slow', { ...open, roundTripMs: 1_400 }, ['round-trip-slow']],
    ['may be wrong in two ways', { ...open, trusted: 0, tus: 0 }, ['server-unknown', 'upload-missing']],
  ])('%s', (_, figures, expected) => {
    expect(named(judgeNetwork(figures))).toEqual(expected)
  })
})

test('a verdict is the worst of what was found', () => {
  expect(verdictOf([])).toBe('works')
  expect(verdictOf(judgeNetwork({ centreSet: 0, interfaces: 1 }))).toBe('limits')
  expect(verdictOf([...judgeBacklog({ oldestDays: 9 }), ...judgeDisk({ readOnly: 1 })])).toBe('fails')
})
