import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { askLoopback, parseLoopback } from '#native/transport/http.ts'
import { never } from './bench.ts'

let server: Server | undefined
const lines: Socket[] = []
afterEach(async () => {
  for (const line of lines.splice(0)) line.destroy()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
})

/** Answers the first bytes of a request with these, and then does what is asked. */
async function serve(answer: string, then: (line: Socket) => void = () => {}): Promise<number> {
  const made = createServer((line) => {
    lines.push(line)
    line.on('error', () => {})
    line.once('data', () => line.write(answer, () => then(line)))
  })
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const address = made.address()
  return typeof address === 'object' && address ? address.port : 0
}

const ask = (port: number, signal = never, most = 1000) =>
  askLoopback({ host: '127.0.0.1', port, method: 'RCAPTURE', path: '/capture', body: '{}', signal, step: 'test' }, most)

it('reaches this machine and the ports of such services only', () => {
  expect(parseLoopback('127.0.0.1:4501')).toEqual([{ host: '127.0.0.1', port: 4501 }])
  expect(parseLoopback('[::1]:4600')).toEqual([{ host: '::1', port: 4600 }])
  expect(parseLoopback('127.0.0.1:4501-4600')).toHaveLength(100)
  const refused = [
    '10.0.0.5:4501',
    'localhost:4501',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1:4500',
    '127.0.0.1:4601',
    '127.0.0.1:4501-9999',
    '127.0.0.1:4510-4501',
    '127.0.0.1:4501/device',
    '127.0.0.1.example:4501',
    '0.0.0.0:4501',
    '127.0.0.1@example:4501',
  ]
  for (const address of refused)
    expect(() => parseLoopback(address), address).toThrow(expect.objectContaining({ code: 'DEVICE_UNKNOWN' }))
})

it('sends a verb that Node does not know and reads the answer', async () => {
  const port = await serve('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]')
  const { status, body } = await ask(port)
  expect([status, Buffer.from(body).toString()]).toEqual([200, '[]'])
})

it('cuts off what is longer than it may be, told or not', async () => {
  const told = await serve('HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n')
  await expect(ask(told)).rejects.toMatchObject({ code: 'DEVICE_GARBLED', context: { reason: 'too-long' } })
  const untold = await serve(`HTTP/1.1 200 OK\r\n\r\n${'0'.repeat(1001)}`)
  await expect(ask(untold)).rejects.toMatchObject({ code: 'DEVICE_GARBLED', context: { reason: 'too-long' } })
})

it('tells nobody there, gone in the middle, nonsense, and cancelled apart', async () => {
  const port = await serve('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[', (line) => line.destroy())
  await expect(ask(port)).rejects.toMatchObject({ code: 'DEVICE_GONE' })
  await expect(ask(await serve('\x00\x01 no http at all\r\n\r\n'))).rejects.toMatchObject({ code: 'DEVICE_GARBLED' })

  const cancel = new AbortController()
  const silent = await serve('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[', () => cancel.abort())
  await expect(ask(silent, cancel.signal)).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect(ask(silent, cancel.signal)).rejects.toMatchObject({ code: 'CANCELLED' })

  const empty = await serve('')
  for (const line of lines.splice(0)) line.destroy()
  await new Promise((resolve) => server?.close(resolve))
  server = undefined
  await expect(ask(empty)).rejects.toMatchObject({ code: 'DEVICE_ABSENT' })
})
