/** What is looked at on a portrait; windows have a word for each. Requirements after ICAO 9303-3 and ISO/IEC 19794-5. */
export const portraitChecks = [
  'face-missing',
  'several-faces',
  'too-far',
  'too-near',
  'off-centre',
  'turned',
  'tilted',
  'eyes-closed',
  'mouth-open',
  'ears-hidden',
  'glasses',
  'head-covered',
  'blurred',
  'too-dark',
  'too-bright',
  'shadow',
  'background-uneven',
  'background-not-white',
] as const
export type PortraitCheck = (typeof portraitChecks)[number]

/** `refusal` holds the automatic shot back and asks for a reason to go on; `warning` is only said. */
export type PortraitDemand = 'refusal' | 'warning'

/** How much of each check is asked for from a day on (ISO date). Data: circulars change, and headdress is allowed. */
export type PortraitPolicy = {
  readonly from: string
  /** Younger than this, no portrait is taken. */
  readonly leastAge: number
  readonly demands: Readonly<Record<PortraitCheck, PortraitDemand>>
  readonly source: string
}

const policies: readonly PortraitPolicy[] = [
  {
    from: '2021-07-01',
    leastAge: 6,
    demands: {
      'face-missing': 'refusal',
      'several-faces': 'refusal',
      'too-far': 'refusal',
      'too-near': 'refusal',
      'off-centre': 'refusal',
      turned: 'refusal',
      tilted: 'refusal',
      'eyes-closed': 'refusal',
      'mouth-open': 'refusal',
      'ears-hidden': 'warning',
      glasses: 'refusal',
      // Religious and ethnic headdress may stay on when face and ears can be seen.
      'head-covered': 'warning',
      blurred: 'refusal',
      'too-dark': 'refusal',
      'too-bright': 'refusal',
      shadow: 'warning',
      'background-uneven': 'warning',
      'background-not-white': 'warning',
    },
    source: 'TT 16/2024/TT-BCA; ICAO 9303-3; ISO/IEC 19794-5',
  },
]

/** The policy in force on a day. Days before the first get the first. */
export function portraitPolicyOn(day: string): PortraitPolicy {
  const policy = policies.filter((each) => each.from <= day).at(-1) ?? policies[0]
  if (!policy) throw new RangeError('no portrait policy')
  return policy
}

/** What was found on a portrait. `value` in the unit of the check (native/imaging/face/README.md). */
export type PortraitFinding = { readonly check: PortraitCheck; readonly value: number }
