import { beforeAll, expect, test } from 'vitest'
import { writeItl } from '#core/seal/itl/index.ts'
import { inventedRecord } from '../../unit/core/seal/itl/invented-record.ts'
import { readAll, readItl } from './reading.ts'

const [FS, GS, RS, US] = ['\x1c', '\x1d', '\x1e', '\x1f']
const whole = Buffer.from(writeItl(inventedRecord())).toString('latin1')

/** Puts `to` in the place of the first `from`, and mends LEN of the record it stands in. */
function edit(file: string, from: string, to: string): string {
  const at = file.indexOf(from)
  if (at < 0) throw new Error(`not there: ${from}`)
  const starts = [...file.slice(0, at + 1).matchAll(/(?:^|\p{Cc})(\d+\.001:)(\d+)/gu)]
  const head = starts.at(-1)
  if (!head) throw new Error('no record')
  const digits = head.index + head[0].length - (head[2] ?? '').length
  const length = String(Number(head[2]) + to.length - from.length)
  if (length.length !== head[2]?.length) throw new Error('LEN would become longer')
  const edited = file.slice(0, at) + to + file.slice(at + from.length)
  return digits < at ? edited.slice(0, digits) + length + edited.slice(digits + length.length) : edited
}

/** The same number of bytes: LEN stays right. */
const swap = (from: string, to: string) => () => {
  expect(to).toHaveLength(from.length)
  expect(whole).toContain(from)
  return whole.replace(from, to)
}

const lengthOf = (record: string) => new RegExp(`${record.replace('.', '\\.')}:(\\d+)`, 'u').exec(whole)?.[1] ?? ''

const faults: readonly (readonly [string, () => string, RegExp])[] = [
  [
    'a LEN one too large',
    () => whole.replace(/(14\.001:)(\d+)/u, (_, tag, n) => `${tag}${Number(n) + 1}`),
    /LEN|length/u,
  ],
  [
    'a LEN one too small',
    () => whole.replace(/(14\.001:)(\d+)/u, (_, tag, n) => `${tag}${Number(n) - 1}`),
    /LEN|length/u,
  ],
  [
    'a LEN beyond the file',
    swap(`14.001:${lengthOf('14.001')}`, `14.001:${'9'.repeat(lengthOf('14.001').length)}`),
    /beyond/u,
  ],
  ['no file separator at the end', () => `${whole.slice(0, -1)} `, /file separator/u],
  ['bytes after the last record', () => `${whole}x`, /after the last/u],
  ['a file cut off', () => whole.slice(0, -9), /beyond/u],
  ['no finger position', () => edit(whole, `${GS}14.013:13`, ''), /14\.013 is missing/u],
  ['no impression type', () => edit(whole, `${GS}14.003:0`, ''), /14\.003 is missing/u],
  ['no line length', () => edit(whole, `${GS}14.006:200`, ''), /14\.006 is missing/u],
  ['no colour space', () => edit(whole, `${GS}10.012:GRAY`, ''), /10\.012 is missing/u],
  ['no acquisition profile', () => edit(whole, `${GS}10.013:0`, ''), /10\.013 is missing/u],
  ['no version', () => edit(whole, `${GS}1.002:0502`, ''), /1\.002 is missing/u],
  ['no control number', () => edit(whole, `${GS}1.009:SL-0312-000001`, ''), /1\.009 is missing/u],
  ['a version from before', swap('1.002:0502', '1.002:0300'), /1\.002 holds/u],
  ['a field that is empty', () => edit(whole, '1.004:ENROL', '1.004:'), /1\.004 is empty/u],
  ['a field twice', () => edit(whole, `${GS}14.003:0`, `${GS}14.003:0${GS}14.003:0`), /twice/u],
  [
    'a field that the record does not have',
    () => edit(whole, `${GS}14.003:0`, `${GS}14.003:0${GS}14.019:0`),
    /14\.019 is no field/u,
  ],
  ['the tag of another record', swap('14.005:', '15.005:'), /no field begins/u],
  ['a unit separator within a name', swap(' Th', `${US}Th`), /2\.103 has 2 items/u],
  ['a record separator within a name', swap(' Th', `${RS}Th`), /2\.103 has several/u],
  ['a group separator within a name', swap(' Th', `${GS}Th`), /no field begins/u],
  ['a file separator within a name', swap(' Th', `${FS}Th`), /control character/u],
  ['a tabulator within a name', swap(' Th', '\tTh'), /control character/u],
  ['a name that is not UTF-8', swap('L\xc3\xb2', 'L\xb2\xc3'), /not utf-8/u],
  ['UTF-8 that is not announced', () => edit(whole, `${GS}1.015:003${US}UTF-8`, ''), /not ascii/u],
  ['a Type-1 that is not ASCII', swap('1.007:C06', '1.007:C\xc306'.slice(0, 9)), /1\.007|no field/u],
  ['a count that is one short', swap(`1.003:1${US}5`, `1.003:1${US}4`), /count/u],
  [
    'a list that leaves out a record',
    () => edit(edit(whole, `${RS}14${US}4`, ''), `1.003:1${US}5`, `1.003:1${US}4`),
    /after the last/u,
  ],
  ['a list in another order', swap(`${RS}14${US}2${RS}14${US}3`, `${RS}14${US}3${RS}14${US}2`), /14\.002/u],
  ['one IDC for two records', swap(`${RS}14${US}3`, `${RS}14${US}2`), /two records/u],
  ['another type than listed', swap(`2${US}0${RS}10`, `2${US}0${RS}14`), /Type-10 where CNT/u],
  ['a resolution of Type-4', swap('1.011:00.00', '1.011:19.69'), /1\.011/u],
  ['a day that is none', swap('1.005:20261120', '1.005:20261320'), /1\.005 is no day/u],
  ['a time that is none', swap('20261120020304Z', '20261120260304Z'), /1\.014/u],
  ['a palm instead of fingers', swap('14.013:13', '14.013:21'), /14\.013/u],
  ['a slap that was rolled', swap('14.003:0', '14.003:1'), /rolled/u],
  ['an impression of ink', swap('14.003:0', '14.003:2'), /14\.003 holds/u],
  ['a wrong width', swap('14.006:200', '14.006:201'), /not as large/u],
  ['a wrong height', swap('14.007:120', '14.007:119'), /not as large/u],
  [
    'a resolution unfit for prints',
    () => whole.replace('14.009:500', '14.009:250').replace('14.010:500', '14.010:250'),
    /resolution/u,
  ],
  ['raw pixels that are a PNG', () => edit(whole, '14.011:PNG', '14.011:NONE'), /not as large/u],
  ['a box beyond the picture', swap(`4${US}110${US}150`, `4${US}110${US}250`), /14\.021 goes beyond/u],
  ['a box turned inside out', swap(`4${US}110${US}150`, `4${US}160${US}150`), /14\.021 goes beyond/u],
  ['a box of the other hand', swap(`21:2${US}10${US}50`, `21:7${US}10${US}50`), /14\.021 names/u],
  ['a box of four items', () => edit(whole, `21:2${US}10${US}50`, `21:2${US}50`), /14\.021 has 4 items/u],
  ['a quality of 101', () => edit(whole, `24:2${US}60`, `24:2${US}101`), /quality/u],
  ['a vendor in letters', swap(`2${US}60${US}0000`, `2${US}60${US}MINE`), /14\.024 holds/u],
  ['an unknown reason of absence', swap(`5${US}UP`, `5${US}YY`), /14\.018 holds/u],
  ['an absence of a finger that is shown', swap(`5${US}UP`, `4${US}UP`), /UP of a finger/u],
  ['no picture and no reason', () => edit(whole, `${GS}14.013:5${GS}14.018:5${US}UP`, `${GS}14.013:5`), /neither/u],
  [
    'a size without a picture',
    () => edit(whole, `${GS}14.013:5${GS}`, `${GS}14.012:8${GS}14.013:5${GS}`),
    /has its size/u,
  ],
  ['a portrait of another size', swap('10.006:480', '10.006:481'), /10\.999 is not as large/u],
  ['a grey portrait in colour', () => edit(whole, '10.012:GRAY', '10.012:SRGB'), /10\.012/u],
  ['a bit turned over in a print', () => turned(whole, whole.indexOf('IDAT') + 40), /bad CRC|inflate/u],
  ['a print without its end', () => swap('IEND', 'IENE')(), /bad CRC/u],
  ['a sex that is none', swap('2.105:F', '2.105:X'), /2\.105 holds/u],
  ['a finger excepted that nobody has', swap(`108:5${US}`, `108:0${US}`), /2\.108/u],
]

function turned(file: string, at: number): string {
  return file.slice(0, at) + String.fromCharCode(file.charCodeAt(at) ^ 1) + file.slice(at + 1)
}

const broken = faults.map(([, make]) => Buffer.from(make(), 'latin1'))
let said: readonly unknown[] = []
beforeAll(() => {
  said = readAll('read_itl.py', broken)
})

test.each(faults.map(([what, , fault], index) => [what, index, fault] as const))(
  'the independent reader refuses %s',
  (_, index, fault) => {
    expect(broken[index]?.equals(Buffer.from(whole, 'latin1'))).toBe(false)
    expect(said[index]).toEqual({ fault: expect.stringMatching(fault) as string })
  },
)

test('the transaction from which the faults are made is read without any', () => {
  expect(readItl(Buffer.from(whole, 'latin1')).prints).toHaveLength(3)
  const renamed = edit(whole, 'L\xc3\xb2', 'Lo')
  expect(readItl(Buffer.from(renamed, 'latin1')).person['name']).toBe('Lo Thị Mẫu')
})
