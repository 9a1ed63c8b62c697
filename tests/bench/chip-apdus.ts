import { decodeCommand } from '#native/chip/apdu.ts'
import { readChip } from '#native/chip/index.ts'
import { ldsFiles, type LdsFile } from '#native/chip/lds/files.ts'
import { readLengths } from '#native/chip/read-lengths.ts'
import { fullChip, personalise, simulatedChip, type ChipImage, type ChipQuirks } from '#native/sim/chip/index.ts'
import { encodeDg2 } from '#native/sim/chip/portrait-file.ts'
import { signSecurityObject } from '#native/sim/chip/security-object.ts'
import { people } from '#native/sim/people/people.ts'
import type { Figure } from './figure.ts'

const counted: readonly LdsFile[] = ['DG1', 'DG13', 'DG2', 'SOD', 'DG14', 'DG15']
const portraitFile = 15_000
/** Bytes that an answer of 256 has room for under AES: whole blocks less one byte of padding (ICAO 9303-11 9.8). */
const shortRoom = Math.floor((256 - 14 - 4) / 16) * 16 - 1

/** APDUs that the files of a card with a portrait of 15 kB take, over the least that can be at that read length. */
export async function chipApdus(): Promise<readonly Figure[]> {
  const image = await withPortraitOf(portraitFile)
  return [await count(image, {}), await count(image, { extendedLength: true })]
}

async function count(image: ChipImage, quirks: ChipQuirks): Promise<Figure> {
  const chip = simulatedChip(image, { quirks })
  const link = { atr: chip.atr, maxResponse: 65536 }
  const byFile = new Map<LdsFile, number>()
  let current: LdsFile | undefined
  const reading = await readChip({
    transmit: async (apdu) => {
      current = fileOf(apdu, current)
      if (current) byFile.set(current, (byFile.get(current) ?? 0) + 1)
      return chip.process(apdu).response
    },
    access: { kind: 'can', can: image.can },
    signal: new AbortController().signal,
    link,
  })
  const [asked = 256] = readLengths(link)
  const length = Math.min(asked, asked > 256 ? asked : shortRoom)
  const ours = counted.reduce((sum, name) => sum + (byFile.get(name) ?? 0), 0)
  const least = counted.reduce((sum, name) => sum + Math.ceil((reading.files[name]?.length ?? 0) / length), 0)
  return {
    name: `APDUs of ${counted.join(', ')} over the least possible at ${length} bytes a read`,
    ours: `${ours}`,
    beside: `${least}`,
    ratio: ours / least,
    wanted: 1.1,
    better: 'lower',
  }
}

/** The file that a command is for: a read by short id, a selection, or a read of what was chosen before. */
function fileOf(apdu: Uint8Array, current: LdsFile | undefined): LdsFile | undefined {
  const command = decodeCommand(apdu)
  // Header bytes are in clear under secure messaging too. What is in clear altogether is before the files.
  if (!command || (command.cla & 0x0c) === 0) return undefined
  if (command.ins === 0xa4 && command.p1 !== 0x04) throw new Error('a card with short ids needs no selection')
  if (command.ins !== 0xb0 && command.ins !== 0xb1) return undefined
  if (command.ins === 0xb1 || (command.p1 & 0x80) === 0) return current
  const names = Object.keys(ldsFiles) as LdsFile[]
  return names.find((name) => ldsFiles[name].sfi === (command.p1 & 0x1f))
}

/** The full chip with a portrait made longer by a comment, so that the file is of this many bytes, and signed afresh. */
async function withPortraitOf(bytes: number): Promise<ChipImage> {
  const image = await personalise(people.lo, fullChip)
  const more = bytes - (image.files.DG2?.length ?? 0)
  const comment = Buffer.alloc(more)
  comment.writeUInt16BE(0xfffe)
  comment.writeUInt16BE(more - 2, 2)
  const picture = Buffer.concat([image.portrait.subarray(0, 2), comment, image.portrait.subarray(2)])
  const { SOD: _sod, COM: com, ...groups } = image.files
  const files = { ...groups, DG2: encodeDg2(new Uint8Array(picture), people.lo.sex, 'iso19794') }
  if (files.DG2.length !== bytes) throw new Error(`a portrait file of ${files.DG2.length} bytes`)
  const { sod } = await signSecurityObject(files)
  return { ...image, files: { ...files, ...(com && { COM: com }), SOD: sod } }
}
