import { beforeAll, expect, test } from 'vitest'
import { readAll, readFmr } from './reading.ts'

/** A record written by hand from the published layout: two minutiae of a right index finger. */
const golden = [
  ['464d5200', 'FMR'],
  ['20323000', ' 20'],
  ['0000002a', '42 bytes'],
  ['0000', 'capture equipment not reported'],
  ['0140', '320 wide'],
  ['0190', '400 high'],
  ['00c5', '197 pixels per centimetre across'],
  ['00c5', '197 down'],
  ['01', 'one view'],
  ['00', 'reserved'],
  ['02', 'right index'],
  ['00', 'view 0, live-scan plain'],
  ['50', 'quality 80'],
  ['02', 'two minutiae'],
  ['4064', 'ending, x 100'],
  ['0078', 'y 120'],
  ['40', '90°'],
  ['5a', 'quality 90'],
  ['813f', 'bifurcation, x 319'],
  ['018f', 'y 399'],
  ['ff', '358.59375°'],
  ['00', 'quality not reported'],
  ['0000', 'no extended data'],
] as const

function bytesOf(change: Readonly<Record<string, string>> = {}): Buffer {
  return Buffer.from(golden.map(([hex, what]) => change[what] ?? hex).join(''), 'hex')
}

test('a record written by hand from the layout is read', () => {
  expect(readFmr(bytesOf())).toEqual({
    certification: 0,
    device: 0,
    width: 320,
    height: 400,
    resolution: [197, 197],
    views: [
      {
        position: 2,
        view: 0,
        impression: 0,
        quality: 80,
        minutiae: [
          { type: 'ending', x: 100, y: 120, angle: 90, quality: 90 },
          { type: 'bifurcation', x: 319, y: 399, angle: 358.593_75, quality: 0 },
        ],
        extended: [],
      },
    ],
  })
})

test('extended data is counted with its own header', () => {
  const extended = { 'no extended data': '00080001000801020304', '42 bytes': '00000032' }
  expect(readFmr(bytesOf(extended)).views[0]?.extended).toEqual([{ type: 1, length: 8 }])
})

const faults: readonly (readonly [string, Buffer, RegExp])[] = [
  ['another format', bytesOf({ FMR: '46495200' }), /format/u],
  ['version 30', bytesOf({ ' 20': '30333000' }), /version/u],
  ['a length one too large', bytesOf({ '42 bytes': '0000002b' }), /length/u],
  ['a record cut off', Buffer.from(bytesOf({ '42 bytes': '00000026' }).subarray(0, 38)), /ends within/u],
  ['a byte too many', Buffer.concat([bytesOf({ '42 bytes': '0000002b' }), Buffer.alloc(1)]), /after the last view/u],
  ['a picture of no width', bytesOf({ '320 wide': '0000' }), /without size/u],
  ['a resolution in inches that is none', bytesOf({ '197 down': '0013' }), /resolution/u],
  ['no view', bytesOf({ 'one view': '00' }), /no view/u],
  ['a second view that is not there', bytesOf({ 'one view': '02' }), /ends within/u],
  ['a reserved byte that is used', bytesOf({ reserved: '01' }), /reserved/u],
  ['finger 11', bytesOf({ 'right index': '0b' }), /no such finger/u],
  ['an impression that is none', bytesOf({ 'view 0, live-scan plain': '04' }), /no such impression/u],
  ['views counted from 1', bytesOf({ 'view 0, live-scan plain': '10' }), /counted from 0/u],
  ['a quality of 101', bytesOf({ 'quality 80': '65' }), /quality of a view/u],
  ['a third minutia that is not there', bytesOf({ 'two minutiae': '03' }), /ends within/u],
  ['a minutia less than there are', bytesOf({ 'two minutiae': '01' }), /extended|ends within|after/u],
  ['a minutia of type 3', bytesOf({ 'ending, x 100': 'c064' }), /reserved type/u],
  ['a minutia right of the picture', bytesOf({ 'bifurcation, x 319': '8140' }), /outside/u],
  ['a minutia below the picture', bytesOf({ 'y 399': '0190' }), /outside/u],
  ['reserved bits that are used', bytesOf({ 'y 120': '4078' }), /reserved bits/u],
  ['a minutia of quality 101', bytesOf({ 'quality 90': '65' }), /quality of a minutia/u],
  ['extended data that is not there', bytesOf({ 'no extended data': '0004' }), /ends within|impossible/u],
]

let said: readonly unknown[] = []
beforeAll(() => {
  said = readAll(
    'read_fmr.py',
    faults.map(([, bytes]) => bytes),
  )
})

test.each(faults.map(([what, , fault], index) => [what, index, fault] as const))(
  'the independent reader of templates refuses %s',
  (_, index, fault) => {
    expect(said[index]).toEqual({ fault: expect.stringMatching(fault) as string })
  },
)
