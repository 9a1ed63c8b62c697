// Run by the test in a process of its own: waits for one code through the real node-hid and prints it.
import { hidPos } from '#native/drivers/hid-pos/index.ts'
import { hidTransport } from '#native/transport/hid.ts'

const [address = ''] = process.argv.slice(2)
const scanner = hidPos({ id: 's', kind: 'code-scanner', driver: 'hid-pos', transport: 'hid', address }, (line) =>
  hidTransport(line.address),
)
const code = new Promise<string>((resolve) => scanner.onCode(resolve))
const { model } = await scanner.acquire(AbortSignal.timeout(60_000))
process.stdout.write(`${JSON.stringify({ model, code: await code })}\n`, () => {
  // Under umockdev's preload a process may hang in its own exit.
  process.kill(process.pid, 'SIGKILL')
})
