import { performance } from 'node:perf_hooks'

/** Whose time it is. Everything that is not a device's or a person's is the program's, the driving of its windows included. */
export type Share = 'program' | 'device' | 'person'

export type StepTime = {
  readonly step: string
  /** Milliseconds on the wall. */
  readonly total: number
  readonly program: number
  readonly device: number
  readonly person: number
}

export type Timeline = {
  readonly steps: readonly StepTime[]
  /** Runs one step and enters its times. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>
  /** Runs a part of a step in which the program only waits. */
  waitFor<T>(who: 'device' | 'person', run: () => Promise<T>): Promise<T>
  /** Books milliseconds of the current step on a device: what a simulator counted while the program worked beside it. */
  book(ms: number): void
}

export function startTimeline(onStep: (time: StepTime, number: number) => void = () => {}): Timeline {
  const steps: StepTime[] = []
  let device = 0
  let person = 0
  return {
    steps,
    async step(name, run) {
      device = 0
      person = 0
      const started = performance.now()
      const result = await run()
      const total = performance.now() - started
      const time = { step: name, total, program: Math.max(0, total - device - person), device, person }
      steps.push(time)
      onStep(time, steps.length)
      return result
    },
    async waitFor(who, run) {
      const started = performance.now()
      try {
        return await run()
      } finally {
        const spent = performance.now() - started
        if (who === 'device') device += spent
        else person += spent
      }
    },
    book(ms) {
      device += ms
    },
  }
}
