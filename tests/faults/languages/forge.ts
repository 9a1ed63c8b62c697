import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeStationIdentity } from '#core/seal/index.ts'
import { signManifest } from '#core/languages/signature.ts'
import type { SealKit } from '#core/station/index.ts'
import { temporaryRoot, thai } from '../../integration/languages/station.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'

type Json = Record<string, unknown>
export type Forgery = {
  readonly texts?: Json
  readonly audio?: Readonly<Record<string, Buffer>>
  readonly fonts?: Readonly<Record<string, Buffer>>
  /** Other bytes for texts.json. */
  readonly textBytes?: Buffer
  /** Changes the manifest before it is signed. */
  readonly manifest?: (manifest: Json & { files: Json[]; language: Json; station: Json }) => unknown
  readonly manifestBytes?: Buffer
  readonly signature?: (good: Buffer, manifest: Buffer) => Buffer | undefined
  readonly kit?: SealKit
  /** Changes the folder after all was signed. */
  readonly after?: (folder: string) => void
}

export function kitOf(code = 'SL-0666', name = 'Công an xã Thử Thách'): SealKit {
  const identity = makeStationIdentity(code, name, new Date('2026-11-20T00:00:00Z'))
  return {
    station: { code, name },
    stationKey: identity.privateKeyPkcs8,
    stationCertificate: identity.certificatePem,
    receiverCertificatePem: '',
  }
}
const usualKit = kitOf()

/** Builds a pack from the protocol's description, not with the exporter, and bends it where it is told to. */
export function forge(forgery: Forgery = {}, folder = join(temporaryRoot(), 'pack')): string {
  const { texts = { 'answer.right': 'đúng' }, audio = { 'answer.right': inventedRecording(1) } } = forgery
  const { kit = usualKit, manifest: bend = (same) => same } = forgery
  const files: [string, Buffer][] = [
    ['texts.json', forgery.textBytes ?? Buffer.from(JSON.stringify(texts))],
    ...Object.entries(audio).map(([key, bytes]): [string, Buffer] => [`audio/${key}.webm`, bytes]),
    ...Object.entries(forgery.fonts ?? {}).map(([name, bytes]): [string, Buffer] => [`fonts/${name}`, bytes]),
  ]
  const manifest = {
    format: 'quay-can-cuoc/language-pack/1',
    language: { id: thai, name: 'ꪼꪕ', direction: 'ltr', date: ['day', 'month', 'year'] },
    station: kit.station,
    created: '2026-11-21T00:00:00.000Z',
    files: files.map(([file, bytes]) => ({ file, size: bytes.length, sha256: sha256(bytes) })),
  }
  const bytes = forgery.manifestBytes ?? Buffer.from(JSON.stringify(bend(structuredClone(manifest)) ?? manifest))
  const good = Buffer.from(signManifest(bytes, kit, new Date('2026-11-21T00:00:00Z')))
  const signature = forgery.signature ? forgery.signature(good, bytes) : good
  mkdirSync(join(folder, 'audio'), { recursive: true })
  for (const [file, content] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  writeFileSync(join(folder, 'manifest.json'), bytes)
  if (signature) writeFileSync(join(folder, 'manifest.p7s'), signature)
  forgery.after?.(folder)
  return folder
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
