import { hidButtonFaults, type HidButtonFault } from '../hid-button/index.ts'
import { hidImageFaults, parseHidImageFault, type HidImageFault } from '../hid-image/index.ts'
import { hidPosFaults, type HidPosFault } from '../hid-pos/index.ts'
import { sbiFaults, type SbiFault } from '../sbi/faults.ts'
import { parseSerialScannerFault, serialScannerFaults, type SerialScannerFault } from '../serial-scanner/index.ts'
import { faultNames, parseFault as parseSerialFault, type Fault } from '../wire/faults.ts'
import type { StageSbiDevice } from './sbi-devices.ts'
import { parseZfmFault, zfmFaults, type ZfmFault } from '../zfm/index.ts'

/** What the camera's file can be made to be: no picture at all, a picture cut off, or an empty file. */
export const cameraFaults = ['no-image', 'cut-image', 'empty-file'] as const

export type CameraFault = (typeof cameraFaults)[number]

/**
 * Every fault that can be asked for, by the device's id in devices.json. Those of the card reader, of the
 * fingerprint module and of the serial scanner use themselves up and may say how often and after how many chances: `silence:3`, `unplug:once+40`. The others stay until taken off;
 * what people do at the scanner may say for how many captures: `wrong-hand:2`.
 */
export const stageFaults = {
  'card-reader': faultNames,
  fingerprint: hidImageFaults,
  'document-button': hidButtonFaults,
  camera: cameraFaults,
  zfm: zfmFaults,
  'hid-scanner': hidPosFaults,
  'serial-scanner': serialScannerFaults,
  'sbi-fingerprint': sbiFaults,
  'iris-camera': sbiFaults,
} as const satisfies Record<string, readonly string[]>

export type StageFault =
  | { readonly device: 'card-reader'; readonly fault: Fault }
  | { readonly device: 'fingerprint'; readonly fault: HidImageFault; readonly captures?: number }
  | { readonly device: 'document-button'; readonly fault: HidButtonFault }
  | { readonly device: 'camera'; readonly fault: CameraFault }
  | { readonly device: 'zfm'; readonly fault: ZfmFault }
  | { readonly device: 'hid-scanner'; readonly fault: HidPosFault }
  | { readonly device: 'serial-scanner'; readonly fault: SerialScannerFault }
  | { readonly device: StageSbiDevice; readonly fault: SbiFault }

/** Reads `NAME@DEVICE`. Throws an error whose message lists what there is. */
export function parseFault(text: string): StageFault {
  const [name = '', device = '', ...more] = text.split('@')
  if (more.length > 0 || !Object.hasOwn(stageFaults, device)) {
    const known = Object.keys(stageFaults).join(', ')
    throw new RangeError(`no device '${device}' to make faulty in '${text}'; there is: ${known}`)
  }
  const fault = faultOf(device as StageFault['device'], name)
  if (fault) return fault
  throw new RangeError(
    `no fault '${name}' of ${device}; there is: ${stageFaults[device as StageFault['device']].join(', ')}`,
  )
}

function faultOf(device: StageFault['device'], name: string): StageFault | undefined {
  if (device === 'card-reader') {
    const fault = parseSerialFault(name)
    return fault && { device, fault }
  }
  if (device === 'zfm') {
    const fault = parseZfmFault(name)
    return fault && { device, fault }
  }
  if (device === 'serial-scanner') {
    const fault = parseSerialScannerFault(name)
    return fault && { device, fault }
  }
  if (device === 'fingerprint') {
    const read = parseHidImageFault(name)
    if (!read) return undefined
    return { device, fault: read.name, ...(read.captures === undefined ? {} : { captures: read.captures }) }
  }
  const known: readonly string[] = stageFaults[device]
  return known.includes(name) ? ({ device, fault: name } as StageFault) : undefined
}
