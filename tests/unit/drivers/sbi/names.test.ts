import { expect, it } from 'vitest'
import { allFingers } from '#domain/biometrics/index.ts'
import { refusal } from '#native/drivers/sbi/messages.ts'
import { fingerNamed, fingerNames, partFor, stepsOf } from '#native/drivers/sbi/names.ts'
import { drivers, parseBinding } from '#native/drivers/index.ts'

it('knows every finger by the name of the specification', () => {
  for (const finger of allFingers) expect(fingerNamed(fingerNames[finger])).toBe(finger)
  expect(fingerNames['right-index']).toBe('Right IndexFinger')
  expect(fingerNamed('UNKNOWN')).toBeUndefined()
})

it('asks the left hand of part 1, the right of part 2, thumbs of part 3', () => {
  expect(
    ['left-four', 'right-four', 'two-thumbs', 'flat-left-thumb', 'flat-right-ring'].map(
      (step) => partFor(step as 'left-four')?.subId,
    ),
  ).toEqual([1, 2, 3, 3, 2])
  expect(partFor('rolled-right-index')).toBeUndefined()
  expect(stepsOf([2])).toEqual([
    'right-four',
    'flat-right-index',
    'flat-right-middle',
    'flat-right-ring',
    'flat-right-little',
  ])
})

it.each([
  ['0', 'Finger', undefined, undefined],
  ['101', 'Finger', 'NO_FINGER', 'nothing-detected'],
  ['101', 'Iris', 'DEVICE_REFUSED', 'nothing-detected'],
  ['102', 'Finger', 'DEVICE_REFUSED', 'extraction'],
  ['103', 'Finger', 'DEVICE_UNTRUSTED', 'tampered'],
  ['105', 'Finger', 'DEVICE_REFUSED', 'orientation'],
  ['106', 'Finger', 'DEVICE_GONE', 'not-found'],
  ['110', 'Finger', 'DEVICE_REFUSED', 'not-ready'],
  ['111', 'Finger', 'DEVICE_BUSY', 'busy'],
  ['599', 'Finger', 'DEVICE_REFUSED', 'device-error'],
] as const)('takes error code %s of a %s device for %s %s', (code, kind, failure, reason) => {
  const error = refusal(code, 'test', kind)
  expect(error?.code).toBe(failure)
  expect(error?.context['reason']).toBe(reason)
})

it('is bound as it is typed', () => {
  expect(parseBinding('sbi:127.0.0.1:4501', 'scanner')).toEqual({
    id: 'scanner',
    kind: 'fingerprint-scanner',
    driver: 'sbi',
    transport: 'http',
    address: '127.0.0.1:4501',
  })
  expect(drivers['sbi-iris']?.kind).toBe('iris-camera')
})
