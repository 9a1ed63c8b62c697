import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startHidImage } from '#native/sim/hid-image/index.ts'
import { runWithHidImage } from '#native/sim/umockdev/index.ts'

const listing = fileURLToPath(new URL('../../../native/host/discovery/hid-devices.ts', import.meta.url))
/** What the real node-hid lists in this world, as JSON. */
const script = `
  import { hidListing } from ${JSON.stringify(listing)}
  process.stdout.write(JSON.stringify(await hidListing().list()))
  process.exit(0)`

it('the unmodified node-hid lists a plugged-in scanner with its ids and its name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hid-list-'))
  const scanner = await startHidImage({ address: join(folder, 's'), hand: 5, pace: 0 })
  try {
    const { stdout } = await runWithHidImage({
      socket: scanner.address,
      command: [process.execPath, '--input-type=module', '-e', script],
      signal: AbortSignal.timeout(50_000),
    })
    expect(JSON.parse(stdout)).toMatchObject([
      { key: 'hid:1209:0001:/dev/hidraw0', address: '1209:0001', product: 'Simulated slap scanner' },
    ])
  } finally {
    await scanner.stop()
    await rm(folder, { recursive: true })
  }
})
