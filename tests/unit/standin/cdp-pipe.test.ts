import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CdpPipe } from '../../../build/standin/cdp-pipe.ts'

function pipe() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  return { input, output, cdp: new CdpPipe(input, output) }
}

test('messages come out whole however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      async (texts, size) => {
        const { input, cdp } = pipe()
        const seen: unknown[] = []
        cdp.on('Test.said', ({ text }) => seen.push(text), 'S')
        const bytes = Buffer.concat(
          texts.map((text) =>
            Buffer.from(`${JSON.stringify({ method: 'Test.said', sessionId: 'S', params: { text } })}\0`),
          ),
        )
        for (let at = 0; at < bytes.length; at += size) input.write(bytes.subarray(at, at + size))
        const ended = new Promise<void>((resolve) => cdp.onClose(resolve))
        input.end()
        await ended
        expect(seen).toEqual(texts.map((text) => Buffer.from(text).toString()))
      },
    ),
    { numRuns: 20 },
  )
})

test('an answer finds its question, an error names the method', async () => {
  const { input, output, cdp } = pipe()
  const [first, second] = [cdp.send('A.one'), cdp.send('B.two', {}, 'S')]
  input.write('{"id":2,"error":{"message":"no such page"}}\0{"id":1,"result":{"ok":1}}\0')
  expect(await first).toEqual({ ok: 1 })
  await expect(second).rejects.toThrow('B.two: no such page')
  expect(String(output.read())).toBe(
    '{"id":1,"method":"A.one","params":{}}\0{"id":2,"method":"B.two","params":{},"sessionId":"S"}\0',
  )
})

test('when Chromium goes, open questions and later ones are refused', async () => {
  const { input, cdp } = pipe()
  const open = cdp.send('A.one')
  input.destroy()
  await expect(open).rejects.toThrow('Chromium is gone')
  await expect(cdp.send('A.two')).rejects.toThrow('Chromium is gone')
})
