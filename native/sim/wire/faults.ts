/** Misbehaviours that serial simulators share. What each does is said where it is done. */
export const faultNames = [
  'one-byte-chunks',
  'garbage',
  'bad-checksum',
  'silence',
  'late',
  'duplicate',
  'unplug',
  'busy',
  'wrong-mac',
  'wrong-length',
  'card-pulled',
  'card-mute',
] as const

export type FaultName = (typeof faultNames)[number]

/** Names of its own beside these may be given to a simulator that has some. */
export type Fault<Name extends string = FaultName> = {
  readonly name: Name
  /** How often; `once` unless said otherwise. */
  readonly times?: number | 'once' | 'always'
  /** How many chances to pass by before the first time. */
  readonly after?: number
}

/** Chances let pass when nobody says: these are only interesting in the middle of a reading. */
const usualAfter: Readonly<Record<string, number>> = {
  unplug: 25,
  'card-pulled': 15,
  'wrong-mac': 8,
  'wrong-length': 8,
}

/** Reads `name`, `name:3`, `name:always`, or `name:2+10` (twice, after ten chances). Undefined for anything else. */
export function parseFault(text: string): Fault | undefined
export function parseFault<Name extends string>(text: string, names: readonly Name[]): Fault<Name> | undefined
export function parseFault(text: string, names: readonly string[] = faultNames): Fault<string> | undefined {
  const match = /^([a-z-]+)(?::(\d+|once|always))?(?:\+(\d+))?$/.exec(text)
  const name = names.find((known) => known === match?.[1])
  if (!match || !name) return undefined
  const [, , times, after] = match
  return {
    name,
    ...(times === undefined ? {} : { times: times === 'once' || times === 'always' ? times : Number(times) }),
    ...(after === undefined ? {} : { after: Number(after) }),
  }
}

/** An ordered list of faults: of those with one name, the first that is not used up comes to bear. */
export class FaultList<Name extends string = FaultName> {
  readonly #entries: { readonly name: Name; left: number; after: number }[] = []

  constructor(faults: readonly Fault<Name>[] = []) {
    for (const fault of faults) this.add(fault)
  }

  add(fault: Fault<Name>): void {
    const usualTimes = fault.name === 'one-byte-chunks' ? 'always' : 'once'
    const times = fault.times ?? usualTimes
    this.#entries.push({
      name: fault.name,
      left: times === 'always' ? Infinity : times === 'once' ? 1 : times,
      after: fault.after ?? usualAfter[fault.name] ?? 0,
    })
  }

  /** Called at each chance; true when the fault shall happen now. */
  strikes(name: Name): boolean {
    const entry = this.#entries.find((candidate) => candidate.name === name && candidate.left > 0)
    if (!entry) return false
    if (entry.after > 0) {
      entry.after -= 1
      return false
    }
    entry.left -= 1
    return true
  }
}
