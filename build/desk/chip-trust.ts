import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { vaultExists } from '#core/access/index.ts'
import type { DeviceHost } from '#core/devices/index.ts'
import { openStation } from '#core/station/index.ts'
import type { Store } from '#core/store/index.ts'
import { importTrust, listTrust } from '#core/trust/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { MasterListFacts, TrustAnchors } from '#native/capability/trust.ts'
import { largestTrustFile } from '#native/chip/trust/index.ts'
import { readWords, UsageError, wanted } from './command-line.ts'
import type { Command } from './index.ts'
import { askPassphrase } from './passphrase.ts'
import { withHost } from './with-host.ts'

/** `chip trust import FILE --data DIR` */
export const chipTrustImport: Command = async (args, signal) => {
  const [path, ...rest] = args
  if (path === undefined || path.startsWith('-')) throw new UsageError('a FILE is wanted before the options')
  const folder = wanted(readWords(rest, ['data']), 'data')
  const file = await readTrustFile(path)
  const { anchors, ...value } = await withStation(folder, signal, (store) =>
    withHost((host) => importTrust(file, { store, host, actor: 'technician', window: 'technician' })),
  ).catch((error: unknown) => {
    // Which of many reasons: of use to a technician, and nobody's secret.
    if (error instanceof AppError && error.code === 'CERTIFICATE_UNREADABLE')
      process.stderr.write(`${path}: ${error.context.what}\n`)
    throw error
  })
  return {
    value: { ...value, anchors },
    text: [
      `${value.added} new, ${value.known} known before, ${value.rejected.length} rejected`,
      ...(value.signers > 0 ? [`${value.signers} document signers left out: they come with each chip`] : []),
      ...value.masterLists.flatMap(tellList),
      ...anchors.map(tell),
      ...value.rejected.map(({ what, reason }) => `rejected: ${what} (${reason})`),
    ],
  }
}

/** `chip trust list --data DIR` */
export const chipTrustList: Command = async (args, signal) => {
  const folder = wanted(readWords(args, ['data']), 'data')
  const value = await withStation(folder, signal, async (store) => listTrust(store))
  return { value, text: value.length > 0 ? value.map(tell) : ['no anchors: no chip can be verified'] }
}

/** The files of every `--trust FILE`, and the other words. */
export function takeTrustFiles(args: readonly string[]): {
  readonly files: readonly string[]
  readonly rest: readonly string[]
} {
  const files: string[] = []
  const rest: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word.startsWith('--trust=')) files.push(word.slice('--trust='.length))
    else if (word !== '--trust') rest.push(word)
    else {
      const file = args[++at]
      if (file === undefined || file.startsWith('-')) throw new UsageError('--trust wants a FILE')
      files.push(file)
    }
  }
  return { files, rest }
}

/** What some files hold, each read with those before it as known: for one reading, nothing is kept. */
export async function anchorsFromFiles(
  files: readonly string[],
  host: Pick<DeviceHost, 'call'>,
): Promise<TrustAnchors> {
  let anchors: TrustAnchors = { certificates: [], crls: [] }
  for (const path of files) {
    const { certificates, crls, masterLists } = await host.call('trust.parse', {
      file: await readTrustFile(path),
      anchors,
    })
    for (const list of masterLists.filter(({ signerKnown }) => !signerKnown))
      process.stderr.write(`${tellList(list).join('\n')}\n`)
    anchors = {
      certificates: [...anchors.certificates, ...certificates.map(({ der }) => der)],
      crls: [...anchors.crls, ...crls.map(({ der }) => der)],
    }
  }
  return anchors
}

async function withStation<T>(dataFolder: string, signal: AbortSignal, act: (store: Store) => Promise<T>): Promise<T> {
  if (!vaultExists(join(dataFolder, 'station'))) throw new UsageError(`${dataFolder} holds no station`)
  const station = openStation({ dataFolder, clock: () => new Date(), onOpen: () => {} })
  try {
    await station.unlock(await askPassphrase(signal))
    return await act(station.store())
  } finally {
    station.close()
  }
}

async function readTrustFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > largestTrustFile)
      throw new AppError('CERTIFICATE_UNREADABLE', 'trust.import', { context: { what: 'size' } })
    return await readFile(path)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new UsageError(`${path} cannot be read`)
  }
}

function tellList({ signer, signerKnown, certificates }: MasterListFacts): string[] {
  if (signerKnown) return [`master list of ${certificates}, signed by ${signer.subject}, known here`]
  return [
    `master list of ${certificates}, signed by ${signer.subject}, NOT known here: its signature holds, but compare this`,
    `  SHA-256 of the signer's certificate with what its authority publishes: ${signer.fingerprint}`,
  ]
}

function tell(row: {
  kind: string
  country: string
  subject: string
  serial: string
  validFrom: string
  validTo: string
  fingerprint: string
}): string {
  const days = `${row.validFrom.slice(0, 10)} – ${row.validTo.slice(0, 10)}`
  return [row.country.padEnd(2), row.kind.padEnd(4), row.subject, row.serial, days, row.fingerprint]
    .filter((part) => part !== '')
    .join('  ')
}
