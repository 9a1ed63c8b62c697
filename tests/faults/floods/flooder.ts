import { createServer, type Socket } from 'node:net'
import { openDeviceLine } from '#native/sim/wire/pty-pair.ts'

// A device that never stops talking, in a process of its own: `pty` or `socket`, its address, what it says in hexadecimal.
// `counting` makes each time differ in the bytes that are 00.

const [kind = '', address = '', said = '', counting] = process.argv.slice(2)
const perChunk = 65_536
const piece = Buffer.from(said, 'hex')
const times = Math.max(1, Math.floor(perChunk / piece.length))
const holes = [...piece].flatMap((byte, at) => (byte === 0 ? [at] : []))
let number = 0

/** Digits that count upwards where the pattern has room for them. */
function chunk(): Buffer {
  const bytes = Buffer.concat(Array.from({ length: times }, () => piece))
  if (counting !== 'counting') return bytes
  for (let time = 0; time < times; time++) {
    const digits = String(++number).padStart(holes.length, '0').slice(-holes.length)
    holes.forEach((at, index) => (bytes[time * piece.length + at] = digits.charCodeAt(index)))
  }
  return bytes
}

async function pour(write: (bytes: Buffer) => Promise<boolean>): Promise<void> {
  while (await write(chunk()));
}

if (kind === 'pty') {
  const line = await openDeviceLine(address)
  process.send?.('ready')
  process.on('disconnect', () => void line.unplug().then(() => process.exit(0)))
  await pour(async (bytes) => (await line.write(bytes), process.connected))
} else {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {})
    socket.resume()
    void pour((bytes) => new Promise((resolve) => socket.write(bytes, (error) => resolve(!error && !socket.destroyed))))
  })
  server.listen(address, () => process.send?.('ready'))
  process.on('disconnect', () => process.exit(0))
}
