import { expect, test } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { ChipExchange } from '#native/capability/card-reader.ts'
import { readChip } from '#native/chip/index.ts'
import { traceExchange } from '#native/chip/trace.ts'
import { traced } from '#native/host/chip-trace.ts'
import { fullChip, personalise, simulatedChip, type ChipOptions } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const shown = (command: string, response: string) => {
  const exchange = traceExchange(bytes(command), bytes(response), 1)
  return [exchange.command, exchange.response]
}

test.each([
  ['SELECT by name', '00A4040C 07 A0000002471001', '9000', '00A4040C 07 A0000002471001', '9000'],
  ['GET CHALLENGE', '00840000 08', '0102030405060708 9000', '00840000 08', '0102030405060708 9000'],
  ['MSE:Set AT', '0022C1A4 05 830101 8400', '6A80', '0022C1A4 05 830101 8400', '6A80'],
  ['an extended READ BINARY', '00B08100 000400', '6700', '00B08100 000400', '6700'],
])('%s is shown whole', (_what, command, response, ours, theirs) => {
  expect(shown(command, response)).toEqual([ours, theirs])
})

test.each([
  ['EXTERNAL AUTHENTICATE', `00820000 04 AABBCCDD 28`, '11223344 9000', '00820000 04 [4] 28', '[4] 9000'],
  ['a read in clear', '00B08100 00', '610BAABB 9000', '00B08100 00', '[4] 9000'],
  ['the nonce of PACE', '10860000 02 7C00 00', '7C06 8004AABBCCDD 9000', '10860000 02 7C00 00', '7C06 8004[4] 9000'],
  [
    'a point of PACE',
    '10860000 06 7C04 8102AABB 00',
    '7C04 8202AABB 9000',
    '10860000 06 7C04 8102[2] 00',
    '7C04 8202[2] 9000',
  ],
])('of %s there is shown what kind it is and how long', (_what, command, response, ours, theirs) => {
  expect(shown(command, response)).toEqual([ours, theirs])
})

test('of secure messaging the tags and lengths, the expected length and the status are shown', () => {
  expect(
    shown('0CB08100 0D 970100 8E08AABBCCDDEEFF0011 00', '870901AABBCCDDEEFF0011 99029000 8E08AABBCCDDEEFF0011 9000'),
  ).toEqual(['0CB08100 0D 970100 8E08[8] 00', '8709[9] 99029000 8E08[8] 9000'])
  expect(shown('0CA4020C 15 8709010102030405060708 8E08AABBCCDDEEFF0011 00', '6988')).toEqual([
    '0CA4020C 15 8709[9] 8E08[8] 00',
    '6988',
  ])
})

test.each([
  ['plain text where protection was due', '0CB08100 0D 970100 8E08AABBCCDDEEFF0011 00', '5F1F024142 9000', '[5] 9000'],
  ['a status that comes twice', '0CB08100 0D 970100 8E08AABBCCDDEEFF0011 00', '99024142 99024344 9000', '[8] 9000'],
  ['a status that is too long', '0CB08100 0D 970100 8E08AABBCCDDEEFF0011 00', '9903414243 9000', '9903[3] 9000'],
  ['objects cut off', '0CB08100 0D 970100 8E08AABBCCDDEEFF0011 00', '87204142 9000', '[4] 9000'],
  ['a challenge too long to be one', '00840000 00', `${'41'.repeat(17)} 9000`, '[17] 9000'],
  ['text in place of what PACE answers', '10860000 02 7C00 00', '7C044142 4344 9000', '7C04 [4] 9000'],
  ['one byte alone', '00840000 08', '41', '[1]'],
])('%s is not shown', (_what, command, response, theirs) => {
  expect(shown(command, response)[1]).toBe(theirs)
})

test('a command that is none is not shown', () => {
  expect(shown('00A4040C 07 4142', '9000')[0]).toBe('[7]')
  expect(shown('4142', '9000')[0]).toBe('[2]')
})

test('a reading that breaks is traced to its last command', async () => {
  const told: ChipExchange[] = []
  const transmit = traced(
    async () => Promise.reject(new AppError('CARD_REMOVED', 'test')),
    (exchange) => told.push(exchange),
  )
  await expect(transmit(bytes('00840000 08'), new AbortController().signal)).rejects.toThrow('CARD_REMOVED')
  expect(told).toEqual([{ number: 1, command: '00840000 08', ms: expect.any(Number) as number }])
})

// Lò Thị Mẫu is invented.
test.each<[string, ChipOptions, 'mrz' | 'can']>([
  ['BAC', {}, 'mrz'],
  ['PACE, chip and active authentication', fullChip, 'can'],
])('no trace of a whole read with %s holds anything of the holder', async (_what, options, kind) => {
  const image = await personalise(people.lo, options)
  const chip = simulatedChip(image)
  const sent: Uint8Array[] = []
  const told: ChipExchange[] = []
  const zone = bacInputs(parseMrz(image.mrz.join('\n')))
  const reading = await readChip({
    transmit: traced(
      async (apdu) => {
        const { response } = chip.process(apdu)
        sent.push(apdu, response)
        return response
      },
      (exchange) => told.push(exchange),
    ),
    access: kind === 'can' ? { kind, can: image.can } : { kind, ...zone },
    signal: new AbortController().signal,
  })
  expect(told).toHaveLength(sent.length / 2)
  expect(told.map(({ number }) => number)).toEqual(told.map((_, at) => at + 1))

  const text = told.map(({ command, response = '' }) => `${command}\n${response}`).join('\n')
  const squeezed = text.replaceAll(' ', '')
  const person = people.lo
  const secrets = [
    person.fullName,
    person.personalNumber,
    person.personalNumber.slice(-9),
    person.residence,
    person.father,
    zone.birthDate,
    zone.expiryDate,
    image.can,
    ...image.mrz,
  ].map((secret) => Buffer.from(secret, 'utf8'))
  for (const file of Object.values(reading.files))
    for (let at = 0; at + 8 <= file.length; at += 8) secrets.push(Buffer.from(file.subarray(at, at + 8)))
  for (const secret of secrets) {
    expect(text).not.toContain(secret.toString('utf8'))
    expect(squeezed).not.toContain(secret.toString('hex').toUpperCase())
  }
  const portrait = Buffer.from(image.portrait).toString('hex').toUpperCase()
  for (let at = 0; at + 12 <= portrait.length; at += 12) expect(squeezed).not.toContain(portrait.slice(at, at + 12))
  // Nor the ciphered bytes, on which keys could be tried: only what is sent in clear by design stands there in full.
  const longest = Math.max(...(squeezed.match(/[0-9A-F]+/g) ?? []).map((run) => run.length / 2))
  expect(longest).toBeLessThan(40)
})
