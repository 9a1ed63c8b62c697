import { parentPort, workerData } from 'node:worker_threads'
import { toFailure, type Result } from '#domain/failure/index.ts'
import { sealDossier, type SealInput } from './seal.ts'

/** Thread entry: seals the one dossier it was started for. */
try {
  const value = sealDossier(workerData as SealInput)
  parentPort?.postMessage({ ok: true, value } satisfies Result<Uint8Array>, [value.buffer])
} catch (error) {
  parentPort?.postMessage({ ok: false, error: toFailure(error, 'seal.worker') } satisfies Result<Uint8Array>)
}
