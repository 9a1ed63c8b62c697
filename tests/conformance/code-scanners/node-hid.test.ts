import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { startHidPos } from '#native/sim/hid-pos/index.ts'
import { runWithHidImage } from '#native/sim/umockdev/index.ts'

const child = fileURLToPath(new URL('scan-child.ts', import.meta.url))
const card = '014190000123|050000123|Lò Thị Mẫu|15031990|Nữ|Bản Mẫu, Thuận Châu, Sơn La|01082024'

it('reads a card’s code of two reports through the unmodified node-hid at a simulated hidraw device', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hidraw-'))
  const scanner = await startHidPos({ address: join(folder, 's') })
  try {
    const running = runWithHidImage({
      socket: scanner.address,
      command: [process.execPath, child, '/dev/hidraw0'],
      signal: AbortSignal.timeout(90_000),
    })
    await vi.waitFor(() => expect(scanner.hosts()).toBe(1), { timeout: 60_000 })
    // The bridge holds each report back until the child has taken the one before it.
    await scanner.scan(card)
    const { stdout, stderr } = await running
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ model: 'HID POS scanner', code: card })
  } finally {
    await scanner.stop()
    await rm(folder, { recursive: true })
  }
}, 100_000)
