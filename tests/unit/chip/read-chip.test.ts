import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import jpeg from 'jpeg-js'
import { AppError } from '#domain/failure/index.ts'
import { bacInputs, parseMrz } from '#domain/person/mrz.ts'
import type { ChipAccess, ChipProgress } from '#native/capability/card-reader.ts'
import { readChip } from '#native/chip/index.ts'
import { readOne } from '#native/chip/tlv.ts'
import {
  personalise,
  simulatedChip,
  type ChipImage,
  type ChipQuirks,
  type SimulatedChip,
} from '#native/sim/chip/index.ts'
import { people } from '#native/sim/people/people.ts'

// Lò Thị Mẫu and the others are invented.
let image: ChipImage
beforeAll(async () => {
  image = await personalise(people.lo)
})

const accessTo = (of: ChipImage): ChipAccess => ({ kind: 'mrz', ...bacInputs(parseMrz(of.mrz.join('\n'))) })

function reader(chip: SimulatedChip) {
  const commands: Uint8Array[] = []
  const transmit = async (apdu: Uint8Array) => {
    commands.push(apdu)
    return chip.process(apdu).response
  }
  return { commands, transmit }
}

async function read(of = image, quirks: ChipQuirks = {}, more: { readLengths?: number[]; access?: ChipAccess } = {}) {
  const chip = simulatedChip(of, { quirks })
  const { commands, transmit } = reader(chip)
  const progress: ChipProgress[] = []
  const reading = await readChip({
    transmit,
    access: more.access ?? accessTo(of),
    signal: new AbortController().signal,
    onProgress: (state) => progress.push(state),
    ...(more.readLengths ? { readLengths: more.readLengths } : {}),
  })
  return { reading, progress, commands, chip }
}

async function failureOf(act: Promise<unknown>) {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error('no failure', { cause: error })
  return error
}

describe('reading a chip', () => {
  it('gives text, portrait and the state of trust of the card', async () => {
    const { reading } = await read()
    expect(reading.mrz.lines).toEqual(image.mrz)
    expect(reading.details).toEqual({
      personalNumber: '014190000123',
      fullName: 'Lò Thị Mẫu',
      birthDate: '15/03/1990',
      sex: 'Nữ',
      nationality: 'Việt Nam',
      ethnicity: 'Thái',
      religion: 'Không',
      origin: people.lo.origin,
      residence: people.lo.residence,
      features: people.lo.features,
      issued: '01/08/2024',
      expires: '15/03/2030',
      father: 'Lò Văn Mẫu',
      mother: 'Quàng Thị Mẫu',
      oldNumber: '050000123',
      unknown: { 16: '0000000000000000' },
    })
    expect(reading.portrait?.mediaType).toBe('image/jpeg')
    expect(jpeg.decode(reading.portrait?.bytes ?? new Uint8Array())).toMatchObject({ width: 300, height: 400 })
    expect(reading.trust).toBe('no-trust-anchor')
    expect(Object.keys(reading.files).sort()).toEqual(['COM', 'DG1', 'DG13', 'DG2', 'SOD'])
    for (const [name, bytes] of Object.entries(reading.files)) {
      expect(Buffer.from(bytes).equals(image.files[name as 'DG1'] ?? new Uint8Array()), name).toBe(true)
    }
  })

  it('tells the details once, after DG1 and DG13 and before the portrait', async () => {
    const { progress } = await read()
    const at = progress.findIndex((state) => state.details)
    expect(progress.filter((state) => state.details)).toHaveLength(1)
    expect(progress[at]?.details?.fullName).toBe('Lò Thị Mẫu')
    const seenBefore = new Set(progress.slice(0, at).flatMap((state) => (state.file === undefined ? [] : [state.file])))
    expect([...seenBefore]).toEqual(['DG1', 'DG13'])
  })

  it('takes no command more than the files need at 231 bytes a response', async () => {
    const { commands, reading } = await read()
    const files = Object.values(reading.files)
    const least = files.reduce((sum, file) => sum + Math.ceil(file.length / 231), 0)
    // SELECT MF, EF.CardAccess, SELECT application, GET CHALLENGE, EXTERNAL AUTHENTICATE; and DG3, which is refused
    expect(commands).toHaveLength(least + 6)
    expect(reading.timings.reduce((sum, file) => sum + file.apdus, 0)).toBe(commands.length)
  })

  it('separates the time of the device from its own', async () => {
    let now = 0
    const chip = simulatedChip(image)
    const reading = await readChip({
      transmit: async (apdu) => {
        now += 10
        return chip.process(apdu).response
      },
      access: accessTo(image),
      signal: new AbortController().signal,
      onProgress: () => (now += 1),
      clock: () => now,
    })
    const dg1 = reading.timings.find((timing) => timing.file === 'DG1')
    expect(dg1).toEqual({ file: 'DG1', apdus: 1, bytes: 95, deviceMs: 10, ownMs: 1 })
  })

  it.each<[string, ChipQuirks]>([
    ['knows no master file', { noMasterFile: true }],
    ['knows no short file ids', { noShortIds: true }],
    ['refuses more than 224 bytes', { maxReadLength: 224 }],
    ['refuses more than 160 bytes', { maxReadLength: 160 }],
    ['ends the session over a read length', { maxReadLength: 160, bareErrors: true }],
    ['knows no extended length', { noExtendedLength: true }],
  ])('copes with a chip that %s', async (_habit, quirks) => {
    const { reading } = await read(image, quirks, quirks.noExtendedLength ? { readLengths: [4096, 224] } : {})
    expect(reading.details.personalNumber).toBe('014190000123')
    expect(Buffer.from(reading.files['DG2'] ?? []).equals(image.files.DG2 ?? new Uint8Array())).toBe(true)
    expect(reading.trust).toBe('no-trust-anchor')
  })

  it('uses extended length where it is asked to', async () => {
    const { commands, reading } = await read(image, {}, { readLengths: [16384, 224] })
    expect(reading.trust).toBe('no-trust-anchor')
    expect(commands.length).toBeLessThan(12)
  })

  it('reads past offset 32767 with the odd instruction', async () => {
    const big = new Uint8Array(40_000).map((_, at) => at * 7)
    const record = Buffer.from(image.files.DG2 ?? [])
    const picture = Buffer.concat([
      record.subarray(0, 0),
      Buffer.from([0x75, 0x82, big.length >> 8, big.length & 0xff]),
      big,
    ])
    const error = await failureOf(read({ ...image, files: { ...image.files, DG2: picture } }))
    // All of it was read, and then found to be no portrait.
    expect(error.code).toBe('CHIP_MALFORMED')
    const { reading } = await read({ ...image, files: { ...image.files, DG13: rewrapped(0x6d, big) } })
    expect(
      Buffer.from(reading.files['DG13'] ?? [])
        .subarray(4)
        .equals(Buffer.from(big)),
    ).toBe(true)
    expect(reading.trust).toBe('failed')
  })

  it('is denied with a wrong key', async () => {
    const wrong: ChipAccess = { kind: 'mrz', documentNumber: '190000123', birthDate: '900315', expiryDate: '300316' }
    expect((await failureOf(read(image, {}, { access: wrong }))).code).toBe('CHIP_ACCESS_DENIED')
  })

  it('says that the access number opens no chip without PACE', async () => {
    const error = await failureOf(read(image, {}, { access: { kind: 'can', can: image.can } }))
    expect(error).toMatchObject({ code: 'CHIP_ACCESS_DENIED', step: 'chip.pace', context: { reason: 'no-pace' } })
  })

  it('calls a card without DG1 a card with a missing file, and goes on without DG13 or DG2', async () => {
    const { DG1: _dg1, ...withoutDg1 } = image.files
    expect((await failureOf(read({ ...image, files: withoutDg1 }))).code).toBe('CHIP_FILE_MISSING')
    const { DG13: _dg13, DG2: _dg2, ...textOnly } = image.files
    const { reading } = await read({ ...image, files: textOnly })
    expect(reading.details).toEqual({ unknown: {} })
    expect(reading.portrait).toBeUndefined()
    expect(reading.trust).toBe('no-trust-anchor')
  })

  it('calls a card failed when one bit of a group differs from its hash, or the security object is gone', async () => {
    const changed = new Uint8Array(image.files.DG13 ?? [])
    changed[40] = (changed[40] ?? 0) ^ 0x01
    expect((await read({ ...image, files: { ...image.files, DG13: changed } })).reading.trust).toBe('failed')
    const { SOD: _sod, ...unsigned } = image.files
    expect((await read({ ...image, files: unsigned })).reading.trust).toBe('failed')
    const broken = { ...image.files, SOD: Uint8Array.of(0x77, 0x02, 0x30, 0x00) }
    expect((await read({ ...image, files: broken })).reading.trust).toBe('failed')
  })

  it.each(['wrong-mac', 'wrong-length'] as const)('stops at a response with %s', async (how) => {
    const chip = simulatedChip(image)
    const { commands, transmit } = reader(chip)
    const spoilingAt = 7
    const act = readChip({
      transmit: async (apdu) => {
        if (commands.length === spoilingAt) chip.spoil(how)
        return transmit(apdu)
      },
      access: accessTo(image),
      signal: new AbortController().signal,
    })
    expect((await failureOf(act)).code).toBe('CHIP_TAMPERED')
    expect(commands).toHaveLength(spoilingAt + 1)
  })

  it('stops when it is cancelled in mid-read', async () => {
    const abort = new AbortController()
    const { commands, transmit } = reader(simulatedChip(image))
    const act = readChip({
      transmit: async (apdu) => {
        if (commands.length === 10) abort.abort()
        return transmit(apdu)
      },
      access: accessTo(image),
      signal: abort.signal,
    })
    expect((await failureOf(act)).code).toBe('CANCELLED')
    expect(commands).toHaveLength(11)
  })

  it('does not start on a file that says it has 50 MB', async () => {
    const huge = { ...image.files, DG2: Uint8Array.from([0x75, 0x84, 0x03, 0x00, 0x00, 0x00, ...new Uint8Array(500)]) }
    const chip = simulatedChip({ ...image, files: huge })
    const { commands, transmit } = reader(chip)
    const act = readChip({ transmit, access: accessTo(image), signal: new AbortController().signal })
    expect(await failureOf(act)).toMatchObject({ code: 'CHIP_MALFORMED', step: 'chip.read/DG2' })
    const sod = Math.ceil((image.files.SOD?.length ?? 0) / 231)
    // Access, DG1, two for DG13, COM, the security object, and the first of DG2.
    expect(commands).toHaveLength(5 + 1 + 2 + 1 + sod + 1)
  })

  it('asks for nothing with values that no zone can hold', async () => {
    const odd: ChipAccess = { kind: 'mrz', documentNumber: 'lò', birthDate: '900315', expiryDate: '300315' }
    expect((await failureOf(read(image, {}, { access: odd }))).code).toBe('MRZ_FORMAT')
  })

  it('passes on that the card was pulled', async () => {
    const act = readChip({
      transmit: () => Promise.reject(new AppError('CARD_REMOVED', 'test')),
      access: accessTo(image),
      signal: new AbortController().signal,
    })
    expect((await failureOf(act)).code).toBe('CARD_REMOVED')
  })

  it('ends with a code, whatever nonsense the chip answers', async () => {
    let state = 12345
    const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296
    for (let round = 0; round < 150; round++) {
      const chip = simulatedChip(image)
      const hit = Math.floor(random() * 12)
      let count = 0
      const act = readChip({
        transmit: async (apdu) => {
          const response = new Uint8Array(chip.process(apdu).response)
          if (count++ !== hit) return response
          const length = Math.floor(random() * 300)
          if (random() < 0.5) return Uint8Array.from({ length }, () => Math.floor(random() * 256))
          const at = Math.floor(random() * response.length)
          response[at] = Math.floor(random() * 256)
          return response.subarray(0, random() < 0.3 ? at : response.length)
        },
        access: accessTo(image),
        signal: new AbortController().signal,
      })
      const outcome = await act.then(
        (reading) => reading.trust,
        (error: unknown) => (error instanceof AppError ? error.code : error),
      )
      expect(typeof outcome, String(outcome)).toBe('string')
    }
  })
})

describe('the simulated chip', () => {
  it('carries the zones of the invented people', async () => {
    const zones = await Promise.all(
      Object.values(people).map(async (person) => (await personalise(person)).mrz.join('\n')),
    )
    expect(zones).toEqual([
      'IDVNM1900001230014190000123<<7\n9003152F3003150VNM<<<<<<<<<<<2\nLO<<THI<MAU<<<<<<<<<<<<<<<<<<<',
      'IDVNM0880045676014088004567<<3\n8806013M2806011VNM<<<<<<<<<<<4\nQUANG<<VAN<MAU<<<<<<<<<<<<<<<<',
      'IDVNM2010000452012201000045<<7\n0109109M2609108VNM<<<<<<<<<<<6\nGIANG<<A<MAU<<<<<<<<<<<<<<<<<<',
      'IDVNM1680000782014168000078<<9\n6802206F2802208VNM<<<<<<<<<<<0\nSUNG<<THI<THU<<<<<<<<<<<<<<<<<',
      'IDVNM2180000186014218000018<<3\n1805095M3205091VNM<<<<<<<<<<<2\nLO<<VAN<BE<MAU<<<<<<<<<<<<<<<<',
    ])
  })

  it('refuses everything before access and fingerprints even after', async () => {
    const { chip } = await read()
    chip.reset()
    const send = (text: string) => Buffer.from(chip.process(Buffer.from(text, 'hex')).response).toString('hex')
    expect(send('00a4040c07a0000002471001')).toBe('9000')
    expect(send('00b0810000')).toBe('6982')
    expect(send('00a4020c020103')).toBe('6982')
  })

  it('has a portrait of a plausible size', () => {
    expect(image.portrait.length).toBeGreaterThan(10_000)
    expect(image.portrait.length).toBeLessThan(15_000)
  })

  it('signs its security object so that OpenSSL verifies it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sod-'))
    try {
      writeFileSync(join(folder, 'sod.der'), readOne(image.files.SOD ?? new Uint8Array(), 0x77).value)
      writeFileSync(join(folder, 'csca.der'), image.csca)
      execFileSync('openssl', ['x509', '-inform', 'DER', '-in', 'csca.der', '-out', 'csca.pem'], { cwd: folder })
      const arguments_ = [
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        'sod.der',
        '-CAfile',
        'csca.pem',
        '-purpose',
        'any',
        '-out',
        'lds.der',
      ]
      execFileSync('openssl', arguments_, { cwd: folder, stdio: 'pipe' })
      expect(
        execFileSync('openssl', ['asn1parse', '-inform', 'DER', '-in', 'lds.der'], { cwd: folder }).toString(),
      ).toContain('sha256')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function rewrapped(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 0xff]), content])
}
