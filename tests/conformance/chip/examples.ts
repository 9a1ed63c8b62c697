import { bacExamples } from './bac-examples.ts'
import type { Example } from './example.ts'
import { paceExamples } from './pace-examples.ts'
import { proofExamples } from './proof-examples.ts'
import { roundTrips } from './round-trips.ts'

/** What Node runs in examples.test.ts, and bun in run-examples.ts. */
export const examples: readonly Example[] = [...bacExamples, ...paceExamples, ...proofExamples, ...roundTrips]
