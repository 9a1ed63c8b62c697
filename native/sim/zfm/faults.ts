import { parseFault, type Fault } from '../wire/faults.ts'

/** Misbehaviours of the simulated module: of its line, as every serial simulator has them, and its own. */
export const zfmFaults = [
  'one-byte-chunks',
  'garbage',
  'bad-checksum',
  'silence',
  'late',
  'duplicate',
  /** In mid-packet of a picture unless said otherwise. */
  'unplug',
  /** The sensor has no time: taking a picture fails. */
  'busy',
  /** The finger is not seen. */
  'no-finger',
  /** Somebody gave the module another password. */
  'wrong-password',
  /** What the module takes for the command came damaged. */
  'receive-error',
  /** It has lost its power and wants to hear the password again. */
  'reset',
  /** It sends the first picture again and again. */
  'previous-image',
] as const

export type ZfmFaultName = (typeof zfmFaults)[number]
export type ZfmFault = Fault<ZfmFaultName>

export const parseZfmFault = (text: string): ZfmFault | undefined => parseFault(text, zfmFaults)

const ofTheLine = ['one-byte-chunks', 'garbage', 'bad-checksum', 'silence', 'late', 'duplicate', 'unplug'] as const
type LineFault = Fault<(typeof ofTheLine)[number]>

export function isLineFault(fault: ZfmFault): fault is LineFault {
  return (ofTheLine as readonly string[]).includes(fault.name)
}
