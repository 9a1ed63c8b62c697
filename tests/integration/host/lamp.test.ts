import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { DeviceBinding } from '#native/capability/device.ts'
import { hidButton } from '#native/drivers/hid-button/index.ts'
import { startHidButton } from '#native/sim/hid-button/index.ts'
import { socketTransport } from '#native/transport/socket.ts'

test('the lamp of the simulated camera shines as it was told, also while its line is cut into bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qcc-lamp-'))
  const address = join(folder, 'button.sock')
  const camera = await startHidButton({ address })
  const binding: DeviceBinding = {
    id: 'b',
    kind: 'document-camera',
    driver: 'hid-button',
    transport: 'socket',
    address,
  }
  const button = hidButton(binding, () => socketTransport(address))
  const { signal } = new AbortController()
  try {
    await button.acquire(signal)
    for (const brightness of [1, 0.25, 0]) {
      await button.setLamp(brightness, signal)
      await vi.waitFor(() => expect(camera.brightness).toBe(brightness))
    }
    await button.release()
    await expect(button.setLamp(1, signal)).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  } finally {
    await button.release()
    await camera.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
