import type { Example } from './example.ts'
import { paceExamples } from './pace-examples.ts'

export const examples: readonly Example[] = [...paceExamples]
