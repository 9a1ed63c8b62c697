import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawSlap } from '#native/sim/hands/index.ts'
import { expose } from '#native/sim/hid-image/platen.ts'
import { startHidImage, type HidImageSimulator } from '#native/sim/hid-image/index.ts'
import { runWithHidImage } from '#native/sim/umockdev/index.ts'

const child = fileURLToPath(new URL('capture-child.ts', import.meta.url))
const PATIENCE_MS = 170_000

describe('the unmodified node-hid at a simulated hidraw device', () => {
  let folder: string
  let scanner: HidImageSimulator
  // Drawn before anybody waits for it: a real hand takes no time to come into being.
  const hand = drawSlap({ seed: 5, step: 'right-four' })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hidraw-'))
    scanner = await startHidImage({ address: join(folder, 's'), hand: () => hand, pace: 0 })
  })
  afterEach(async () => {
    await scanner.stop()
    await rm(folder, { recursive: true })
  })

  async function runChild(address: string) {
    const command = [process.execPath, child, address]
    const { stdout, stderr } = await runWithHidImage({
      socket: scanner.address,
      command,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    expect(stderr).toBe('')
    return JSON.parse(stdout) as Record<string, unknown>
  }

  it(
    'finds the scanner by its numbers, opens it, and receives a whole slap of 1600 × 1500, one report a read',
    async () => {
      const result = await runChild('1209:0001')
      expect(result).toMatchObject({ model: 'Simulated slap scanner', width: 1600, height: 1500, longestRead: 64 })
      // After four preview frames; a fifth may have been under way when the picture was asked for.
      const possible = [5, 6].map((exposure) =>
        createHash('sha256').update(expose(hand, exposure).pixels).digest('hex'),
      )
      expect(possible).toContain(result['sha256'])
    },
    PATIENCE_MS,
  )

  it(
    'reports the scanner gone when it is unplugged in the middle of an image, and the process lives on',
    async () => {
      scanner.addFault('unplug')
      expect(await runChild('/dev/hidraw0')).toEqual({ code: 'DEVICE_GONE', gone: true, again: 'DEVICE_ABSENT' })
    },
    PATIENCE_MS,
  )

  it(
    'calls a scanner with other numbers absent',
    async () => {
      expect(await runChild('1209:0002')).toMatchObject({ code: 'DEVICE_ABSENT' })
    },
    PATIENCE_MS,
  )
})
