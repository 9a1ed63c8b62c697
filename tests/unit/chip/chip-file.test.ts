import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#domain/failure/index.ts'
import { personalise, readChipFile } from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'
import { canOf, readImage } from './reader.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chip-file-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function read(content: unknown) {
  const path = join(folder, 'card.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readChipFile(path)
}

const cards = resolve(import.meta.dirname, '../../../native/sim/people/cards')

describe('a chip file', () => {
  it.each([
    ['newer-card.json', 'proved', 'no-trust-anchor'],
    ['copied-card.json', 'failed', 'failed'],
  ])('%s makes a chip that is read', async (name, proof, trust) => {
    const { person, options, quirks } = await readChipFile(join(cards, name))
    const image = await personalise(person, options)
    const { reading } = await readImage(image, { quirks, access: canOf(image) })
    expect(reading).toMatchObject({ access: 'pace', chipAuthentication: proof, activeAuthentication: proof, trust })
    expect(reading.details.fullName).toBe(person.fullName)
  })

  it('may spell out a person, who is then in the chip', async () => {
    // Invented.
    const { person, options } = await read({ person: { ...people.giang, fullName: 'Giàng A Mẫu Hai' } })
    const { reading } = await readImage(await personalise(person, options))
    expect(reading.details.fullName).toBe('Giàng A Mẫu Hai')
  })

  it.each<[unknown, string]>([
    [{ person: 'nobody' }, 'person'],
    [{ person: 'lo', options: { pace: [{ protocol: 'rot13', parameters: 13 }] } }, 'options.pace.0.protocol'],
    [{ person: 'lo', quirks: { paceAttempts: 0 } }, 'quirks.paceAttempts'],
    [{ person: 'lo', colour: 'red' }, ''],
  ])('that says %o is refused with the place', async (content, place) => {
    const error = await read(content).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'USAGE', context: { what: 'content', place } })
  })

  it('that is no JSON, or not there, is refused', async () => {
    await expect(read('{')).rejects.toThrow('USAGE')
    await expect(readChipFile(join(folder, 'none.json'))).rejects.toThrow('USAGE')
  })
})
