import type { Clock } from '../clock.ts'

/** How often it is looked whether the process comes to its turn, and how late that may be. Milliseconds. */
const turn = 20
const lateness = 4

export type ListeningTime = {
  /** Milliseconds since the beginning in which the process could hear a device; only differences say something. */
  now(): number
  stop(): void
}

/** Time without the stretches in which the machine had no turn for this process: those are not the device's. */
export function listeningTime(clock: Clock): ListeningTime {
  const wall = () => clock.now().getTime()
  let last = wall()
  let lost = 0
  let callOff = () => {}
  const late = () => {
    const over = wall() - last - turn
    return over > lateness ? over : 0
  }
  const wait = () => {
    callOff = clock.after(turn, () => {
      lost += late()
      last = wall()
      wait()
    })
  }
  wait()
  return { now: () => wall() - lost - late(), stop: () => callOff() }
}
